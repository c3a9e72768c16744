import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Emulator,
  emulatorDefaults,
  sampleEndpointService,
  startEmulator,
} from "../../../sdk/testing/index";
import { get, openSocket, sample, send, services, withToken } from "./client";

const notFound = { error: { message: "The requested resource is unavailable.", code: "EndPoint.0005" } };

describe("startEmulator", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("serves the API reference's sample byte for byte", async () => {
    const { status, headers, text } = await send(emulator, sample);
    const document = readFileSync(join(__dirname, "../../fixtures/endpointService.txt"), "utf8");
    assert.equal(status, 200);
    assert.equal(headers["content-type"], "application/json");
    assert.equal(text, document.trimEnd());
    assert.equal(text, sampleEndpointService);
    assert.match(text, /^ {3}"marker_id":422321321312321321,$/m);
  });

  it("finds a service whatever the case of its id", async () => {
    const path = `${services}/4189D3C2-8882-4871-A3C2-D380272EED83`;
    assert.equal((await send(emulator, path)).text, sampleEndpointService);
  });

  it("answers an unknown service as VPCEP and an unknown path as the gateway", async () => {
    assert.deepEqual(await get(emulator, `${services}/unknown`), [404, notFound]);
    const [status, body] = await get(emulator, "/v1/p/unknown");
    assert.deepEqual(
      [status, body],
      [
        404,
        {
          error_msg: "The API does not exist or has not been published in the environment",
          error_code: "APIGW.0101",
          request_id: emulator.requests[1]?.requestId,
        },
      ],
    );
  });

  it("refuses ids and project ids that cannot be", async () => {
    assert.deepEqual(await get(emulator, `${services}/${"a".repeat(65)}`), [
      400,
      { error: { message: "Invalid endpoint service ID.", code: "EndPoint.3062" } },
    ]);
    assert.deepEqual(await get(emulator, "/v1/a%20b/vpc-endpoint-services"), [
      400,
      { error: { message: "Invalid project ID.", code: "EndPoint.0014" } },
    ]);
    assert.equal((await send(emulator, "/v1/%zz/vpc-endpoint-services")).status, 404);
    assert.equal((await send(emulator, sample, withToken, { method: "POST" })).status, 404);
  });

  it("tells the environment that reaches it", () => {
    assert.deepEqual(emulator.environment, {
      VPCEP_ENDPOINT: emulator.url,
      HW_AUTH_URL: emulator.url,
      HUAWEICLOUD_SDK_STS_ENDPOINT: emulator.url,
      HW_REGION_NAME: "eu-de",
      HW_PROJECT_ID: "6e9dfd51d1124e8d8498dce894923a0d",
      HW_AUTH_TOKEN: "emulator-token",
    });
    assert.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("tells the first credentials there are", async () => {
    await using keyed = await startEmulator({ tokens: [], keys: [emulatorDefaults.temporaryKey] });
    await using named = await startEmulator({ tokens: [], keys: [] });
    const { HW_ACCESS_KEY, HW_SECRET_KEY, HW_SECURITY_TOKEN } = keyed.environment;
    assert.deepEqual(
      { accessKey: HW_ACCESS_KEY, secretKey: HW_SECRET_KEY, securityToken: HW_SECURITY_TOKEN },
      emulatorDefaults.temporaryKey,
    );
    const { HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME } = named.environment;
    assert.deepEqual(
      { userName: HW_USER_NAME, password: HW_USER_PASSWORD, domainName: HW_DOMAIN_NAME },
      emulatorDefaults.user,
    );
  });

  it("changes its services between requests", async () => {
    emulator.putService(sampleEndpointService.replace('"available"', '"deleting"'));
    assert.match((await send(emulator, sample)).text, /"status":"deleting"/);
    emulator.deleteService("4189D3C2-8882-4871-a3c2-d380272eed83");
    assert.deepEqual(await get(emulator, sample), [404, notFound]);
    emulator.putService({ id: "orders", status: "available" });
    assert.equal((await send(emulator, `${services}/orders`)).text, '{"id":"orders","status":"available"}');
    emulator.set({ services: [] });
    assert.deepEqual(await get(emulator, `${services}/orders`), [404, notFound]);
    assert.deepEqual(await get(emulator, services), [200, { endpoint_services: [], total_count: 0 }]);
  });

  it("refuses a service without an id", async () => {
    const message = 'An endpoint service must be a JSON object with an "id".';
    assert.throws(() => emulator.putService({ status: "available" }), { name: "TypeError", message });
    assert.throws(() => emulator.putService("null"), { name: "TypeError", message });
    await assert.rejects(startEmulator({ services: ["[]"] }), { name: "TypeError", message });
  });

  it("hides a service from every project but its own", async () => {
    emulator.set({
      projects: [
        { id: "p1", name: "eu-de" },
        { id: "p2", name: "eu-de_team" },
      ],
      services: [{ id: "a", project_id: "p1" }, { id: "b" }],
    });
    assert.deepEqual(await get(emulator, "/v1/p1/vpc-endpoint-services/a"), [
      200,
      { id: "a", project_id: "p1" },
    ]);
    assert.deepEqual(await get(emulator, "/v1/p2/vpc-endpoint-services/a"), [404, notFound]);
    assert.deepEqual(await get(emulator, "/v1/p2/vpc-endpoint-services/b"), [200, { id: "b" }]);
  });

  it("records every request", async () => {
    await using clocked = await startEmulator({ now: () => 1_700_000_000_000 });
    const { headers } = await send(clocked, `${services}?limit=1&id=a%20b`);
    await send(clocked, "/v3/auth/tokens", {}, { method: "POST", body: "{" });
    const [first, second] = clocked.requests;
    assert.deepEqual(
      { ...first, headers: first?.headers["x-auth-token"] },
      {
        method: "GET",
        path: services,
        query: "limit=1&id=a%20b",
        headers: "emulator-token",
        body: "",
        authentication: "token",
        time: 1_700_000_000_000,
        requestId: headers["x-request-id"],
        status: 200,
      },
    );
    assert.deepEqual(
      [second?.method, second?.path, second?.body, second?.authentication, second?.status],
      ["POST", "/v3/auth/tokens", "{", "none", 400],
    );
    assert.equal(headers["date"], "Tue, 14 Nov 2023 22:13:20 GMT");
    clocked.reset();
    assert.deepEqual(clocked.requests, []);
  });

  it("counts connections", async () => {
    const [first, second] = [openSocket(emulator), openSocket(emulator)];
    await Promise.all([once(first, "connect"), once(second, "connect"), get(emulator, "/")]);
    assert.deepEqual({ ...emulator.sockets }, { open: 3, peak: 3, total: 3 });
    first.destroy();
    second.destroy();
    while (emulator.sockets.open > 1) {
      await new Promise(setImmediate);
    }
    assert.equal(emulator.sockets.peak, 3);
    emulator.reset();
    assert.deepEqual({ ...emulator.sockets }, { open: 1, peak: 1, total: 3 });
  });

  it("ends open connections at once when it is closed, and may be closed twice", async () => {
    emulator.reply(
      { delayMs: 60_000 },
      { drip: { bytes: 1, intervalMs: 60_000 } },
      { breakOff: { by: "silence" } },
    );
    const idle = openSocket(emulator);
    await once(idle, "connect");
    const pending = [1, 2, 3].map(() => assert.rejects(send(emulator, sample)));
    while (emulator.requests.length < 3) {
      await new Promise(setImmediate);
    }
    const started = performance.now();
    await Promise.all([emulator.close(), once(idle, "close"), ...pending]);
    await emulator.close();
    assert.ok(performance.now() - started < 500);
    assert.equal(emulator.sockets.open, 0);
    await assert.rejects(send(emulator, sample), { code: "ECONNREFUSED" });
  });

  it("rejects a port that is taken", async () => {
    const port = Number(new URL(emulator.url).port);
    await assert.rejects(startEmulator({ port }), { code: "EADDRINUSE" });
  });
});
