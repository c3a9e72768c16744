// The figures of programs on an engine, the CLI where there is one. The engine's own file backend is in the figures, the
// server is not.
import { appendFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { bestEngine, Workspace } from "../engine/engines";
import type { Stack } from "../engine/stack";
import { childrenCpuTime } from "./cpuTime";
import { type Figure, figure, median } from "./figure";
import { programs } from "./programs";
import { serverEnvironment } from "./serverSettings";

const root = join(__dirname, "..", "..");

/** A preview that is measured. */
interface Preview {
  readonly program: keyof ReturnType<typeof programs>;
  /** Whether the program is compiled before, and not by Pulumi. */
  readonly compiled?: true;
  /** Whether it calls the plugin, which the embedded engine does not run. */
  readonly plugin?: true;
  /** Variables of its own; the folder of its caches. */
  readonly env?: (caches: string) => Record<string, string>;
  /** Whether ts-node's cache is gone before each run, as in a checkout of a pipeline. */
  readonly fresh?: true;
}

const tsNode = (caches: string) => ({ TS_NODE_CACHE_DIRECTORY: join(caches, "ts-node") });
const transpileOnly = (caches: string) => ({ ...tsNode(caches), PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
const compileCache = (caches: string) => ({ NODE_COMPILE_CACHE: join(caches, "node") });

const previews = {
  none: { program: "none" },
  one: { program: "one" },
  read: { program: "read" },
  reads: { program: "reads" },
  alikes: { program: "alikes" },
  lookups: { program: "lookups" },
  imports: { program: "imports" },
  function: { program: "function" },
  functions: { program: "functions" },
  bares: { program: "bares" },
  fresh: { program: "function", env: tsNode, fresh: true },
  transpiled: { program: "function", env: transpileOnly, fresh: true },
  transpiledCached: {
    program: "function",
    env: (caches) => ({ ...transpileOnly(caches), ...compileCache(caches) }),
    fresh: true,
  },
  warmCached: { program: "function", env: compileCache },
  compiled: { program: "function", compiled: true },
  cached: { program: "function", compiled: true, env: compileCache },
  invoke: { program: "invoke", plugin: true },
  invokes: { program: "invokes", plugin: true },
  oneCached: { program: "one", env: compileCache },
} as const satisfies Readonly<Record<string, Preview>>;

type PreviewName = keyof typeof previews;

/** What a preview took; its processes together, those that have ended with it. */
interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Time and CPU time of whole previews, and bytes of state, with and without lookups. */
export async function engineFigures(origin: string, many: number, rounds: number): Promise<Figure[]> {
  const engine = bestEngine();
  const workspace = new Workspace();
  try {
    const texts = programs(origin, many);
    const here = Object.entries<Preview>(previews).filter(
      ([, { plugin }]) => !plugin || engine.name === "cli",
    );
    const runs = here.map(([name, { program, compiled, plugin, env, fresh }]) => {
      const project = workspace.project(texts[program], name);
      if (plugin) {
        // Where the build has put it; it is started by a call of it alone.
        const path = JSON.stringify(join(root, "plugin"));
        appendFileSync(
          join(project, "Pulumi.yaml"),
          `plugins: { providers: [{ name: vpcep, path: ${path} }] }\n`,
        );
      }
      symlinkSync(join(root, "node_modules", "undici"), join(project, "node_modules", "undici"));
      if (compiled) {
        compile(project, name, texts[program]);
      }
      const backend = workspace.backend(name);
      const caches = join(backend, "caches");
      const stack = engine.createStack({
        project,
        backend,
        env: { ...serverEnvironment(origin), ...env?.(caches) },
      });
      const prepare = () => fresh && rmSync(join(caches, "ts-node"), { recursive: true, force: true });
      return { name, stack, prepare };
    });
    const measured = await runInTurn(runs, rounds);
    const on = ` (${engine.name})`;
    const bytes = await stateBytes(runs.find(({ name }) => name === "one")?.stack);
    return [
      ...figuresOf(measured, many).map((each) => ({ ...each, name: `${each.name}${on}` })),
      {
        ...figure(`state of a lookup beside its record${on}`, bytes, 3_800, "bytes", 1),
        goal: "at most 3,800 bytes",
      },
    ];
  } finally {
    workspace.remove();
  }
}

/** Makes a project one whose program has been compiled by a step of its own. */
function compile(project: string, name: string, program: string): void {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  writeFileSync(join(project, "index.js"), outputText);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name, main: "index.js" }));
  writeFileSync(
    join(project, "Pulumi.yaml"),
    `name: ${name}\nruntime: { name: nodejs, options: { typescript: false } }\n`,
  );
}

