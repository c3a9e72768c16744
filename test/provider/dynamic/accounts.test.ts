// Proves that accounts are apart: each host sees its own account's key alone, and what one has spent, or was
// refused elsewhere, is nothing to another; a credential that several have is refused for all of them.
import assert from "node:assert/strict";
import { read, VpcepError } from "../../../provider";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../sdk/testing";
import { errorOf, everythingOf, hostOf, serviceId } from "../lookups";

const { otherAccount, otherServiceId } = emulatorDefaults;
const keyOf = (name: string) => ({ accessKey: `KEY${name}`, secretKey: `secret-key-of-${name}` });
const northKey = keyOf("north");
const southKey = keyOf("south");
const ids = Array.from({ length: 25 }, (_, index) => `service-${index}`);
const services = ids.map((id) => ({
  id,
  vpc_id: "v",
  status: "available",
  ports: [],
  service_name: id,
  approval_enabled: false,
}));

function configOf(accounts: object, values: Record<string, string> = {}) {
  const all: Record<string, string> = {
    "vpcep:accounts": JSON.stringify(accounts),
    ...values,
  };
  return { get: (key: string) => all[key], require: (key: string) => all[key] ?? "" };
}

/** The access keys that have signed what an emulator was sent. */
function signersOf({ requests }: Emulator): string[] {
  return [
    ...new Set(
      requests.map(({ headers }) => /Access=(\w+)/.exec(headers.authorization ?? "")?.[1] ?? "none"),
    ),
  ];
}

