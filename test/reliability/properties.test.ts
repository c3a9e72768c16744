// Proves the promises of a lookup on whatever comes: arbitrary documents, ids, headers, and random scripts of faults.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { createVpcepClient, VpcepError } from "../../provider";
import { retryAfterMs } from "../../provider/requests/retryStrategy";
import { type Emulator, emulatorDefaults, type Reply, startEmulator } from "../../sdk/testing";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const token = "canary-token-of-the-properties";
const json = { "content-type": "application/json" };

describe("a lookup, whatever comes", () => {
  let emulator: Emulator;
  let client: ReturnType<typeof createVpcepClient>;

  before(async () => {
    emulator = await startEmulator({ tokens: [token] });
    const { projectId } = emulatorDefaults;
    const timeouts = { attemptTimeoutMs: 300, timeoutMs: 4_000 };
    client = createVpcepClient({ region: "eu-de", endpoint: emulator.url, projectId, token, ...timeouts });
    await client.getEndpointService({ id });
  });

  beforeEach(() => emulator.reset());

  after(async () => {
    await client.close();
    await emulator.close();
  });

  /** Either a record of the service that was asked for, or an error that shows no secret. */
  async function outcomeOf(asked = id): Promise<unknown> {
    const outcome: unknown = await client.getEndpointService({ id: asked }).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      assert.ok(outcome instanceof VpcepError, inspect(outcome));
      const shown = `${inspect(outcome, { depth: 9, showHidden: true })}${JSON.stringify(outcome)}`;
      assert.ok(!shown.includes(token), shown);
      assert.match(outcome.message, / \[VPCEP_[A-Z_]+\]$/);
    } else {
      const record = outcome as { serviceId: string; vpcId: unknown; status: unknown; ports: unknown };
      assert.equal(record.serviceId.toLowerCase(), asked.toLowerCase());
      assert.ok(record.vpcId && record.status && Array.isArray(record.ports));
    }
    return outcome;
  }

  it("makes a record or VPCEP_RESPONSE of any document", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (body) => {
        emulator.reset();
        emulator.reply(() => ({ status: 200, headers: json, body: JSON.stringify(body) }));
        const outcome = await outcomeOf();
        assert.ok(outcome instanceof VpcepError && outcome.code === "VPCEP_RESPONSE", inspect(outcome));
      }),
      { numRuns: 60 },
    );
  });

  it("makes a record or VPCEP_RESPONSE of a record with any fields exchanged", async () => {
    const field = fc.constantFrom(
      "id",
      "status",
      "vpc_id",
      "ports",
      "error",
      "tags",
      "created_at",
      "marker_id",
      "x",
    );
    const sample = JSON.parse(emulatorSample()) as object;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(field, fc.jsonValue({ maxDepth: 3 })), async (changes) => {
        emulator.reset();
        emulator.reply(() => ({ status: 200, headers: json, body: { ...sample, ...changes } }));
        const outcome = await outcomeOf();
        assert.ok(!(outcome instanceof VpcepError) || outcome.code === "VPCEP_RESPONSE", inspect(outcome));
      }),
      { numRuns: 100 },
    );
  });

  it("sends nothing for an id that is none", async () => {
    const ids = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("..", "public", "a/b", "%2e%2e", ""),
    );
    await fc.assert(
      fc.asyncProperty(ids, async (asked) => {
        emulator.reset();
        await outcomeOf(asked);
        const valid = /^[A-Za-z0-9_-]{1,64}$/.test(asked) && !["describe", "public"].includes(asked);
        assert.equal(emulator.requests.length, valid ? 1 : 0);
        assert.ok(emulator.requests.every(({ path }) => path.endsWith(`/vpc-endpoint-services/${asked}`)));
      }),
      { numRuns: 200 },
    );
  });

  it("waits never less than a Retry-After that says something, and never longer than a day", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String)), (header) => {
        const wait = retryAfterMs({ "retry-after": header }, header, Date.now());
        assert.ok(wait >= 0 && wait <= 86_400_000);
        if (/^\d+$/.test(header)) {
          assert.equal(wait, Math.min(86_400_000, Number(header) * 1_000));
        }
      }),
    );
  });

  it("keeps its promises over random scripts of faults", async () => {
    const fault: fc.Arbitrary<Reply> = fc.oneof(
      fc.constant({}),
      fc
        .constantFrom(400, 404, 408, 429, 500, 502, 503, 504)
        .map((status) => ({ status, headers: json, body: {} })),
      fc.constantFrom("close", "reset", "silence").map((by) => ({ breakOff: { by } }) as Reply),
      fc
        .tuple(fc.constantFrom("close", "reset", "silence"), fc.nat(600))
        .map(([by, afterBytes]) => ({ breakOff: { by, afterBytes } }) as Reply),
      fc.uint8Array({ minLength: 1, maxLength: 40 }).map((body) => ({ status: 200, headers: json, body })),
      fc.string().map((raw) => ({ raw: `${raw}\r\n\r\n` })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 5 }), async (script) => {
        emulator.reset();
        emulator.reply(...script);
        const start = performance.now();
        await outcomeOf();
        assert.ok(performance.now() - start < 5_000);
        assert.ok(emulator.requests.length <= 8, `${emulator.requests.length}`);
      }),
      { numRuns: 25 },
    );
  });
});

function emulatorSample(): string {
  return JSON.stringify({ id, status: "available", vpc_id: "v", ports: [] });
}
