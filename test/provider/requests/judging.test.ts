// Proves over real sockets that a secret within a server's words changes nothing of what is made of them, and that none
// of it is read in the error, its properties or a line.
import assert from "node:assert/strict";
import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { openSession } from "../../../provider/requests/session";
import { configurationFamily } from "../../../provider/settings/families";
import type { SettingKey } from "../../../provider/settings/table";
import {
  type Emulator,
  type EmulatorOptions,
  type Reply,
  sampleEndpointService,
  startEmulator,
} from "../../../sdk/testing";
import { errorOf, everythingOf, projectId, region, serviceId, subject } from "../lookups";

type Values = { readonly [Key in SettingKey]?: string };

const notFound: Reply = { status: 404, body: { error: { code: "EndPoint.0005", message: "Unavailable." } } };
const withStatus = (status: string, more: object = {}): Reply => ({
  body: { ...JSON.parse(sampleEndpointService), status, ...more },
});

/** Works with a client of its own over an emulator of its own, and gives the lines that were logged. */
async function using<Value>(
  { settings, options }: { readonly settings: Values; readonly options?: EmulatorOptions },
  work: (client: VpcepClient, emulator: Emulator) => Promise<Value>,
): Promise<{ readonly value: Value; readonly lines: readonly string[] }> {
  const { token } = settings;
  await using emulator = await startEmulator({
    ...(token === undefined ? {} : { tokens: [token] }),
    ...options,
  });
  const values: Values = { region, projectId, endpoint: emulator.url, authUrl: emulator.url, ...settings };
  const sources = [[configurationFamily("", (key) => values[key as SettingKey], "client")]];
  const configuration = resolveConfiguration({}, sources, "/nonexistent");
  const lines: string[] = [];
  const client = new VpcepClient(configuration, openSession(undefined), (line) => lines.push(line));
  try {
    return { value: await work(client, emulator), lines };
  } finally {
    await client.close();
  }
}

