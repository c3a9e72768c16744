import assert from "node:assert/strict";
import { authorizationHeader, signingDate } from "../../../../provider/credentials/signature";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../../sdk/testing";
import { get, sample, send, services, signed, withToken } from "../client";

const minuteMs = 60_000;
const { key, temporaryKey, projectId } = emulatorDefaults;

describe("authentication", () => {
  let emulator: Emulator;
  let now: number;
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 2, 3, 4, 5);
    emulator = await startEmulator({ now: () => now });
  });
  afterEach(() => emulator.close());

  /** What the gateway answers to a request of the sample with these headers. */
  async function refusal(headers: Record<string, string>, path = sample): Promise<[number, string, string]> {
    const [status, body] = await get(emulator, path, headers);
    const { error_code, error_msg, request_id } = body as Record<string, string>;
    assert.equal(request_id, emulator.requests.at(-1)?.requestId);
    return [status, error_code ?? "", error_msg ?? ""];
  }
  const prefix = "Incorrect IAM authentication information: ";

  it("accepts a listed token", async () => {
    assert.equal((await send(emulator, sample, withToken)).status, 200);
    assert.equal(emulator.requests[0]?.authentication, "token");
  });

  it("accepts a signature of host and date, and of any query", async () => {
    const target = `${services}?limit=10&endpoint_service_name=a%20b*&id=`;
    assert.equal((await send(emulator, sample, signed(emulator, sample, key, now))).status, 200);
    assert.equal((await send(emulator, target, signed(emulator, target, key, now))).status, 200);
    assert.equal(emulator.requests[0]?.authentication, "signature");
  });

  it("accepts a signature of the date alone", async () => {
    const headers = { "x-sdk-date": signingDate(now) };
    const signable = { method: "GET", path: sample, query: "", headers, body: "" };
    const authorization = authorizationHeader(signable, key.accessKey, key.secretKey);
    assert.equal((await send(emulator, sample, { ...headers, authorization })).status, 200);
  });

  it("accepts a signed body", async () => {
    const path = `/v1/${projectId}/endpoint_service/resource_instances/action`;
    const body = '{"action":"count"}';
    const headers = { "x-sdk-date": signingDate(now) };
    const signable = { method: "POST", path, query: "", headers, body };
    const authorization = authorizationHeader(signable, key.accessKey, key.secretKey);
    const { status, text } = await send(
      emulator,
      path,
      { ...headers, authorization },
      { method: "POST", body },
    );
    assert.deepEqual([status, text], [200, '{"total_count":1}']);
  });

  it("accepts a temporary key with its security token signed", async () => {
    const security = { "x-security-token": temporaryKey.securityToken };
    assert.equal(
      (await send(emulator, sample, signed(emulator, sample, temporaryKey, now, security))).status,
      200,
    );
  });

  it("refuses a request without credentials", async () => {
    assert.deepEqual(await refusal({}), [401, "APIGW.0301", `${prefix}x-auth-token not found`]);
  });

  it("refuses a token it does not know", async () => {
    assert.deepEqual(await refusal({ "x-auth-token": "unknown" }), [
      401,
      "APIGW.0301",
      `${prefix}decrypt token fail`,
    ]);
  });

  it("refuses a token that is too long for any header", async () => {
    assert.equal((await send(emulator, sample, { "x-auth-token": "x".repeat(120_000) })).status, 431);
  });

  it("refuses a revoked token as one to be renewed", async () => {
    emulator.revokeToken(emulatorDefaults.token);
    emulator.revokeToken("unknown");
    assert.deepEqual(await refusal(withToken), [401, "APIGW.0307", "The token must be updated."]);
  });

  it("refuses a project that is not the caller's, or is disabled", async () => {
    emulator.set({
      projects: [{ id: projectId, name: "eu-de", enabled: false }],
    });
    assert.deepEqual(await get(emulator, "/v1/another/vpc-endpoint-services"), [
      403,
      {
        error: {
          message: "Authentication information is incorrect or you have no permissions.",
          code: "EndPoint.0004",
        },
      },
    ]);
    assert.deepEqual(await refusal(withToken), [403, "APIGW.0310", "The project is unavailable."]);
  });

  it("refuses an unknown access key", async () => {
    const unknown = { accessKey: "UNKNOWN", secretKey: "x" };
    const expected = [401, "APIGW.0301", `${prefix}ak UNKNOWN not exist`];
    assert.deepEqual(await refusal(signed(emulator, sample, unknown, now)), expected);
  });

  it("refuses a temporary key without its security token, or with it unsigned", async () => {
    const headers = signed(emulator, sample, temporaryKey, now);
    const [, , message] = await refusal(headers);
    assert.equal(message, `${prefix}ak ${temporaryKey.accessKey} not exist`);
    const [, , unsigned] = await refusal({ ...headers, "x-security-token": temporaryKey.securityToken });
    assert.match(unsigned, /verify aksk signature fail/);
  });

  it("refuses a wrong signature and echoes the canonical request, signed values included", async () => {
    const security = { "x-security-token": temporaryKey.securityToken };
    const wrong = { ...temporaryKey, secretKey: "wrong" };
    const target = `${sample}?b=2&a=1`;
    const { host } = new URL(emulator.url);
    assert.deepEqual(await refusal(signed(emulator, target, wrong, now, security), target), [
      401,
      "APIGW.0301",
      `${prefix}verify aksk signature fail, canonicalRequest:GET|${sample}/|a=1&b=2|host:${host}|` +
        `x-sdk-date:20260102T030405Z|x-security-token:${temporaryKey.securityToken}||` +
        "host;x-sdk-date;x-security-token|" +
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ]);
  });

  it("refuses a header that is not a signature's, or has no date", async () => {
    const malformed = { authorization: "SDK-HMAC-SHA256 Access=A" };
    assert.deepEqual(await refusal(malformed), [
      401,
      "APIGW.0301",
      `${prefix}signature information is malformed`,
    ]);
    const { "x-sdk-date": _, ...undated } = signed(emulator, sample, key, now);
    assert.deepEqual(await refusal(undated), [
      401,
      "APIGW.0301",
      `${prefix}x-sdk-date is missing or malformed`,
    ]);
  });

  it("accepts a signature for fifteen minutes before and after its date", async () => {
    const headers = signed(emulator, sample, key, now);
    now += 15 * minuteMs;
    assert.equal((await send(emulator, sample, headers)).status, 200);
    now -= 30 * minuteMs;
    assert.equal((await send(emulator, sample, headers)).status, 200);
    now += 30 * minuteMs + 1000;
    assert.deepEqual(await refusal(headers), [
      401,
      "APIGW.0301",
      `${prefix}signature expired, signature time:20260102T030405Z,server time:20260102T031906Z`,
    ]);
    now -= 30 * minuteMs + 2000;
    assert.match((await refusal(headers))[2], /signature expired/);
  });

  it("locks a key for five minutes after more than five failures in a row", async () => {
    const wrong = { ...key, secretKey: "wrong" };
    const locked = [401, "APIGW.0301", `${prefix}AK access failed to reach the limit,forbidden`];
    const fail = (): Promise<[number, string, string]> => refusal(signed(emulator, sample, wrong, now));
    const succeed = async (): Promise<number> =>
      (await send(emulator, sample, signed(emulator, sample, key, now))).status;
    for (let count = 1; count <= 5; count += 1) {
      assert.match((await fail())[2], /verify aksk signature fail/);
    }
    assert.equal(await succeed(), 200);
    for (let count = 1; count <= 5; count += 1) {
      assert.match((await fail())[2], /verify aksk signature fail/);
    }
    assert.deepEqual(await fail(), locked);
    now += 5 * minuteMs - 1000;
    assert.deepEqual(await refusal(signed(emulator, sample, key, now)), locked);
    assert.equal((await send(emulator, sample, withToken)).status, 200);
    now += 1000;
    assert.equal(await succeed(), 200);
    for (let count = 1; count <= 6; count += 1) {
      await fail();
    }
    assert.deepEqual(await fail(), locked);
    emulator.reset();
    assert.equal(await succeed(), 200);
  });
});
