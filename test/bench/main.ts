// `npm run bench`: every figure beside its reference in the same run, as a table and, with --json FILE, as JSON.
// --chart FILE draws the scaling run; --many N sets how many lookups the engine runs have. It never fails over a figure.
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "../../sdk/testing";
import { scalingChart } from "./chart";
import { coldFigure, engineFigures } from "./engineRuns";
import type { Figure } from "./figure";
import { cpuFigures, listFigures } from "./inProcess";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      chart: { type: "string" },
      many: { type: "string", default: "1000" },
      rounds: { type: "string", default: "5" },
    },
  });
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
    print(figures);
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

function print(figures: readonly Figure[]): void {
  console.table(
    figures.map(({ name, value, reference, unit, ratio, goal, met }) => ({
      figure: name,
      value: `${value.toPrecision(3)} ${unit}`,
      reference: `${reference.toPrecision(3)} ${unit}`,
      ratio: ratio.toFixed(2),
      goal,
      met: met ? "yes" : "no",
    })),
  );
}

void main();
