// Proves over real sockets that a credential is used until it ends, whatever becomes of its renewal.
import assert from "node:assert/strict";
import { mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createVpcepClient, type VpcepClientOptions } from "../../../provider";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, type Values } from "./clients";

const { user, projectId, agencyName, otherAccount } = emulatorDefaults;
const sample = JSON.parse(sampleEndpointService) as object;
const ids = Array.from({ length: 20 }, (_, index) => `service-${index}`);
const hour = 3_600_000;
const lastMinutes = hour - 240_000;

/** Where each kind of credential that ends comes from, and the call that renews it. */
const kinds: Readonly<Record<string, { readonly environment: Values; readonly call: string }>> = {
  "a token": {
    environment: {
      HW_USER_NAME: user.userName,
      HW_USER_PASSWORD: user.password,
      HW_DOMAIN_NAME: user.domainName,
    },
    call: "/v3/auth/tokens",
  },
  "a temporary key": { environment: { HW_PROJECT_ID: projectId }, call: "/openstack/latest/securitykey" },
};

for (const [kind, { environment, call }] of Object.entries(kinds)) {
  describe(`the renewal of ${kind}`, () => {
    let emulator: Emulator;
    let lookups: ReturnType<typeof clientOf>;
    let elapsedMs: number;

    beforeEach(async () => {
      elapsedMs = 0;
      const began = Date.now();
      emulator = await startEmulator({
        services: ids.map((id) => ({ ...sample, id })),
        now: () => began + Math.min(elapsedMs, hour - 1),
        tokenLifetimeMs: hour,
      });
      lookups = clientOf(
        {},
        {
          HW_REGION_NAME: "eu-de",
          VPCEP_ENDPOINT: emulator.url,
          HW_AUTH_URL: emulator.url,
          VPCEP_METADATA_ENDPOINT: emulator.url,
          ...environment,
        },
      );
      mock.method(Date, "now", () => began + elapsedMs);
      await lookups.getEndpointService({ id: "service-0" });
      elapsedMs = lastMinutes;
    });

    afterEach(async () => {
      mock.restoreAll();
      await lookups.close();
      await emulator.close();
    });

    const renewals = () => emulator.requests.filter(({ path }) => path === call).length - 1;
    const lookUp = (id: string) => lookups.getEndpointService({ id });

    it("is waited for by nobody while it lives, and tried once at a time", async () => {
      emulator.replyTo(call, ...ids.map(() => ({ breakOff: { by: "silence" } }) as const));
      const start = performance.now();
      await Promise.all(ids.map(lookUp));
      assert.ok(performance.now() - start < 900);
      assert.equal(renewals(), 1);
    });

    it("lets the next lookups use what it has obtained", async () => {
      await lookUp("service-1");
      while (renewals() === 0 || emulator.requests.some(({ status }) => status === undefined)) {
        await sleep(5);
      }
      await sleep(20);
      elapsedMs = hour + 1;
      await lookUp("service-2");
      assert.equal(renewals(), 1);
    });

    it("costs no lookup anything when it fails, and is not tried again at once", async () => {
      emulator.reply(({ path }) => (path === call ? { status: 404, body: "" } : undefined));
      for (const id of ids) {
        await lookUp(id);
      }
      assert.equal(renewals(), 1);
      elapsedMs = hour + 1;
      const error = await errorOf(lookUp("service-1"));
      assert.match(error.message, kind === "a token" ? / answered 404 .*\[VPCEP_API\]$/ : /has no agency/);
    });

    it("ends a second after the last lookup", async () => {
      emulator.replyTo(call, { breakOff: { by: "silence" } });
      await lookUp("service-1");
      const { open } = emulator.sockets;
      const start = performance.now();
      while (emulator.sockets.open === open && performance.now() - start < 5_000) {
        await sleep(20);
      }
      // Idle connections are closed after three.
      assert.ok(performance.now() - start < 2_500);
    });
  });
}

describe("a credential that has ended by a clock when it is issued", () => {
  const places: Readonly<Record<string, { readonly settings: VpcepClientOptions; readonly call: string }>> = {
    "a token": { settings: user, call: "/v3/auth/tokens" },
    "a temporary key": { settings: { projectId }, call: "/openstack/latest/securitykey" },
    "an agency's key": {
      settings: {
        ...emulatorDefaults.key,
        assumeRole: { agencyName, domainName: otherAccount.name },
      },
      call: "/v3.0/OS-CREDENTIAL/securitytokens",
    },
  };
  let lines: string[];
  let emulator: Emulator;

  afterEach(() => emulator.close());

  async function count(settings: VpcepClientOptions, call: string): Promise<number> {
    lines = [];
    const { url } = emulator;
    const client = createVpcepClient({
      region: "eu-de",
      endpoint: url,
      authUrl: url,
      metadataEndpoint: url,
      onWarning: (line) => lines.push(line),
      ...settings,
    });
    for (const id of ids.slice(0, 10)) {
      await client.lookUp("endpointServices", { serviceId: id });
    }
    await client.close();
    return emulator.requests.filter(({ path, status }) => path === call && Number(status) < 300).length;
  }

  for (const [kind, { settings, call }] of Object.entries(places)) {
    it(`is bought once by a machine that is two hours ahead, which is told so once: ${kind}`, async () => {
      emulator = await startEmulator({ now: () => Date.now() - 2 * hour, tokenLifetimeMs: hour });
      assert.equal(await count(settings, call), 1);
      const { host } = new URL(emulator.url);
      assert.deepEqual(lines, [
        `Set this machine's clock: it is 120 minutes ahead of that of ${host}, and what is issued there has ended already by it`,
      ]);
    });
  }

  it("is used until it is refused where its own host's clock says so", async () => {
    emulator = await startEmulator();
    const {
      accessKey: access,
      secretKey: secret,
      securityToken: securitytoken,
    } = emulatorDefaults.temporaryKey;
    const expires_at = new Date(Date.now() - hour).toISOString();
    const { settings, call } = places["a temporary key"] ?? {};
    const credential = { access, secret, securitytoken, expires_at };
    emulator.reply(({ path }) => (path === call ? { body: { credential } } : undefined));
    assert.equal(await count(settings ?? {}, call ?? ""), 1);
    const { host } = new URL(emulator.url);
    assert.deepEqual(lines, [
      `What ${host} issues has ended when it is issued, at ${expires_at}: it is used until it is refused. Check the clocks of ${host} and of this machine`,
    ]);
    emulator.replyTo("/v1/", { status: 401, body: { error_code: "APIGW.0301", error_msg: "refused" } });
    await assert.rejects(count(settings ?? {}, call ?? ""), / answered an earlier request with 401 /);
    assert.equal(emulator.requests.filter(({ path }) => path === call).length, 3);
  });
});
