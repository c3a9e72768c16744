// Proves what a client of a named account is given and what it refuses.
import assert from "node:assert/strict";
import { createVpcepClient, type VpcepClientOptions } from "../../../provider";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../sdk/testing";
import { errorOf, serviceId, settingsFor } from "../lookups";

const { otherAccount, otherServiceId } = emulatorDefaults;

describe("a client of a named account", () => {
  let emulator: Emulator;
  let accounts: NonNullable<VpcepClientOptions["accounts"]>;
  before(async () => {
    emulator = await startEmulator();
    accounts = { other: emulator.account(otherAccount.name).configuration };
  });
  after(() => emulator.close());

  it("asks as that account, of its settings or of a profile, with its own region and project before it", async () => {
    const client = createVpcepClient({ account: "other", accounts, maxAttempts: 1 });
    assert.equal((await client.lookUp("endpointService", { id: otherServiceId })).serviceName, "orders");
    await client.close();
    const place = { account: "other", accounts, region: "eu-de", projectId: emulatorDefaults.projectId };
    const elsewhere = createVpcepClient(place);
    const error = await errorOf(elsewhere.lookUp("endpointService", { id: serviceId }));
    assert.match(
      error.message,
      /^Cannot read VPC endpoint service .* \(account other, region eu-de, project 6e9d/,
    );
    assert.equal(error.code, "VPCEP_FORBIDDEN");
    await elsewhere.close();
  });

  it("knows the accounts' secrets even where none of them asks", async () => {
    const { secretKey } = otherAccount.keys[0];
    emulator.replyTo("vpc-endpoint", {
      status: 400,
      body: { error: { code: "X", message: `not ${secretKey}` } },
    });
    const client = createVpcepClient(settingsFor(emulator, { accounts }));
    const error = await errorOf(client.getEndpointService({ id: serviceId }));
    assert.match(error.message, /answered 400 X: not \[redacted\]/);
    await client.close();
  });

  it("keeps its account", async () => {
    const client = createVpcepClient({ account: "other", accounts });
    const error = await errorOf(client.lookUp("endpointServices", { account: "other" } as object));
    assert.equal(
      error.message,
      "Cannot read VPC endpoint services: account is the client's own. Make another client for another account [VPCEP_CONFIG]",
    );
    await client.close();
  });

  const round: Record<string, unknown> = {};
  round["self"] = round;
  for (const [what, options, message] of [
    [
      "another's credential beside it",
      { account: "other", token: "t" },
      'token has no effect beside account: the account "other" has all but region, projectId, metadataEndpoint, caFile, attemptTimeoutMs, timeoutMs, maxAttempts of its own. Set it there',
    ],
    ["no name", { account: "" }, 'account must be 1 to 1000 printable characters, but is ""'],
    [
      "a name that is no text",
      { account: {} },
      "account must be 1 to 1000 printable characters, but is an object",
    ],
    [
      "a name that nobody has",
      { account: "west", accounts: { east: {} }, sharedConfigFile: __filename },
      `${__filename} is neither KooCLI's JSON nor the SDK's INI`,
    ],
    [
      "a function as a part",
      { accounts: { other: { token: () => "t" } } },
      "token in accounts must be a string or a number",
    ],
    [
      "accounts that have themselves inside",
      { accounts: { other: round } },
      "accounts must be an object of accounts by their names, but has itself inside",
    ],
    [
      "accounts of a list",
      { accounts: [] },
      "accounts must be an object of accounts by their names, but is an array",
    ],
  ] as const) {
    it(`is not made of ${what}`, async () => {
      const error = await errorOf(() => createVpcepClient(options as unknown as VpcepClientOptions));
      assert.equal(error.message, `${message} [VPCEP_CONFIG]`);
    });
  }
});