describe("a server's words that hold a secret are judged as they came:", () => {
  const failures: readonly (readonly [
    name: string,
    settings: Values,
    reply: Reply,
    code: string,
    message: RegExp,
  ])[] = [
    [
      "a code of VPCEP",
      { token: "End" },
      notFound,
      "VPCEP_NOT_FOUND",
      /answered 404 \[redacted\]Point\.0005: Unavailable \(request id/,
    ],
    [
      "a code of the gateway",
      { token: "030" },
      { status: 403, body: { error_code: "APIGW.0301", error_msg: "no" } },
      "VPCEP_AUTH",
      /answered 403 APIGW\.\[redacted\]1: no \(request id/,
    ],
    [
      "a throttling code",
      { token: "apigw", maxAttempts: "1" },
      { status: 403, body: { error_code: "APIGW.0308", error_msg: "limit:200,time:5 minute" } },
      "VPCEP_THROTTLED",
      /answered 403 \[redacted\]\.0308: limit:200,time:5 minute \(request id \w+\)\. Run again in 300 s/,
    ],
    [
      "a throttling window",
      { token: "time:5", maxAttempts: "1" },
      { status: 429, body: { error_code: "APIGW.0308", error_msg: "limit:200,time:5 minute" } },
      "VPCEP_THROTTLED",
      /answered 429 APIGW\.0308: limit:200,\[redacted\] minute \(request id \w+\)\. Run again in 300 s/,
    ],
    [
      "IAM's code, which is the status once more",
      { token: "400" },
      { status: 400, body: { error: { code: 400, message: "no" } } },
      "VPCEP_API",
      /answered 400 no \(request id/,
    ],
  ];
  for (const [name, settings, reply, code, message] of failures) {
    it(name, async () => {
      await using({ settings }, async (client, emulator) => {
        emulator.reply(reply);
        const error = await errorOf(client.getEndpointService({ id: serviceId }));
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.equal(emulator.requests.length, 1);
      });
    });
  }

  it("the absence of a service that may be missing", async () => {
    const { value } = await using({ settings: { token: "EndPoint" } }, (client, emulator) => {
      emulator.reply(notFound);
      return client.lookUp("optionalEndpointService", { id: serviceId });
    });
    assert.equal(value.exists, false);
  });

  it("the time of a server, which corrects the next signature", async () => {
    const keys = [{ accessKey: "an-access-key", secretKey: "server" }];
    const ahead = () => Date.now() + 3_600_000;
    await using({ settings: keys[0] ?? {}, options: { keys, now: ahead } }, async (client, emulator) => {
      // Without a date, the words alone tell the time.
      emulator.replyTo("/vpc-endpoint-services/", {
        status: 401,
        headers: { date: undefined },
        body: {
          error_code: "APIGW.0301",
          error_msg: `signature expired,server time:${new Date(ahead()).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`,
        },
      });
      assert.equal((await client.getEndpointService({ id: serviceId })).serviceId, serviceId);
      assert.equal(emulator.requests.length, 2);
    });
  });

  for (const [token, statuses, said] of [
    ["available", ["creating", "available"], ["creating"]],
    ["avail", ["creating", "available"], ["creating"]],
    ["creating", ["creating", "available"], ["[redacted]"]],
    ["half", ["half-made", "half-done", "available"], ["[redacted]-made", "[redacted]-done"]],
    ["rough-state", ["rough-state\u001b[31m", "available"], ["[redacted] [31m"]],
  ] as const) {
    it(`the status of a service that is waited for, with the token ${token}`, async () => {
      const { value, lines } = await using({ settings: { token } }, (client, emulator) => {
        emulator.reply(...statuses.map((status) => withStatus(status)));
        return client.lookUp("endpointService", { id: serviceId, waitFor: "available", pollIntervalMs: 500 });
      });
      assert.equal(value.status, "available");
      assert.deepEqual(
        lines.map((line) => / is (.*); waiting for /.exec(line)?.[1]),
        said,
      );
    });
  }

  it("the status that ends a wait", async () => {
    await using({ settings: { token: "fail" } }, async (client, emulator) => {
      emulator.reply(withStatus("failed", { error: [{ error_code: "X", error_message: "it failed" }] }));
      const error = await errorOf(client.lookUp("endpointService", { id: serviceId, waitFor: "available" }));
      assert.equal(error.code, "VPCEP_FAILED");
      assert.match(error.message, /: the service is \[redacted\]ed \(X: it \[redacted\]ed\) and will not/);
    });
  });

  it("what is expected of a service", async () => {
    await using({ settings: { token: "avail" } }, async (client) => {
      const expect = { status: "available" };
      assert.equal((await client.lookUp("endpointService", { id: serviceId, expect })).status, "available");
    });
  });
});

describe("no secret is shown", () => {
  const secret = "first-secret-of-all";
  const longer = `${secret}-and-more`;

  const places: readonly (readonly [string, Reply | readonly Reply[]])[] = [
    ["a request id", { ...notFound, headers: { "x-request-id": [longer, `x${longer}`] } }],
    ["a trace id of IAM", { ...notFound, headers: { "x-request-id": undefined, "x-iam-trace-id": longer } }],
    ["an error code", { status: 400, body: { error: { code: longer, message: "m" } } }],
    ["an error's words", { status: 400, body: { error: { code: "E", message: `${longer},${secret}` } } }],
    ["a type of content", { headers: { "content-type": `text/${longer}` }, body: "x" }],
    ["a key that stands twice", { body: `{"${longer}":1,"${longer}":2}` }],
    ["another record", withStatus("available", { id: longer })],
    ["a status", withStatus(longer)],
  ];
  for (const [where, reply] of places) {
    it(`of which one begins the other, in ${where}`, async () => {
      const settings = { accessKey: "an-access-key", secretKey: secret, securityToken: longer };
      await using({ settings, options: { keys: [settings] } }, async (client, emulator) => {
        emulator.reply(...[reply].flat());
        const error = await errorOf(
          client.lookUp("endpointService", { id: serviceId, expect: { status: "available" } }),
        );
        const all = everythingOf(error);
        assert.ok(!all.includes("secret"), all);
        assert.ok(!all.includes("-and-more"), all);
      });
    });
  }

  it("in what is wrong with an argument", async () => {
    await using({ settings: { token: "a.longer.token" } }, async (client, emulator) => {
      const error = await errorOf(client.getEndpointService({ id: "a.longer.token" }));
      assert.equal(
        error.message,
        'Cannot read VPC endpoint service: id must be 1 to 64 letters, digits, hyphens or underscores, but is "[redacted]" [VPCEP_CONFIG]',
      );
      const unknown = await errorOf(client.lookUp("a.longer.token" as "endpoint", { id: "a" }));
      assert.equal(unknown.message, 'There is no lookup "[redacted]" [VPCEP_CONFIG]');
      assert.equal(emulator.requests.length, 0);
    });
  });

  it("in the subject of an error", async () => {
    await using({ settings: { token: "a-longer-token" } }, async (client, emulator) => {
      emulator.reply(notFound);
      const error = await errorOf(client.getEndpointService({ id: "a-longer-token" }));
      assert.match(error.message, /^Cannot read VPC endpoint service \[redacted\] \(region/);
    });
  });

  it("in what is wrong with a setting, used or not", async () => {
    for (const key of ["region", "projectId", "cloud", "profile", "timeoutMs", "projectName"] as const) {
      const settings = { token: "a-token", password: "A.long\nsecret", [key]: "A.long\nsecret" };
      const error = await errorOf(using({ settings }, async () => {}));
      assert.ok(!everythingOf(error).includes("secret"), error.message);
    }
  });

  it("in a value that is shown as far as its beginning", async () => {
    const token = "0123456789abcdef".repeat(100);
    await using({ settings: { token } }, async (client) => {
      const error = await errorOf(client.getEndpointService({ id: `Bearer ${token}` }));
      assert.match(error.message, /but is "Bearer \[redacted\]" and 1527 more characters/);
    });
    const error = await errorOf(using({ settings: { token, region: token } }, async () => {}));
    assert.match(error.message, /but is "\[redacted\]" and 1520 more characters/);
  });

  it("but a short one that is a word of the sentence itself", async () => {
    await using({ settings: { token: "service" } }, async (client, emulator) => {
      emulator.reply(notFound);
      const error = await errorOf(client.getEndpointService({ id: serviceId }));
      assert.ok(error.message.startsWith(subject), error.message);
    });
  });
});

describe("a server's megabytes", () => {
  const many = 500_000;
  const bodies: readonly (readonly [string, (text: string) => Reply])[] = [
    ["error's words", (text) => ({ status: 400, body: { error: { code: "E", message: text } } })],
    ["error code", (text) => ({ status: 404, body: { error: { code: text, message: "m" } } })],
    ["status", (text) => withStatus(`x${text}`)],
    ["key that stands twice", (text) => ({ body: `{${JSON.stringify(text)}:1,${JSON.stringify(text)}:2}` })],
    ["type of content", (text) => ({ headers: { "content-type": `x${text.slice(0, 80_000)}x` }, body: "x" })],
    ["request id", (text) => ({ ...notFound, headers: { "x-request-id": `x${text.slice(0, 80_000)}x` } })],
    ["Retry-After", (text) => ({ ...notFound, headers: { "retry-after": `x${text.slice(0, 80_000)}x` } })],
    ["date", (text) => ({ ...notFound, headers: { date: `x${text.slice(0, 80_000)}x` } })],
  ];
  for (const [where, reply] of bodies) {
    it(`of one character are no work, as ${where}`, async () => {
      await using({ settings: { token: "a".repeat(65_536) } }, async (client, emulator) => {
        for (const character of [" ", ",", "a", "1", "-"]) {
          emulator.reply(reply(character.repeat(many)));
          const start = performance.now();
          const error = await errorOf(
            client.lookUp("endpointService", { id: serviceId, expect: { status: "available" } }),
          );
          assert.ok(error.message.length < 2_000, error.message.slice(0, 2_500));
          assert.ok(performance.now() - start < 2_000, `${JSON.stringify(character)} took too long`);
        }
      });
    });
  }
});
