// Proves over real sockets that a credential is used until it ends, whatever becomes of its renewal.
import assert from "node:assert/strict";
import { mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, type Values } from "./clients";

const { user, projectId } = emulatorDefaults;
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