describe("reads of several accounts", () => {
  let north: Emulator;
  let south: Emulator;
  let config: ReturnType<typeof configOf>;
  beforeEach(async () => {
    north = await startEmulator({ keys: [northKey], tokens: [], services });
    south = await startEmulator({ keys: [southKey], tokens: [], services, region: "eu-nl" });
    config = configOf({ north: north.configuration, south: south.configuration });
  });
  afterEach(() => Promise.all([north.close(), south.close()]));

  it("show each of two hosts its own key alone, in fifty lookups at once", async () => {
    const answers = await Promise.all(
      ids.flatMap((id) => [read(id, { account: "north" }, config), read(id, { account: "south" }, config)]),
    );
    assert.deepEqual(
      answers.map(({ props }) => [props.asked.account, props.region]),
      ids.flatMap(() => [
        ["north", "eu-de"],
        ["south", "eu-nl"],
      ]),
    );
    assert.deepEqual([signersOf(north), signersOf(south)], [[northKey.accessKey], [southKey.accessKey]]);
    const seen = (emulator: Emulator) => JSON.stringify(emulator.requests);
    assert.ok(!seen(north).includes("south") && !seen(south).includes("north"));
    assert.doesNotMatch(JSON.stringify(answers), /secret-key-of|KEYnorth|KEYsouth/);
  });

  it("are the same on a refresh, which asks with the account that was asked", async () => {
    const { id, props } = await read("service-1", { account: "south" }, config);
    assert.deepEqual(props.asked, {
      id: "service-1",
      account: "south",
      region: "eu-nl",
      projectId: south.configuration.projectId,
    });
    north.reset();
    south.reset();
    const refreshed = await read(id as string, props, config);
    assert.deepEqual(refreshed.props.asked, props.asked);
    assert.deepEqual([north.requests.length, south.requests.length], [0, 1]);
    south.deleteService("service-1");
    assert.equal((await read(id as string, props, config)).id, "");
  });

  it("share a host, each with its own projects and services", async () => {
    await using one = await startEmulator();
    const both = configOf(
      { other: one.account(otherAccount.name).configuration },
      {
        "vpcep:endpoint": one.url,
        "vpcep:authUrl": one.url,
        "vpcep:region": "eu-de",
        "vpcep:token": emulatorDefaults.token,
      },
    );
    const { props } = await read(otherServiceId, { account: "other" }, both);
    assert.equal(props.serviceName, "orders");
    assert.equal((await read(serviceId, {}, both)).props.serviceName, "test123");
    const error = await errorOf(read(serviceId, { account: "other" }, both));
    assert.equal(
      error.message.split(" (request id ")[0],
      `Cannot read VPC endpoint service ${serviceId} (account other, region eu-de, project ${one.account(otherAccount.name).configuration.projectId}): ${hostOf(one)} answered 404 EndPoint.0005: The requested resource is unavailable`,
    );
  });

  it("enter another account through a role of their own", async () => {
    await using one = await startEmulator();
    const { projectId: _, ...own } = one.configuration;
    const assumeRole = { agencyName: emulatorDefaults.agencyName, domainName: otherAccount.name };
    const roles = configOf({ through: { ...own, assumeRole }, own });
    assert.equal((await read(otherServiceId, { account: "through" }, roles)).props.serviceName, "orders");
    assert.equal((await read(serviceId, { account: "own" }, roles)).props.serviceName, "test123");
  });

  it("are told their own settings to set", async () => {
    const { projectId: _, ...nameless } = south.configuration;
    const error = await errorOf(
      read("service-1", { account: "south" }, configOf({ south: { ...nameless, projectName: "nobody" } })),
    );
    assert.equal(
      error.message,
      `Cannot read VPC endpoint service service-1 (account south, region eu-nl): ${hostOf(south)} knows no project named "nobody" for the credential from vpcep:accounts.south.accessKey, vpcep:accounts.south.secretKey. Set vpcep:accounts.south.projectId, or the project's name as vpcep:accounts.south.projectName [VPCEP_CONFIG]`,
    );
  });

  it("hold back a refused key for its own account, and name it", async () => {
    const wrong = { ...south.configuration, secretKey: "wrong-secret" };
    const refusing = configOf({ north: north.configuration, south: wrong, same: south.configuration });
    const error = await errorOf(read("service-1", { account: "south" }, refusing));
    assert.equal(error.code, "VPCEP_AUTH");
    assert.match(
      error.message,
      /\(account south, region eu-nl, project \w+\): .* Check the credential from vpcep:accounts\.south\.accessKey, vpcep:accounts\.south\.secretKey/,
    );
    assert.doesNotMatch(everythingOf(error), /wrong-secret|secret-key-of/);
    const { length } = south.requests;
    await errorOf(read("service-2", { account: "south" }, refusing));
    assert.equal(south.requests.length, length, "a refused key is not sent again");
    for (const account of ["north", "same"]) {
      assert.equal((await read("service-1", { account }, refusing)).props.status, "available");
    }
  });

  it("spend a budget of their own", async () => {
    north.reply(() => ({ status: 503 }));
    const failed = await Promise.allSettled(ids.map((id) => read(id, { account: "north" }, config)));
    assert.ok(failed.every(({ status }) => status === "rejected"));
    south.replyTo("service-1", { status: 503 });
    assert.equal((await read("service-1", { account: "south" }, config)).props.status, "available");
  });

  it("hold eight connections to a host together", async () => {
    await using one = await startEmulator({
      keys: [northKey],
      tokens: [],
      services,
      accounts: [{ id: "d2", name: "second", keys: [southKey], services }],
    });
    one.reply(() => ({ delayMs: 20 }));
    const shared = configOf({ north: one.configuration, south: one.account("second").configuration });
    await Promise.all(
      ids.flatMap((id) => [read(id, { account: "north" }, shared), read(id, { account: "south" }, shared)]),
    );
    assert.deepEqual(signersOf(one).sort(), [northKey.accessKey, southKey.accessKey]);
    assert.equal(one.sockets.peak, 8);
  });

  it("refuse an account that is no text, before anything is sent", async () => {
    for (const [account, message] of [
      [7, "account must be a string, but is a number [VPCEP_CONFIG]"],
      ["west", /^There is no account "west"; known are "north", "south"\. /],
    ] as const) {
      const error = await errorOf(read(serviceId, { account } as never, config));
      assert.ok(error instanceof VpcepError);
      if (typeof message === "string") {
        assert.equal(error.message, message);
      } else {
        assert.match(error.message, message);
      }
    }
    assert.deepEqual([north.requests.length, south.requests.length], [0, 0]);
  });

  /** Eight accounts with one credential, which is wrong. */
  const eight = (credential: object) =>
    Object.fromEntries(ids.slice(0, 8).map((name) => [name, { ...north.configuration, ...credential }]));
  const role = (name: string) => ({ assumeRole: { agencyName: "reader", domainName: `owner of ${name}` } });
  for (const [what, accounts, requests] of [
    ["a key", () => eight({ secretKey: "mistyped-secret" }), 1],
    [
      "a key under a role of each",
      () =>
        Object.fromEntries(
          Object.entries(eight({ secretKey: "mistyped-secret", projectId: undefined })).map(([name, own]) => [
            name,
            { ...own, ...role(name) },
          ]),
        ),
      1,
    ],
    [
      "a password, for a project of each",
      () =>
        Object.fromEntries(
          Object.entries(
            eight({
              accessKey: undefined,
              secretKey: undefined,
              ...emulatorDefaults.user,
              password: "mistyped",
            }),
          ).map(([name, own]) => [name, { ...own, projectId: `project-of-${name}` }]),
        ),
      3,
    ],
  ] as const) {
    it(`that are eight with one wrong credential, ${what}, cost ${requests} refusals, and say so`, async () => {
      const all = accounts();
      const config = configOf(all);
      const errors = await Promise.all(
        Object.keys(all).map((account) => errorOf(read("service-1", { account }, config))),
      );
      assert.deepEqual(new Set(errors.map(({ code }) => code)), new Set(["VPCEP_AUTH"]));
      assert.equal(north.requests.length, requests, JSON.stringify(north.requests.map(({ path }) => path)));
      assert.match(errors[7]?.message ?? "", /\(account service-7, .*answered an earlier request with 401 /);
    });
  }

  it("that have one key, and one of them the host of another cloud by mistake, are refused there alone", async () => {
    const { endpoint, authUrl } = south.configuration;
    const all = { right: north.configuration, mistaken: { ...north.configuration, endpoint, authUrl } };
    const config = configOf(all);
    assert.equal((await errorOf(read("service-1", { account: "mistaken" }, config))).code, "VPCEP_AUTH");
    assert.equal((await read("service-1", { account: "right" }, config)).props.serviceId, "service-1");
    assert.equal((await errorOf(read("service-2", { account: "mistaken" }, config))).code, "VPCEP_AUTH");
    assert.equal((await read("service-2", { account: "right" }, config)).props.serviceId, "service-2");
    assert.deepEqual([north.requests.length, south.requests.length], [2, 1]);
  });
});
