// `npm run soak`: ten thousand lookups with a fault in every third answer, and a hostile text in every tenth; then each row
// of the fault table. Says how memory goes, how long the event loop stood still and what is left, and fails where a promise
// is broken.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createVpcepClient, type VpcepClientOptions, VpcepError } from "../../provider";
import {
  type Emulator,
  emulatorDefaults,
  type Reply,
  sampleEndpointService,
  startEmulator,
} from "../../sdk/testing";
import { faults as faultRows } from "./faults";

const lookups = 10_000;
const parallel = 32;
/** Half a second is promised of one text; here the emulator's work and the collection of memory are in a turn as well. */
const longestStandstillMs = 1_500;
const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const json = { "content-type": "application/json" };
const faults: readonly Reply[] = [
  { status: 503, headers: json, body: {} },
  { status: 500, headers: json, body: "no JSON" },
  { status: 404, headers: json, body: { error_code: "EndPoint.0005", error_msg: "gone" } },
  { breakOff: { by: "reset" } },
  { breakOff: { by: "close", afterBytes: 50 } },
  { status: 200, headers: json, body: '{"id":' },
  { status: 200, headers: { "content-type": "text/html" }, body: "<p>" },
];

/** Texts that are long, and made for whatever reads them to take its time. */
const hostile: readonly Reply[] = [
  " ",
  "a",
  "\\",
  '"',
  "[",
  '{"a":',
  "0",
  ",",
  "limit:",
  "canonicalRequest:",
].flatMap((unit): Reply[] => {
  const long = unit.repeat(900_000 / unit.length);
  const message = long.slice(0, 20_000);
  return [
    { status: 200, headers: json, body: long },
    { status: 503, headers: json, body: long },
    { status: 400, headers: json, body: { error: { code: message, message } } },
    { status: 200, headers: json, body: { ...sample, status: message, tags: [{ key: message }] } },
    { status: 404, headers: { ...json, "x-request-id": message, "retry-after": message }, body: {} },
  ];
});

async function main(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await faultTable();
  console.log(`fault table: the event loop stood still for ${milliseconds(delay.max)} at most`);
  delay.reset();
  await soak();
  console.log(`soak: the event loop stood still for ${milliseconds(delay.max)} at most`);
  if (delay.max > longestStandstillMs * 1e6) {
    console.error("a promise is broken");
    process.exitCode = 1;
  }
}

/** Each row of the fault table, whatever comes of it: that is judged by its test. */
async function faultTable(): Promise<void> {
  for (const { replies, timeoutMs, attemptTimeoutMs, maxAttempts } of faultRows) {
    await using emulator = await startEmulator();
    let next = 0;
    emulator.reply(() => replies[Math.min(next++, replies.length - 1)]);
    const client = clientOf(emulator, { timeoutMs, attemptTimeoutMs, maxAttempts });
    await client.getEndpointService({ id: String(sample["id"]) }).catch(() => {});
    await client.close();
  }
}

async function soak(): Promise<void> {
  const services = Array.from({ length: 100 }, (_, index) => ({ ...sample, id: `service-${index}` }));
  const emulator = await startEmulator({ services });
  const client = clientOf(emulator);
  await client.getEndpointService({ id: "service-0" });
  faulty(emulator);
  const outcomes = new Map<string, number>();
  const memory: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < lookups) {
      const index = next++;
      const id = `service-${index % 100}`;
      const outcome = await client.getEndpointService({ id }).then(
        (service) => (service.serviceId === id ? "record" : "wrong record"),
        (error: unknown) => (error instanceof VpcepError ? error.code : "unexpected"),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (index % 500 === 0) {
        emulator.reset();
        faulty(emulator);
        global.gc?.();
        memory.push(process.memoryUsage().heapUsed / 1024 / 1024);
      }
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: parallel }, work));
  const seconds = (performance.now() - start) / 1_000;
  await client.close();
  await emulator.close();
  // Closed sockets are gone a moment later.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const handles = process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP"));
  const [first, last] = [average(memory.slice(2, 7)), average(memory.slice(-5))];
  console.log(
    `${lookups} lookups in ${seconds.toFixed(1)} s: ${JSON.stringify(Object.fromEntries(outcomes))}`,
  );
  console.log(
    `heap ${first.toFixed(1)} MiB at first, ${last.toFixed(1)} MiB at last; sockets left: ${handles.length}`,
  );
  if (last > first + 5 || handles.length > 0 || outcomes.has("unexpected") || outcomes.has("wrong record")) {
    console.error("a promise is broken");
    process.exitCode = 1;
  }
}

function faulty(emulator: Emulator): void {
  emulator.reply(() => {
    const chance = Math.random();
    return chance < 0.1 ? anyOf(hostile) : chance < 0.4 ? anyOf(faults) : undefined;
  });
}

function anyOf(replies: readonly Reply[]): Reply | undefined {
  return replies[Math.floor(Math.random() * replies.length)];
}

function clientOf(emulator: Emulator, options: VpcepClientOptions = {}) {
  const { projectId, token, region } = emulatorDefaults;
  return createVpcepClient({ region, endpoint: emulator.url, projectId, token, ...options });
}

function milliseconds(nanoseconds: number): string {
  return `${(nanoseconds / 1e6).toFixed(0)} ms`;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

void main();
