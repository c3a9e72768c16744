// How time and memory grow with the number of services, for each way to ask for them: each length in a process of its own.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bestEngine, Workspace } from "../engine/engines";
import { type Figure, figure, median } from "./figure";
import { programs } from "./programs";
import { serverEnvironment } from "./serverSettings";

/** One length of one form. */
export interface GrowthPoint {
  readonly form: string;
  readonly services: number;
  /** What the lookups took, beyond what is the same for none of them. */
  readonly milliseconds: number;
  /** The most memory that the process had, where it was measured. */
  readonly megabytes?: number;
}

const root = join(__dirname, "..", "..");

/** What each form runs for so many services; a promise. */
const forms = {
  functions: (services: number) =>
    `Promise.all(Array.from({ length: ${services} }, (_, index) => require("pulumi-vpcep/functions").getEndpointService({ id: "service-" + index })))`,
  ids: (services: number) =>
    `require("pulumi-vpcep/functions").getEndpointServicesByIds({ ids: Array.from({ length: ${services} }, (_, index) => "service-" + index) })`,
  filter: (services: number) =>
    `require("pulumi-vpcep/functions").getEndpointServices({ serviceName: "${services}" })`,
};

/** The growth of every form: to 10,000 services, and of resources to 1,000 in previews. */
export async function growth(origin: string, rounds: number): Promise<GrowthPoint[]> {
  const points: GrowthPoint[] = [];
  for (const [form, work] of Object.entries(forms)) {
    for (const services of [1, 10, 100, 1_000, 10_000]) {
      const runs = Array.from({ length: rounds }, () => run(work(1), work(services), origin));
      points.push({
        form,
        services,
        milliseconds: median(runs.map(({ milliseconds }) => milliseconds)),
        megabytes: median(runs.map(({ megabytes }) => megabytes)),
      });
    }
  }
  return [...points, ...(await resources(origin, rounds))];
}

/** Runs work once, and then that which is measured. */
function run(
  first: string,
  work: string,
  origin: string,
): Pick<Required<GrowthPoint>, "milliseconds" | "megabytes"> {
  const program = `
    (async () => {
      await ${first};
      const start = performance.now();
      await ${work};
      const milliseconds = performance.now() - start;
      console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
      process.exit();
    })();`;
  const env = { ...process.env, ...serverEnvironment(origin) };
  return JSON.parse(execFileSync(process.execPath, ["-e", program], { cwd: root, env, encoding: "utf8" }));
}

async function resources(origin: string, rounds: number): Promise<GrowthPoint[]> {
  const engine = bestEngine();
  const workspace = new Workspace();
  try {
    const runs = [1, 10, 100, 1_000].map((services) => ({
      services,
      seconds: [] as number[],
      stack: engine.createStack({
        project: workspace.project(programs(origin, services).lookups),
        backend: workspace.backend(String(services)),
        env: serverEnvironment(origin),
      }),
    }));
    for (let round = 0; round <= rounds; round++) {
      for (const { stack, seconds } of runs) {
        const start = performance.now();
        await stack.preview();
        if (round > 0) {
          seconds.push(performance.now() - start);
        }
      }
    }
    return runs.map(({ services, seconds }) => ({
      form: `resources (preview, ${engine.name})`,
      services,
      milliseconds: median(seconds),
    }));
  } finally {
    workspace.remove();
  }
}

/** The time, and the memory, of one service more: between the last two lengths, beside that between the two before. */
export function growthFigures(points: readonly GrowthPoint[]): Figure[] {
  return [...new Set(points.map(({ form }) => form))].flatMap((form) => {
    const [small, middle, large] = points.filter((point) => point.form === form).slice(-3);
    if (!small || !middle || !large) {
      return [];
    }
    const slope = (from: GrowthPoint, to: GrowthPoint, value: (point: GrowthPoint) => number) =>
      (value(to) - value(from)) / (to.services - from.services);
    const time = (point: GrowthPoint) => point.milliseconds * 1_000;
    const memory = ({ megabytes = Number.NaN }: GrowthPoint) => megabytes * 1024;
    const lengths = `${large.services} / of ${middle.services}`;
    return [
      figure(
        `time of one service more, ${form}, of ${lengths}`,
        slope(middle, large, time),
        slope(small, middle, time),
        "µs",
        1.25,
      ),
      ...(large.megabytes === undefined
        ? []
        : [
            figure(
              `memory of one service more, ${form}, of ${lengths}`,
              slope(middle, large, memory),
              slope(small, middle, memory),
              "KiB",
              1.25,
            ),
          ]),
    ];
  });
}
