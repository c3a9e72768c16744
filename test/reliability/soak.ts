// `npm run soak`: ten thousand lookups with a fault in every third answer. Says how memory goes and what is left, and
// fails where a promise is broken.
import { createVpcepClient, VpcepError } from "../../provider";
import {
  type Emulator,
  emulatorDefaults,
  type Reply,
  sampleEndpointService,
  startEmulator,
} from "../../sdk/testing";

const lookups = 10_000;
const parallel = 32;
const sample = JSON.parse(sampleEndpointService) as object;
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

async function main(): Promise<void> {
  const services = Array.from({ length: 100 }, (_, index) => ({ ...sample, id: `service-${index}` }));
  const emulator = await startEmulator({ services });
  const client = createVpcepClient({
    region: "eu-de",
    endpoint: emulator.url,
    projectId: emulatorDefaults.projectId,
    token: emulatorDefaults.token,
  });
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
  emulator.reply(() => (Math.random() < 0.3 ? faults[Math.floor(Math.random() * faults.length)] : undefined));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

void main();
