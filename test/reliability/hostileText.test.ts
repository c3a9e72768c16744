// Proves that no text of a server's, however long and of whatever it is made, holds a lookup up, stops the event loop, or
// fills an error. Every place that reads one is fed with megabytes, over real sockets.
import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { createVpcepClient, type VpcepClientOptions, VpcepError } from "../../provider";
import {
  type Emulator,
  emulatorDefaults,
  type Reply,
  sampleEndpointService,
  startEmulator,
} from "../../sdk/testing";
import { errorOf, lookUp, projectId, region, serviceId, settingsFor } from "../provider/lookups";

/** What is promised is half a second for the loop; the rest is for a slow machine. */
const longestMs = 20_000;
const longestStandstillMs = 5_000;
const longestMessage = 2_000;

const units = [
  " ",
  "a",
  "\\",
  '"',
  "'",
  "[",
  "{",
  '{"a":',
  "0",
  "-",
  ",",
  ":",
  "\n",
  "é",
  "\u2028",
  "\u0000",
  ".",
  "limit:",
  "server time:",
  "canonicalRequest:",
] as const;

function filled(unit: string, bytes: number): string {
  return unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));
}

const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const port = { client_port: 80, server_port: 80, protocol: "TCP" };
/** Less than the megabyte of an answer, however JSON escapes it. */
const record = (long: string) => long.slice(0, 150_000);

/** Answers to a lookup of one service with a long text in each of the places that are read. */
const vpcepReplies: Readonly<Record<string, (long: string, unit: string) => Reply[]>> = {
  "the body": (long) => [{ body: long }],
  "a text in the body that does not end": (long) => [{ body: `{"id":"${record(long)}` }],
  "a key that stands twice": (long) => {
    const key = JSON.stringify(record(long));
    return [{ body: `{${key}:1,${key}:2}` }];
  },
  "the body of an error": (long) => [{ status: 400, body: long }],
  "the code and the message of an error": (long) => [
    { status: 400, body: { error: { code: long.slice(0, 5_000), message: long.slice(0, 5_000) } } },
    { status: 401, body: { error_code: "APIGW.0301", error_msg: long.slice(0, 10_000) } },
  ],
  "every text of a record": (long) => {
    const value = long.slice(0, 15_000);
    const names = ["id", "vpc_id", "status", "service_name", "created_at", "approval_enabled", "port_id"];
    return names.map((name) => ({ body: { ...sample, [name]: value } }));
  },
  "tags, ports, errors and what is not known": (long) => {
    const value = long.slice(0, 30_000);
    return [
      {
        body: {
          ...sample,
          tags: [{ key: value, value }],
          error: [{ code: value, message: value, [value]: value }],
          [value]: value,
        },
      },
      { body: { ...sample, tags: { [value]: { [value]: value } }, ports: [{ ...port, [value]: value }] } },
      { body: { ...sample, ports: [{ ...port, client_port: value }] } },
    ];
  },
  headers: (_long, unit) => {
    const value = filled(unit, 30_000).replace(/[^\x20-\x7e]/g, "e");
    const names = ["content-type", "content-encoding", "retry-after", "date", "age", "x-request-id"];
    return names.flatMap((name): Reply[] => [
      { headers: { [name]: value }, body: sampleEndpointService },
      { status: 401, headers: { [name]: value }, body: {} },
    ]);
  },
};

/** Answers of IAM to a password. */
const iamReplies: typeof vpcepReplies = {
  "the body of a token": (long) => [{ status: 201, headers: { "x-subject-token": "t" }, body: long }],
  "the body of a refusal": (long) => [{ status: 401, body: long }],
  "the message of a refusal": (long) => [
    { status: 401, body: { error: { code: long.slice(0, 8_000), message: long.slice(0, 8_000) } } },
  ],
  "a token, its time and its project": (long, unit) => [
    {
      status: 201,
      headers: { "x-subject-token": filled(unit, 60_000).replace(/[^\x20-\x7e]/g, "e") },
      body: { token: { expires_at: long.slice(0, 50_000), project: { id: long.slice(0, 50_000) } } },
    },
  ],
};

