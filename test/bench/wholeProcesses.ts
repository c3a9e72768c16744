// The figures of whole processes: the client's first record, and the command, beside the least that such a process does.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { childrenCpuTime } from "./cpuTime";
import { type Figure, figure, median } from "./figure";
import { recordPath, serverEnvironment, serverSettings } from "./serverSettings";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const root = join(__dirname, "..", "..");
const command = join(root, "bin", "provider", "command", "main.js");

/** Time and CPU time of processes that are run in turn. */
export function processFigures(origin: string, rounds: number): Figure[] {
  const { token: _, ...place } = serverSettings(origin);
  const bare = `require("undici").request(${JSON.stringify(origin + recordPath(id))}).then(({ body }) => body.text()).then(JSON.parse).then(() => process.exit())`;
  const client = `require("pulumi-vpcep/provider").createVpcepClient(${JSON.stringify(serverSettings(origin))}).getEndpointService({ id: "${id}" }).then(() => process.exit())`;
  const measured = runInTurn(
    {
      empty: ["-e", "0"],
      bare: ["-e", bare],
      client: ["-e", client],
      get: [command, "get", id, "--json", "--region", place.region],
      version: [command, "--version"],
    },
    { ...process.env, ...serverEnvironment(origin) },
    rounds,
  );
  const { empty, bare: least, client: own, get, version } = measured;
  return [
    figure("cold process to its first record / undici alone", own.wall, least.wall, "ms", 1.2),
    figure("`get`, whole process / undici alone", get.wall, least.wall, "ms", 1.2),
    figure("`get`, whole process, CPU / undici alone", get.cpu, least.cpu, "ms", 1.2),
    figure("`--version`, whole process / an empty Node", version.wall, empty.wall, "ms", 1.5),
    figure("`--version`, whole process, CPU / an empty Node", version.cpu, empty.cpu, "ms", 1.5),
  ];
}

interface Measured {
  readonly wall: number;
  readonly cpu: number;
}

/** The median time of each, and its mean CPU time, which the system counts in hundredths of a second. */
function runInTurn<Name extends string>(
  runs: Readonly<Record<Name, readonly string[]>>,
  env: NodeJS.ProcessEnv,
  rounds: number,
): Record<Name, Measured> {
  const names = Object.keys(runs) as Name[];
  const walls = new Map<Name, number[]>(names.map((name) => [name, []]));
  const cpus = new Map<Name, number>();
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const [start, cpu] = [performance.now(), childrenCpuTime()];
      const { status, stderr } = spawnSync(process.execPath, runs[name], {
        cwd: root,
        env,
        encoding: "utf8",
      });
      if (status !== 0) {
        throw new Error(stderr);
      }
      // The first round warms the caches of the system.
      if (round > 0) {
        walls.get(name)?.push(performance.now() - start);
        cpus.set(name, (cpus.get(name) ?? 0) + childrenCpuTime() - cpu);
      }
    }
  }
  return Object.fromEntries(
    names.map((name) => [name, { wall: median(walls.get(name) ?? []), cpu: (cpus.get(name) ?? 0) / rounds }]),
  ) as Record<Name, Measured>;
}