async function runInTurn(
  runs: readonly { name: string; stack: Stack; prepare: () => unknown }[],
  rounds: number,
): Promise<Record<PreviewName, Measured>> {
  const all = new Map(runs.map(({ name }) => [name, { seconds: [] as number[], cpu: [] as number[] }]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, stack, prepare } of runs) {
      prepare();
      const [start, cpu] = [performance.now(), childrenCpuTime()];
      const result = await stack.preview();
      if (!result.succeeded) {
        throw new Error(result.output);
      }
      // The first round warms the caches of Node and of the compiler.
      if (round > 0) {
        all.get(name)?.seconds.push((performance.now() - start) / 1_000);
        all.get(name)?.cpu.push((childrenCpuTime() - cpu) / 1_000);
      }
    }
  }
  return Object.fromEntries(
    [...all].map(([name, { seconds, cpu }]) => [name, { seconds: median(seconds), cpuSeconds: median(cpu) }]),
  ) as Record<PreviewName, Measured>;
}

type Amount = (kind: keyof Measured) => number;

/** Each figure as time and as CPU time, which other processes of a busy machine change less. */
function figuresOf(measured: Record<PreviewName, Measured>, many: number): Figure[] {
  const of =
    (name: PreviewName): Amount =>
    (kind) =>
      measured[name][kind];
  const beyond =
    (name: PreviewName, base: PreviewName): Amount =>
    (kind) =>
      measured[name][kind] - measured[base][kind];
  const both = (name: string, value: Amount, reference: Amount, goal: number) => [
    figure(name, value("seconds"), reference("seconds"), "s", goal),
    figure(`${name}, CPU`, value("cpuSeconds"), reference("cpuSeconds"), "s", goal),
  ];
  const warm = of("function");
  const functions = beyond("functions", "imports");
  const lookups = beyond("lookups", "none");
  const bares = beyond("bares", "imports");
  return [
    both("preview of 1 lookup / of none", of("one"), of("none"), 1.06),
    // What of that is Pulumi's own start of a provider process.
    both("preview of 1 lookup / of 1 no-op read", of("one"), of("read"), 1.06),
    both(`${many} lookups / ${many} no-op reads, marginal`, lookups, beyond("reads", "none"), 1.06),
    // Pulumi makes promises for each output of a resource, and a stack trace for each promise.
    both(
      `${many} lookups / ${many} no-op reads of as many outputs, marginal`,
      lookups,
      beyond("alikes", "none"),
      1.06,
    ),
    both("preview of 1 function / of Pulumi alone", warm, of("imports"), 1.1),
    both(`${many} functions / ${many} lookups, marginal`, functions, lookups, 0.1),
    both(`${many} functions / ${many} bare requests over 8 connections, marginal`, functions, bares, 1.5),
    // What the first one loads and warms up is as much as hundreds of others.
    both(
      `${many} functions beyond the first / ${many} bare requests over 8 connections, marginal`,
      beyond("functions", "function"),
      bares,
      1.5,
    ),
    ...("invoke" in measured
      ? [
          both("preview of 1 invoke of the plugin / of 1 lookup", of("invoke"), of("one"), 1),
          both(`${many} invokes / ${many} lookups, marginal`, beyond("invokes", "imports"), lookups, 1),
        ]
      : []),
    both("preview of a fresh checkout / of a warm one", of("fresh"), warm, 2),
    both("preview of a fresh checkout, transpile-only / of a warm one", of("transpiled"), warm, 1.1),
    both(
      "preview of a fresh checkout, transpile-only and compile cache / of a warm one",
      of("transpiledCached"),
      warm,
      1.1,
    ),
    both("preview with compile cache / without", of("warmCached"), warm, 1),
    both("preview of 1 lookup with compile cache / without", of("oneCached"), of("one"), 1),
    both("preview of compiled JavaScript / of a warm checkout", of("compiled"), warm, 1),
    both("preview of compiled JavaScript, compile cache / without", of("cached"), of("compiled"), 1),
  ].flat();
}

/** The bytes that the state of a lookup has beside its record. */
async function stateBytes(stack: Stack | undefined): Promise<number> {
  await stack?.up();
  const state = JSON.parse((await stack?.storedState()) ?? "{}") as {
    deployment?: { resources?: { type: string; inputs: object; outputs: Record<string, unknown> }[] };
  };
  const lookedUp = state.deployment?.resources?.find(({ type }) => type.endsWith("EndpointService"));
  const { __provider: _, ...record } = lookedUp?.outputs ?? {};
  return JSON.stringify(lookedUp ?? {}).length - JSON.stringify(record).length;
}
