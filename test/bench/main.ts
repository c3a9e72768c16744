// `npm run bench`: every figure beside its reference in the same run, as a table and, with --json FILE, as JSON.
// --compare FILE sets it beside the JSON of an earlier run, last week's for example; --chart FILE draws the growth;
// --many N sets how many lookups the engine runs have, --only NAME runs one part. It never fails over a figure.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { growthChart } from "./chart";
import { engineFigures } from "./engineRuns";
import { change, type Figure } from "./figure";
import { type GrowthPoint, growth, growthFigures } from "./growth";
import { cpuFigures, listFigures } from "./inProcess";
import { processFigures } from "./wholeProcesses";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      chart: { type: "string" },
      compare: { type: "string" },
      many: { type: "string", default: "1000" },
      rounds: { type: "string", default: "5" },
      only: { type: "string" },
    },
  });
  // Read first: a file that is not there must not cost a whole run.
  const earlier = values.compare && (JSON.parse(readFileSync(values.compare, "utf8")) as Figure[]);
  const server = fork(join(__dirname, "server.ts"), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const [port] = (await once(server.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const origin = `http://127.0.0.1:${String(port).trim()}`;
  const rounds = Number(values.rounds);
  let points: GrowthPoint[] = [];
  const parts: Record<string, () => Figure[] | Promise<Figure[]>> = {
    lookups: () => cpuFigures(origin),
    processes: () => processFigures(origin, 3 * rounds),
    engine: () => engineFigures(origin, Number(values.many), rounds),
    lists: () => listFigures(origin),
    growth: async () => {
      points = await growth(origin, rounds);
      return growthFigures(points);
    },
  };
  try {
    const figures: Figure[] = [];
    for (const [name, run] of Object.entries(parts)) {
      figures.push(...(values.only === undefined || values.only === name ? await run() : []));
    }
    print(figures, earlier || undefined);
    console.table(points);
    if (values.json) {
      writeFileSync(values.json, `${JSON.stringify(figures, undefined, 2)}\n`);
    }
    if (values.chart) {
      writeFileSync(values.chart, `${await growthChart(points)}\n`);
    }
  } finally {
    server.disconnect();
  }
}

function print(figures: readonly Figure[], earlier: readonly Figure[] | undefined): void {
  console.table(
    figures.map((each) => ({
      figure: each.name,
      value: `${each.value.toPrecision(3)} ${each.unit}`,
      reference: `${each.reference.toPrecision(3)} ${each.unit}`,
      ratio: each.ratio.toFixed(2),
      ...(earlier ? { change: change(each, earlier) } : {}),
      goal: each.goal,
      met: each.met ? "yes" : "no",
    })),
  );
}

void main();
