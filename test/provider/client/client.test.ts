// Proves a whole lookup over real sockets: what is sent, what is taken, and the full sentence of every failure.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { createVpcepClient, type VpcepClientOptions } from "../../../provider";
import {
  type Emulator,
  emulatorDefaults,
  type Reply,
  sampleEndpointService,
  startEmulator,
} from "../../../sdk/testing";
import { sampleRecord } from "../../fixtures/sampleRecord";
import {
  detailPath,
  errorOf,
  everythingOf,
  hostOf,
  lookUp,
  projectId,
  region,
  serviceId,
  settingsFor,
  subject,
} from "../lookups";

const sample = { ...sampleRecord, region };

const { key, temporaryKey } = emulatorDefaults;
const token = undefined;
const wrongRecord = (from: string | RegExp, to: string | (() => string)): Reply => ({
  body: sampleEndpointService.replace(from, to as string),
});

describe("getEndpointService", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => {
    emulator.reset();
    emulator.set({ services: [sampleEndpointService] });
  });
  after(() => emulator.close());

  const sent = () => emulator.requests.map(({ method, path, query }) => `${method} ${path}${query}`);
  const only = () => {
    assert.deepEqual(sent(), [`GET ${detailPath}`]);
    return emulator.requests[0]?.headers ?? {};
  };

  describe("sends one request", () => {
    it("with a token, and gives the sample's record", async () => {
      const outputs = await lookUp(emulator);
      assert.deepEqual({ ...outputs, ...sample }, outputs);
      const headers = only();
      assert.equal(headers["x-auth-token"], emulatorDefaults.token);
      assert.equal(headers.authorization, undefined);
      assert.equal(headers.accept, "application/json");
      assert.equal(headers["user-agent"], "pulumi-vpcep");
    });

    it("with a signature of the host, the project and the date", async () => {
      const outputs = await lookUp(emulator, {
        token,
        accessKey: key.accessKey,
        secretKey: key.secretKey,
      });
      assert.deepEqual({ ...outputs, ...sample }, outputs);
      const headers = only();
      assert.match(
        String(headers.authorization),
        new RegExp(
          `^SDK-HMAC-SHA256 Access=${key.accessKey}, SignedHeaders=host;x-project-id;x-sdk-date, Signature=[0-9a-f]{64}$`,
        ),
      );
      assert.equal(headers["x-project-id"], projectId);
      assert.equal(headers["x-auth-token"], undefined);
    });

    it("with a signature of the security token too", async () => {
      const outputs = await lookUp(emulator, { token, ...temporaryKey });
      assert.deepEqual({ ...outputs, ...sample }, outputs);
      const headers = only();
      assert.match(
        String(headers.authorization),
        /SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,/,
      );
      assert.equal(headers["x-security-token"], temporaryKey.securityToken);
    });

    it("for lookups of one service at the same time, and one more for a later lookup", async () => {
      const client = createVpcepClient(settingsFor(emulator));
      const all = await Promise.all(
        Array.from({ length: 20 }, () => client.getEndpointService({ id: serviceId })),
      );
      only();
      for (const outputs of all) {
        assert.deepEqual(outputs, all[0]);
      }
      await client.getEndpointService({ id: serviceId });
      assert.equal(emulator.requests.length, 2);
      await client.close();
    });

    it("for each of many services, over at most eight connections", async () => {
      const ids = Array.from({ length: 50 }, (_, count) => `service-${count}`);
      for (const id of ids) {
        emulator.putService(sampleEndpointService.replace(serviceId, id));
      }
      const client = createVpcepClient(settingsFor(emulator));
      const all = await Promise.all(ids.map((id) => client.getEndpointService({ id })));
      await client.close();
      assert.deepEqual(
        all.map((outputs) => outputs.serviceId),
        ids,
      );
      assert.equal(new Set(sent()).size, 50);
      assert.equal(sent().length, 50);
      assert.ok(emulator.sockets.peak <= 8, String(emulator.sockets.peak));
    });
  });

  describe("takes", () => {
    for (const [name, reply] of [
      ["an id in another case", wrongRecord(serviceId, serviceId.toUpperCase())],
      ["a mark of byte order", { body: `\ufeff${sampleEndpointService}` }],
      [
        "a coded body, which it did not ask for",
        { headers: { "content-encoding": "gzip" }, body: gzipSync(sampleEndpointService) },
      ],
      ["a body in pieces", { body: sampleEndpointService, framing: "chunks" as const }],
      [
        "JSON of a special kind",
        { headers: { "content-type": "application/hal+json;charset=utf8" }, body: sampleEndpointService },
      ],
      ["an answer without a type", { headers: { "content-type": undefined }, body: sampleEndpointService }],
      [
        "a failed service, which is a record like any other",
        wrongRecord('"available"', '"failed","error":[{"code":"EndPoint.2047","message":"m"}]'),
      ],
    ] as [string, Reply][]) {
      it(name, async () => {
        emulator.reply(reply);
        const { vpcId, ports } = await lookUp(emulator);
        assert.deepEqual([vpcId, ports], [sample.vpcId, sample.ports]);
        only();
      });
    }

    it("the project that the record names, else the one that was asked", async () => {
      emulator.reply(wrongRecord(projectId, "owner"), wrongRecord(/,\s*"project_id":"\w+"/, ""));
      assert.equal((await lookUp(emulator)).projectId, "owner");
      assert.equal((await lookUp(emulator)).projectId, projectId);
    });
  });

  describe("after a fault that may pass, sends again and gives the record", () => {
    for (const [name, replies] of [
      ["500, then 503", [{ status: 500 }, { status: 503 }]],
      ["a connection that is reset", [{ breakOff: { by: "reset" as const } }]],
      ["a body that is cut", [{ breakOff: { by: "close" as const, afterBytes: 100 } }]],
      ["an empty body", [{ body: "" }]],
      [
        "a part of a body that looks whole",
        [{ body: sampleEndpointService.slice(0, 100), framing: "close" as const }],
      ],
    ] as [string, Reply[]][]) {
      it(name, async () => {
        emulator.reply(...replies);
        assert.equal((await lookUp(emulator)).vpcId, sample.vpcId);
        assert.equal(emulator.requests.length, replies.length + 1);
      });
    }

    it("a signature refused for this machine's clock, corrected by what the gateway says", async () => {
      await using later = await startEmulator({ now: () => Date.now() + 20 * 60_000 });
      const { accessKey, secretKey } = key;
      assert.equal((await lookUp(later, { token, accessKey, secretKey })).serviceId, serviceId);
      assert.deepEqual(
        later.requests.map(({ status }) => status),
        [401, 200],
      );
    });
  });

  describe("fails", () => {
    const own =
      "Check that HOST is the cloud's own host, and that no proxy answers in its place [VPCEP_RESPONSE]";
    const whole = "Nothing of it is used; check that HOST is the cloud's own host [VPCEP_RESPONSE]";
    const wrongHost = "HOST does not serve this call of VPCEP: check the region and the endpoint [VPCEP_API]";
    const redirect =
      "Redirects are not followed, so that a credential stays with its host: check the region and the endpoint [VPCEP_API]";
    const cloudFault =
      "The fault is on the cloud's side: run again later, and give its support the request id [VPCEP_API]";
    const permission =
      "Check that the project is one of this credential's account and of this region; if it is, give the user of the credential from token the permission vpcep:endpointServices:get in it [VPCEP_FORBIDDEN]";
    const notFound =
      "Check the id, and that the service is in this region and project: a service of another project is not visible here [VPCEP_NOT_FOUND]";
    const wrongKeys =
      "the access key is mistyped, disabled or deleted, the secret key is not the one that belongs to it, or both are of another cloud [VPCEP_AUTH]";
    const wrong =
      "it is wrong, has ended (a token lives 24 hours at most), or is for another region or project [VPCEP_AUTH]";
    const html = { headers: { "content-type": "text/html; charset=utf-8" }, body: "<html>Portal</html>" };
    const record = (problem: string) =>
      `the record that HOST sent is not whole: ${problem} (request id ID). ${whole}`;
    interface Failure {
      readonly name: string;
      readonly reply?: Reply;
      readonly settings?: VpcepClientOptions;
      /** `HOST` and `ID` stand for the server's host and the id of its last request. */
      readonly message: string;
      /** How many requests there are; 1 where nothing is said. */
      readonly requests?: number;
    }
    const failures: readonly Failure[] = [
      {
        name: "401, for a token that is wrong",
        settings: { token: "wrong-token" },
        message: `HOST answered 401 APIGW.0301: Incorrect IAM authentication information: decrypt token fail (request id ID). Check the credential from token: ${wrong}`,
      },
      {
        name: "401, for a signature that is wrong",
        settings: { token, accessKey: key.accessKey, secretKey: "wrong-secret" },
        message: `HOST answered 401 APIGW.0301: Incorrect IAM authentication information: verify aksk signature fail (request id ID). Check the credential from accessKey, secretKey: ${wrongKeys}`,
      },
      {
        name: "401, for a key nobody knows",
        settings: { token, accessKey: "NOBODY", secretKey: "secret" },
        message: `HOST answered 401 APIGW.0301: Incorrect IAM authentication information: ak NOBODY not exist (request id ID). Check the credential from accessKey, secretKey: ${wrongKeys}`,
      },
      {
        name: "401 without a body",
        reply: { status: 401 },
        message: `HOST answered 401 (request id ID). Check the credential from token: ${wrong}`,
      },
      {
        name: "403, for a permission that is missing",
        reply: {
          status: 403,
          body: { error_msg: "Policy doesn't allow vpcep:endpointServices:get", error_code: "APIGW.0302" },
        },
        message: `HOST answered 403 APIGW.0302: Policy doesn't allow vpcep:endpointServices:get (request id ID). ${permission}`,
      },
      {
        name: "404 of VPCEP",
        reply: { status: 404, body: { error: { message: "Unavailable.", code: "EndPoint.0005" } } },
        message: `HOST answered 404 EndPoint.0005: Unavailable (request id ID). ${notFound}`,
      },
      {
        name: "404 of VPCEP in its other shape",
        reply: { status: 404, body: { error_msg: "Does not exist.", error_code: "EndPoint.0005" } },
        message: `HOST answered 404 EndPoint.0005: Does not exist (request id ID). ${notFound}`,
      },
      {
        name: "400 EndPoint.2003",
        reply: {
          status: 400,
          body: { error: { message: "The endpoint service does not exist.", code: "EndPoint.2003" } },
        },
        message: `HOST answered 400 EndPoint.2003: The endpoint service does not exist (request id ID). ${notFound}`,
      },
      {
        name: "400 of another code",
        reply: { status: 400, body: { error: { message: "Parameter error.", code: "EndPoint.0002" } } },
        message:
          "HOST answered 400 EndPoint.0002: Parameter error (request id ID). Look up EndPoint.0002 in VPCEP's table of error codes [VPCEP_API]",
      },
      {
        name: "404 of the gateway",
        reply: {
          status: 404,
          body: { error_msg: "The API does not exist", error_code: "APIGW.0101", request_id: "r" },
        },
        message: `HOST answered 404 APIGW.0101: The API does not exist (request id ID). ${wrongHost}`,
      },
      {
        name: "404 in HTML",
        reply: { status: 404, ...html },
        message: `HOST answered 404 (request id ID). ${wrongHost}`,
      },
      {
        name: "500 that stays",
        reply: {
          status: 500,
          body: { error: { message: "System error. Please retry.", code: "EndPoint.0001" } },
        },
        settings: { maxAttempts: 3 },
        message: `HOST answered 500 EndPoint.0001: System error. Please retry (request id ID, 3 attempts). ${cloudFault}`,
        requests: 3,
      },
      {
        name: "501, which no second try would mend",
        reply: { status: 501 },
        message: `HOST answered 501 (request id ID). ${cloudFault}`,
      },
      {
        name: "429 with a time beyond the lookup's",
        reply: { status: 429, headers: { "retry-after": "90" }, body: { error_code: "APIGW.0308" } },
        message:
          "HOST answered 429 APIGW.0308 (request id ID). Run again in 90 s, or look up fewer services at a time [VPCEP_THROTTLED]",
      },
      {
        name: "the gateway's window beyond the lookup's time",
        reply: {
          status: 429,
          body: {
            error_msg:
              "The throttling threshold has been reached: policy user over ratelimit,limit:200,time:5 minute",
            error_code: "APIGW.0308",
          },
        },
        message:
          "HOST answered 429 APIGW.0308: The throttling threshold has been reached: policy user over ratelimit,limit:200,time:5 minute (request id ID). Run again in 300 s, or look up fewer services at a time [VPCEP_THROTTLED]",
      },
      ...[301, 302, 303, 307, 308].map((status) => ({
        name: `a redirect with ${status}`,
        reply: { status, headers: { location: "http://127.0.0.1:1/" } },
        message: `HOST answered ${status} (request id ID). ${redirect}`,
      })),
      {
        name: "204",
        reply: { status: 204 },
        message: `HOST answered 204 (request id ID). ${own}`,
      },
      {
        name: "HTML with 200",
        reply: html,
        message: `the answer of HOST cannot be used: it is text/html, not JSON. ${own}`,
      },
      {
        name: "an empty body, twice",
        reply: { body: "" },
        message: `the answer of HOST cannot be used: it is empty (2 attempts). ${own}`,
        requests: 2,
      },
      {
        name: "broken JSON, twice",
        reply: { body: '{"id":"secret' },
        message: `the answer of HOST cannot be used: it is not whole JSON (2 attempts). ${own}`,
        requests: 2,
      },
      {
        name: "JSON that is no object",
        reply: { body: `[${sampleEndpointService}]` },
        message: `the answer of HOST cannot be used: it is not a JSON object. ${own}`,
      },
      {
        name: "a record that says two things",
        reply: wrongRecord('"status"', '"status":"failed","status"'),
        message: `the answer of HOST cannot be used: the key "status" stands in it twice. ${own}`,
      },
      {
        name: "a record that is nested too deep",
        reply: wrongRecord("{", `{"deep":${"[".repeat(40)}${"]".repeat(40)},`),
        message: `the answer of HOST cannot be used: it is nested deeper than 32 levels. ${own}`,
      },
      {
        name: "bytes that are no text",
        reply: { body: Buffer.from([0x7b, 0xff, 0x7d]) },
        message: `the answer of HOST cannot be used: it is not UTF-8 text. ${own}`,
      },
      {
        name: "a coding nobody asked for and nobody knows",
        reply: { headers: { "content-encoding": "lzma" }, body: "x" },
        message: `the answer of HOST cannot be used: its content coding is unknown. ${own}`,
      },
      {
        name: "2 MiB",
        reply: { body: wrongRecordText("x".repeat(2 * 1024 * 1024)) },
        message: `the answer of HOST cannot be used: it is larger than 1 MiB. ${own}`,
      },
      {
        name: "another service's record",
        reply: wrongRecord(serviceId, "5189d3c2-8882-4871-a3c2-d380272eed83"),
        message:
          'HOST sent another record than the one asked for, "5189d3c2-8882-4871-a3c2-d380272eed83" (request id ID). Nothing of it is used; check for a proxy that mixes answers up [VPCEP_RESPONSE]',
      },
      {
        name: "a record without its VPC",
        reply: wrongRecord(/"vpc_id":"[^"]*",/, ""),
        message: record("vpc_id (expected string, received undefined)"),
      },
      {
        name: "a record with port 0",
        reply: wrongRecord("8080", "0"),
        message: record("ports[0].client_port (Too small: expected number to be >=1)"),
      },
      {
        name: "a record with port 65536",
        reply: wrongRecord(/"server_port":80,\s*"protocol":"TCP"\s*\}\s*\]/, '"server_port":65536}]'),
        message: record("ports[1].server_port (Too big: expected number to be <=65535)"),
      },
      {
        name: "an error of the API that says 200",
        reply: { body: { error_code: "EndPoint.0001", error_msg: "System error." } },
        message: record(
          "id (expected string, received undefined), vpc_id (expected string, received undefined), status (expected string, received undefined) and 1 more",
        ),
      },
      {
        name: "a connection that is always closed",
        reply: { breakOff: { by: "close" } },
        settings: { maxAttempts: 2 },
        message:
          "HOST closed the connection (UND_ERR_SOCKET) (2 attempts). Check the region, the endpoint and the proxy settings, and that this machine can reach HOST [VPCEP_CONNECTION]",
        requests: 2,
      },
      {
        name: "silence",
        reply: { breakOff: { by: "silence" } },
        settings: { maxAttempts: 1, attemptTimeoutMs: 100 },
        message:
          "HOST gave no whole answer within 0.1 s, while waiting for the answer to begin. Check the region, the endpoint and the proxy settings, and that this machine can reach HOST [VPCEP_TIMEOUT]",
      },
    ];

    for (const { name, reply, settings = {}, message, requests = 1 } of failures) {
      it(`after ${name}`, async () => {
        if (reply) {
          emulator.reply(() => reply);
        }
        const error = await errorOf(lookUp(emulator, settings));
        const id = emulator.requests.at(-1)?.requestId ?? "";
        const said = error.message.replaceAll(hostOf(emulator), "HOST").replaceAll(id, "ID");
        assert.equal(said, subject + message);
        assert.equal(emulator.requests.length, requests);
      });
    }

    for (const { name, reply, settings = {}, requests = 1 } of failures) {
      it(`knowing how many requests were sent, after ${name}`, async () => {
        if (reply) {
          emulator.reply(() => reply);
        }
        assert.equal((await errorOf(lookUp(emulator, { ...settings }))).attempts, requests);
      });
    }

    it("with 404 for a service that does not exist, by its own words", async () => {
      const error = await errorOf(lookUp(emulator, {}, "no-such-service"));
      assert.equal(
        error.message,
        `Cannot read VPC endpoint service no-such-service (region eu-de, project ${projectId}): ${hostOf(emulator)} answered 404 EndPoint.0005: The requested resource is unavailable (request id ${emulator.requests[0]?.requestId}). ${notFound}`,
      );
      assert.deepEqual(
        [error.code, error.status, error.errorCode, error.requestId, error.attempts],
        ["VPCEP_NOT_FOUND", 404, "EndPoint.0005", emulator.requests[0]?.requestId, 1],
      );
    });

    it("with 403 for another project", async () => {
      const error = await errorOf(lookUp(emulator, { projectId: "other" }));
      assert.equal(
        error.message,
        `Cannot read VPC endpoint service ${serviceId} (region eu-de, project other): ${hostOf(emulator)} answered 403 EndPoint.0004: Authentication information is incorrect or you have no permissions (request id ${emulator.requests[0]?.requestId}). ${permission}`,
      );
    });

    it("without a server, naming it", async () => {
      const gone = await startEmulator();
      await gone.close();
      const error = await errorOf(lookUp(gone, { maxAttempts: 2 }));
      assert.equal(
        error.message,
        `${subject}${hostOf(gone)} refused the connection (ECONNREFUSED) (2 attempts). Check the region, the endpoint and the proxy settings, and that this machine can reach ${hostOf(gone)} [VPCEP_CONNECTION]`,
      );
    });
  });

  it("sends nothing to the place that a redirect names", async () => {
    const other = createServer((_request, response) => response.end(sampleEndpointService));
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    let connections = 0;
    other.on("connection", () => connections++);
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}${detailPath}`;
    for (const status of [301, 302, 303, 307, 308]) {
      emulator.reply({ status, headers: { location } });
      assert.equal((await errorOf(lookUp(emulator))).code, "VPCEP_API");
    }
    other.close();
    assert.deepEqual([connections, emulator.requests.length], [0, 5]);
  });

  it("does not send a refused credential again", async () => {
    const client = createVpcepClient(settingsFor(emulator, { token: "wrong-token" }));
    const first = await errorOf(client.getEndpointService({ id: serviceId }));
    const rest = await Promise.all(["a", "b", "c"].map((id) => errorOf(client.getEndpointService({ id }))));
    await client.close();
    assert.equal(emulator.requests.length, 1);
    for (const error of [first, ...rest]) {
      assert.equal(error.code, "VPCEP_AUTH");
      assert.match(error.message, /decrypt token fail/);
    }
  });

  it("ends at once when its signal is aborted, with the signal's reason", async () => {
    emulator.reply({ breakOff: { by: "silence" } });
    const client = createVpcepClient(settingsFor(emulator));
    const abort = new AbortController();
    const reason = new Error("enough");
    const lookup = client.getEndpointService({ id: serviceId }, { signal: abort.signal });
    while (emulator.requests.length === 0) {
      await setTimeout(5);
    }
    abort.abort(reason);
    await assert.rejects(lookup, reason);
    await assert.rejects(client.getEndpointService({ id: serviceId }, { signal: abort.signal }), reason);
    await client.close();
    assert.equal(emulator.requests.length, 1);
  });

  describe("never shows a secret that the server repeats", () => {
    const secrets: readonly (readonly [string, VpcepClientOptions, string])[] = [
      ["the token", { token: "s3cret-token" }, "s3cret-token"],
      ["the secret key", { token, accessKey: "ak", secretKey: "s3cret-key" }, "s3cret-key"],
      [
        "the security token",
        { token, accessKey: "ak", secretKey: "sk-sk-sk", securityToken: "s3cret-security-token" },
        "s3cret-security-token",
      ],
    ];
    const places: readonly (readonly [string, (secret: string) => Reply])[] = [
      [
        "the words of the gateway",
        (secret) => ({
          status: 401,
          body: {
            error_code: "APIGW.0301",
            error_msg: `verify fail, x-security-token:${secret} canonicalRequest:GET|x:${secret}|`,
          },
        }),
      ],
      ["the words of VPCEP", (secret) => ({ status: 400, body: { error: { code: "E", message: secret } } })],
      [
        "the code of an error",
        (secret) => ({ status: 400, body: { error: { code: secret, message: "m" } } }),
      ],
      ["the id of the request", (secret) => ({ status: 400, headers: { "x-request-id": secret } })],
      ["the place of a redirect", (secret) => ({ status: 302, headers: { location: `http://${secret}/` } })],
      ["HTML", (secret) => ({ headers: { "content-type": "text/html" }, body: secret })],
      ["broken JSON", (secret) => ({ body: `{${JSON.stringify(secret)}:` })],
      [
        "a field",
        (secret) =>
          wrongRecord(
            /"vpc_id":"[^"]*"/,
            () => `"vpc_id":[${JSON.stringify(secret)}],${JSON.stringify(secret)}:1`,
          ),
      ],
      ["the id of the record", (secret) => wrongRecord(`"${serviceId}"`, () => JSON.stringify(secret))],
      [
        "a key that stands twice",
        (secret) => ({ body: `{${JSON.stringify(secret)}:1,${JSON.stringify(secret)}:2}` }),
      ],
      ["the type of the answer", (secret) => ({ headers: { "content-type": `text/${secret}` }, body: "x" })],
    ];
    const long = `Aa"\\${"0123456789abcdef".repeat(200)}`;
    const [withToken, ...withOthers] = secrets;
    const cases = [
      ...places.map((place) => [withToken, place] as const),
      ...places.map((place) => [["a part of a long token", { token: long }, long], place] as const),
      ...withOthers.map((others) => [others, places[0]] as const),
    ];
    for (const [secret, place] of cases) {
      assert.ok(secret && place);
      const [what, settings, value] = secret;
      const [where, reply] = place;
      it(`${what}, in ${where}`, async () => {
        emulator.reply(() => reply(value));
        const error = await errorOf(lookUp(emulator, settings));
        const shown = everythingOf(error).toLowerCase();
        assert.ok(!shown.includes(value.slice(-20).toLowerCase()), error.message);
        assert.ok(!shown.includes(value.slice(4, 24)), error.message);
      });
    }

    it("but no word of this package's own that one begins with", async () => {
      const settings = { token: undefined, accessKey: "A", secretKey: "mistyped1" };
      assert.match(
        (await errorOf(lookUp(emulator, settings))).message,
        /: the access key is mistyped, disabled or deleted, the secret key is not the one/,
      );
    });

    it("but everything around it", async () => {
      emulator.reply({
        status: 400,
        body: { error: { code: "E", message: `a ${"emulator-token\n".repeat(4)}` } },
      });
      assert.match(
        (await errorOf(lookUp(emulator))).message,
        /answered 400 E: a( \[redacted\]){4} \(request id/,
      );
    });
  });

  describe("refuses an id before anything is sent:", () => {
    const ids: readonly (readonly [unknown, string])[] = [
      ["", '""'],
      ["..", '".."'],
      ["a/b", '"a/b"'],
      ["../quotas", '"../quotas"'],
      ["a?b", '"a?b"'],
      ["a%2fb", '"a%2fb"'],
      ["a b", '"a b"'],
      ["a\n", '"a\\n"'],
      ["\0", '"\\u0000"'],
      ["é", '"\\u00e9"'],
      ["a".repeat(65), `"${"a".repeat(65)}"`],
      ["a".repeat(1_000), `"${"a".repeat(80)}" and 920 more characters`],
      [5, "a number"],
      [true, "a boolean"],
      [{}, "an object"],
      [["a"], "an array"],
    ];
    for (const [id, shown] of ids) {
      it(shown.slice(0, 40), async () => {
        const error = await errorOf(lookUp(emulator, {}, id as string));
        assert.equal(
          error.message,
          `Cannot read VPC endpoint service: id must be 1 to 64 letters, digits, hyphens or underscores, but is ${shown} [VPCEP_CONFIG]`,
        );
        assert.equal(emulator.requests.length, 0);
      });
    }
    for (const id of ["describe", "public"]) {
      it(id, async () => {
        const error = await errorOf(lookUp(emulator, {}, id));
        assert.equal(
          error.message,
          `Cannot read VPC endpoint service: id must not be "${id}": that is the path of another call of the API [VPCEP_CONFIG]`,
        );
        assert.equal(emulator.requests.length, 0);
      });
    }
    for (const id of [null, undefined]) {
      it(String(id), async () => {
        const client = createVpcepClient(settingsFor(emulator));
        const error = await errorOf(client.getEndpointService({ id } as unknown as { id: string }));
        await client.close();
        assert.equal(error.code, "VPCEP_CONFIG");
        assert.match(error.message, /^Cannot read VPC endpoint service: id (is missing|must be)/);
        assert.equal(emulator.requests.length, 0);
      });
    }

    it("and takes any of 1 to 64 letters, digits, hyphens and underscores", async () => {
      for (const id of ["a", "-", "A_b-9", "a".repeat(64)]) {
        emulator.putService(sampleEndpointService.replace(serviceId, id));
        assert.equal((await lookUp(emulator, {}, id)).serviceId, id);
      }
    });
  });
});

/** The sample with a long description. */
function wrongRecordText(description: string): string {
  return sampleEndpointService.replace("{", `{"description":"${description}",`);
}