describe("a text of a server's", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  /** Looks the sample up, and answers whether it ended as it must. */
  async function check(server: Emulator, changes: VpcepClientOptions, what: string): Promise<void> {
    const client = createVpcepClient(settingsFor(server, { maxAttempts: 1, timeoutMs: 10_000, ...changes }));
    const start = performance.now();
    const outcome: unknown = await client
      .getEndpointService({ id: serviceId })
      .catch((error: unknown) => error);
    const elapsedMs = performance.now() - start;
    await client.close();
    if (outcome instanceof Error) {
      assert.ok(outcome instanceof VpcepError, `${what}: ${inspect(outcome).slice(0, 2_000)}`);
      const { message, errorCode = "", requestId = "", code } = outcome;
      const length = Math.max(message.length, errorCode.length, requestId.length);
      assert.ok(
        length < longestMessage,
        `${what}: ${code}, ${length} characters, ${message.slice(0, 1_000)}`,
      );
    } else {
      assert.equal((outcome as { serviceId?: string }).serviceId, serviceId, what);
    }
    assert.ok(elapsedMs < longestMs, `${what}: ${elapsedMs} ms`);
  }

  /** Runs the work; the event loop may not stand still meanwhile. */
  async function watched(work: () => Promise<void>): Promise<void> {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    try {
      await work();
      // The last standstill is seen at the turn after it.
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      delay.disable();
    }
    const standstillMs = delay.max / 1e6;
    assert.ok(standstillMs < longestStandstillMs, `the event loop stood still for ${standstillMs} ms`);
  }

  /** Every text in turn in one place, all texts at the same time, each to a server of its own. */
  async function feed(
    replies: (typeof vpcepReplies)[string],
    path: string,
    settings: (server: Emulator) => VpcepClientOptions,
  ): Promise<void> {
    await watched(async () => {
      await Promise.all(
        units.map(async (unit) => {
          await using server = await startEmulator();
          for (const [index, reply] of replies(filled(unit, 1_000_000), unit).entries()) {
            const what = `${JSON.stringify(unit)}, ${index}`;
            let given = 0;
            server.reset();
            server.reply((request) => (request.path.includes(path) && ++given > 0 ? reply : undefined));
            await check(server, settings(server), what);
            assert.ok(given > 0, what);
          }
        }),
      );
    });
  }

  for (const [place, replies] of Object.entries(vpcepReplies)) {
    it(`does no harm as ${place} of VPCEP`, () => feed(replies, "/vpc-endpoint-services/", () => ({})));
  }

  for (const [place, replies] of Object.entries(iamReplies)) {
    const { user } = emulatorDefaults;
    it(`does no harm as ${place}, of IAM`, () =>
      feed(replies, "/v3/auth/", ({ url }) => ({ token: undefined, authUrl: url, ...user })));
  }

  const notWhole = "it is not whole JSON (2 attempts)";
  for (const [name, text, message] of [
    [
      "a million keys",
      `{${Array.from({ length: 1_000_000 }, (_, index) => `"${index}":1`).join()}}`,
      "it has more than 250000 values",
    ],
    [
      "empty arrays",
      `{"endpoint_services":[${filled("[],", 16_000_000)}[]]}`,
      "it has more than 250000 values",
    ],
    [
      "numbers longer than any",
      `{"endpoint_services":[${filled(`${"9".repeat(1_001)},`, 16_000_000)}9]}`,
      "a number in it has more than 1000 characters",
    ],
    [
      "long numbers",
      `{"endpoint_services":[${filled(`${"9".repeat(990)},`, 16_000_000)}9]}`,
      / is not whole: total_count /,
    ],
    [
      "one number",
      `{"endpoint_services":${filled("9", 16_000_000)}}`,
      "a number in it has more than 1000 characters",
    ],
    ["one text", `{"endpoint_services":"${filled("a\\\\", 16_000_000)}"}`, /endpoint_services/],
    ["a text of backslashes that does not end", `{"a":"${filled("\\\\", 16_000_000)}`, notWhole],
    ["quotes alone", filled('"', 16_000_000), "it has more than 250000 values"],
  ] as const) {
    it(`ends a list soon that is ${name}, ${Math.round(text.length / 1e6)} MB`, async () => {
      emulator.reply(() => ({ body: text }));
      const client = createVpcepClient(settingsFor(emulator, { maxAttempts: 1 }));
      const start = performance.now();
      await watched(async () => {
        const error = await errorOf(client.lookUp("endpointServices", {}));
        assert.equal(error.code, "VPCEP_RESPONSE", error.message);
        assert.ok(error.message.length < longestMessage);
        typeof message === "string"
          ? assert.ok(error.message.includes(` cannot be used: ${message}. `), error.message)
          : assert.match(error.message, message);
      });
      await client.close();
      assert.ok(performance.now() - start < 2 * longestMs);
    });
  }

  it("ends a record of more values than one has", async () => {
    emulator.reply(() => ({ body: `{"a":[${"0,".repeat(20_001)}0]}` }));
    const { message } = await errorOf(lookUp(emulator));
    assert.match(message, / cannot be used: it has more than 20000 values\. /);
  });

  it("does no harm compressed", async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, " "));
    await watched(async () => {
      for (const status of [200, 401, 503]) {
        for (const body of [bomb, gzipSync(bomb), bomb.subarray(0, 5_000)]) {
          emulator.reset();
          emulator.reply(() => ({ status, headers: { "content-encoding": "gzip" }, body }));
          await check(emulator, {}, `${status}`);
        }
      }
    });
  });

  it("refuses a key once, whatever page says so, and however many lookups ask", async () => {
    const { accessKey, secretKey } = emulatorDefaults.key;
    emulator.reply(() => ({
      status: 401,
      headers: { "content-type": "text/html; charset=utf-16" },
      body: Buffer.alloc(2_000_000, 0xfe),
    }));
    const client = createVpcepClient({ endpoint: emulator.url, region, projectId, accessKey, secretKey });
    const errors = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        errorOf(client.getEndpointService({ id: `service-${index}` })),
      ),
    );
    await client.close();
    assert.deepEqual(new Set(errors.map(({ code }) => code)), new Set(["VPCEP_AUTH"]));
    assert.equal(emulator.requests.length, 1);
  });
});
