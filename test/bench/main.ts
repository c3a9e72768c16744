// `npm run bench`: every figure beside its reference in the same run, as a table and, with --json FILE, as JSON.
// --compare FILE sets it beside the JSON of an earlier run, last week's for example; --chart FILE draws the scaling run;
// --many N sets how many lookups the engine runs have. It never fails over a figure.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "../../sdk/testing";
import { scalingChart } from "./chart";
import { coldFigure, engineFigures } from "./engineRuns";
import { change, type Figure } from "./figure";
import { cpuFigures, listFigures } from "./inProcess";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      chart: { type: "string" },
      compare: { type: "string" },
      many: { type: "string", default: "1000" },
      rounds: { type: "string", default: "5" },
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
  const emulator = await startEmulator();
  try {
    const lists = await listFigures(origin);
    const figures = [
      ...(await cpuFigures(origin)),
      coldFigure(origin),
      ...(await engineFigures(emulator, Number(values.many), Number(values.rounds))),
      ...lists.figures,
    ];
    print(figures, earlier || undefined);
    console.table(lists.scale);
    if (values.json) {
      writeFileSync(values.json, `${JSON.stringify(figures, undefined, 2)}\n`);
    }
    if (values.chart) {
      writeFileSync(values.chart, `${await scalingChart(lists.scale)}\n`);
    }
  } finally {
    server.disconnect();
    await emulator.close();
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
