// Proves what one credential at two hosts of one session does: a silent host stops no other, a refused scope no other,
// and each host's clock is its own.
import assert from "node:assert/strict";
import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { openSession, type Session } from "../../../provider/requests/session";
import { environmentSource } from "../../../provider/settings/families";
import {
  type Emulator,
  emulatorDefaults,
  type Reply,
  sampleEndpointService,
  startEmulator,
} from "../../../sdk/testing";
import { errorOf, type Values } from "./clients";

const { key, projectId, user } = emulatorDefaults;
const sample = JSON.parse(sampleEndpointService) as object;
const ids = Array.from({ length: 20 }, (_, index) => `service-${index}`);
const keys: Values = { HW_ACCESS_KEY: key.accessKey, HW_SECRET_KEY: key.secretKey, HW_PROJECT_ID: projectId };
const password: Values = {
  HW_USER_NAME: user.userName,
  HW_USER_PASSWORD: user.password,
  HW_DOMAIN_NAME: user.domainName,
};

describe("one credential", () => {
  let session: Session;
  let here: Emulator;
  let there: Emulator;
  let clocks: { here: number; there: number };

  beforeEach(async () => {
    clocks = { here: 0, there: 0 };
    session = openSession(undefined);
    const services = ids.map((id) => ({ ...sample, id }));
    here = await startEmulator({ services, now: () => Date.now() + clocks.here * 60_000 });
    there = await startEmulator({ services, now: () => Date.now() + clocks.there * 60_000 });
  });

  afterEach(async () => {
    await session.close();
    await Promise.all([here.close(), there.close()]);
  });

  function lookupsAt(emulator: Emulator, environment: Values = keys): VpcepClient {
    const place = { HW_REGION_NAME: "eu-de", VPCEP_ENDPOINT: emulator.url, HW_AUTH_URL: emulator.url };
    const settings = resolveConfiguration(
      {},
      [environmentSource({ ...place, ...environment })],
      "/nonexistent",
    );
    return new VpcepClient(settings, session);
  }

  it("is tried at a second host when the first has been silent for two seconds", async () => {
    here.reply(() => ({ breakOff: { by: "silence" } }));
    const silent = lookupsAt(here);
    const lost = ids.slice(0, 10).map((id) => errorOf(silent.getEndpointService({ id })));
    const start = performance.now();
    const { serviceId } = await lookupsAt(there).getEndpointService({ id: "service-1" });
    assert.equal(serviceId, "service-1");
    const elapsedMs = performance.now() - start;
    assert.ok(elapsedMs > 1_500 && elapsedMs < 6_000, `${elapsedMs} ms`);
    await session.close();
    await Promise.all(lost);
  });

  it("is tried for another service when the first one has been silent for two seconds", async () => {
    here.reply(({ path }) => (path.endsWith("-0") ? { breakOff: { by: "silence" } } : undefined));
    const lookups = lookupsAt(here);
    const [lost, ...others] = ids.map((id) => lookups.getEndpointService({ id }));
    const ended = Promise.allSettled([lost]);
    const start = performance.now();
    await Promise.all(others);
    const elapsedMs = performance.now() - start;
    assert.ok(elapsedMs > 1_500 && elapsedMs < 6_000, `${elapsedMs} ms`);
    await session.close();
    await ended;
  });

  for (const order of [
    ["typo", projectId],
    [projectId, "typo"],
  ]) {
    it(`that is a password is refused for the project that it does not reach, and once: ${order.join(", ")}`, async () => {
      const outcomes: Record<string, string> = {};
      for (const project of [...order, ...order]) {
        const lookups = lookupsAt(here, { ...password, HW_PROJECT_ID: project });
        outcomes[project] = await lookups
          .getEndpointService({ id: `service-${Object.keys(outcomes).length}` })
          .then(
            () => "found",
            (error: Error) => error.message.replace(/.*(answered)/, "$1").replace(/ \(request id \w+\)/, ""),
          );
      }
      assert.deepEqual(outcomes, {
        [projectId]: "found",
        typo: "answered an earlier request with 401 The project does not exist or you have no access to it. Check the credential from HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME: the user's name, the password or the account's name is wrong, or the user has no access to the project. It is not sent again for 5 minutes, since the gateway locks a key for everybody after five failures [VPCEP_AUTH]",
      });
      assert.equal(here.requests.filter(({ path }) => path.startsWith("/v3/auth")).length, 2);
    });
  }

  it("that is a wrong password is refused three times, in however many projects", async () => {
    const outcomes = await Promise.all(
      ids.map((name) =>
        errorOf(
          lookupsAt(here, {
            ...password,
            HW_USER_PASSWORD: "wrong-one",
            HW_PROJECT_NAME: name,
          }).getEndpointService({
            id: name,
          }),
        ),
      ),
    );
    assert.ok(outcomes.every(({ code }) => code === "VPCEP_AUTH"));
    assert.equal(here.requests.length, 3);
  });

  const refusals = (emulator: Emulator) => emulator.requests.filter(({ status }) => status === 401).length;

  it("is signed anew once this machine's clock has been set right", async () => {
    clocks.here = 20;
    const lookups = lookupsAt(here);
    await lookups.getEndpointService({ id: "service-0" });
    clocks.here = 0;
    for (const id of ids) {
      await lookups.getEndpointService({ id });
    }
    assert.equal(refusals(here), 2);
    assert.equal(session.host(here.url).clock.differenceMs, 0);
  });

  it("is signed with the difference of each host", async () => {
    clocks = { here: 20, there: -20 };
    const places = [lookupsAt(here), lookupsAt(there)];
    for (const id of ids) {
      await Promise.all(places.map((lookups) => lookups.getEndpointService({ id })));
    }
    assert.deepEqual([refusals(here), refusals(there)], [1, 1]);
    const minutes = [here, there].map(({ url }) => Math.round(session.host(url).clock.differenceMs / 60_000));
    assert.deepEqual(minutes, [20, -20]);
  });

  it("survives one refusal with a wrong time", async () => {
    const lookups = lookupsAt(here);
    const wrong: Reply = {
      status: 401,
      headers: { date: new Date(Date.now() + 20 * 60_000).toUTCString() },
      body: { error_code: "APIGW.0301", error_msg: "verify aksk signature fail" },
    };
    here.replyTo("/v1/", wrong);
    await lookups.getEndpointService({ id: "service-0" });
    assert.equal(here.requests.length, 3);
    for (const id of ids) {
      await lookups.getEndpointService({ id });
    }
    assert.equal(refusals(here), 2);
  });

  it("is sent three times at most to a host that tells another time with every refusal", async () => {
    const lookups = lookupsAt(here);
    let minutes = 0;
    here.reply(() => {
      minutes += 20;
      return {
        status: 401,
        headers: { date: new Date(Date.now() + minutes * 60_000).toUTCString() },
        body: { error_code: "APIGW.0301", error_msg: "verify aksk signature fail" },
      };
    });
    const errors = await Promise.all(ids.map((id) => errorOf(lookups.getEndpointService({ id }))));
    assert.ok(errors.every(({ code }) => code === "VPCEP_AUTH"));
    assert.equal(here.requests.length, 3);
    assert.match(errors[19]?.message ?? "", /Set this machine's clock: it is 40 minutes behind the server's/);
  });

  it("that is a token has nothing to do with the clock", async () => {
    clocks.here = 20;
    await lookupsAt(here).getEndpointService({ id: "service-0" });
    const token = lookupsAt(here, { HW_AUTH_TOKEN: "wrong-token", HW_PROJECT_ID: projectId });
    const { message } = await errorOf(token.getEndpointService({ id: "service-0" }));
    assert.match(message, /Check the credential from HW_AUTH_TOKEN: /);
  });
});
