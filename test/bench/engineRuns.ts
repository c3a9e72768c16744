// The figures of whole runs: a cold process, and programs on an engine, the CLI where there is one.
import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { endpointService } from "../../provider/lookups/endpointService";
import { type Emulator, sampleEndpointService } from "../../sdk/testing";
import { engines, Workspace } from "../engine/engines";
import { type Figure, figure, median } from "./figure";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const root = join(__dirname, "..", "..");

/** Time from a process's start to its first record, beside one that uses undici alone. */
export function coldFigure(origin: string): Figure {
  const path = `${origin}/v1/6e9dfd51d1124e8d8498dce894923a0d/vpc-endpoint-services/${id}`;
  const bare = `require("undici").request(${JSON.stringify(path)}).then(({ body }) => body.text()).then(JSON.parse).then(() => process.exit())`;
  const own = `require("pulumi-vpcep/provider").createVpcepClient({ region: "eu-de", endpoint: ${JSON.stringify(origin)}, projectId: "6e9dfd51d1124e8d8498dce894923a0d", token: "benchmark-token" }).getEndpointService({ id: "${id}" }).then(() => process.exit())`;
  const run = (code: string) => {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, ["-e", code], { cwd: root });
    if (status !== 0) {
      throw new Error("the cold process has failed");
    }
    return performance.now() - start;
  };
  const [bares, owns]: [number[], number[]] = [[], []];
  for (let round = 0; round < 15; round++) {
    bares.push(run(bare));
    owns.push(run(own));
  }
  return figure("cold process to its first record / undici alone", median(owns), median(bares), "ms", 1.4);
}

/** A program's resource that reads nothing, with some outputs. */
function noop(outputs: number): string {
  return `
import * as pulumi from "@pulumi/pulumi";
const provider: pulumi.dynamic.ResourceProvider = {
  async create() { return { id: "none" }; },
  async read(id) {
    return { id, props: Object.fromEntries(Array.from({ length: ${outputs} }, (_, index) => ["output" + index, "none"])) };
  },
};
const outputs = Object.fromEntries(Array.from({ length: ${outputs} }, (_, index) => ["output" + index, undefined]));
class Noop extends pulumi.dynamic.Resource {
  constructor(name: string) { super(provider, name, { ...outputs }, { id: name }); }
}
`;
}

/** A project that finds the plugin where the build has put it; it is started by a call of it alone. */
function withPlugin(project: string): string {
  const plugins = `plugins: { providers: [{ name: vpcep, path: ${JSON.stringify(join(root, "plugin"))} }] }\n`;
  appendFileSync(join(project, "Pulumi.yaml"), plugins);
  return project;
}

/** Time of whole previews, and bytes of state, with and without lookups. */
export async function engineFigures(emulator: Emulator, many: number, rounds: number): Promise<Figure[]> {
  const [embedded, cli] = engines();
  const engine = cli && !cli.missing ? cli : embedded;
  if (!engine) {
    return [];
  }
  const workspace = new Workspace();
  const lookup = `import { getEndpointService } from "pulumi-vpcep";\n`;
  const functions = `import * as vpcep from "pulumi-vpcep/functions";\n`;
  const invoke = `import * as pulumi from "@pulumi/pulumi";
const get = (id: string) => pulumi.runtime.invokeOutput<{ vpcId: string }>("vpcep:index:getEndpointService", { id });
`;
  const declared = new Set([...Object.keys(endpointService.arguments), ...endpointService.outputs]).size;
  const each = `for (const name of Array.from({ length: ${many} }, (_, index) => "service-" + index))`;
  const programs = {
    none: "export const nothing = 1;",
    one: `${lookup}export const vpc = getEndpointService("orders", { id: "${id}" }).vpcId;`,
    read: `${noop(1)}export const vpc = new Noop("orders").id;`,
    reads: `${noop(1)}${each} new Noop(name);`,
    alikes: `${noop(declared)}${each} new Noop(name);`,
    lookups: `${lookup}${each} getEndpointService(name, { id: name });`,
    imports: `import "@pulumi/pulumi";\nexport const nothing = 1;`,
    function: `${functions}export const vpc = vpcep.getEndpointService({ id: "${id}" }).then(({ vpcId }) => vpcId);`,
    functions: `${functions}${each} vpcep.getEndpointService({ id: name });`,
    invoke: `${invoke}export const vpc = get("${id}").apply(({ vpcId }) => vpcId);`,
    invokes: `${invoke}${each} get(name);`,
  };
  const onlyOnCli = engine.name === "cli" ? [] : ["invoke", "invokes"];
  for (let index = 0; index < many; index++) {
    emulator.putService({ ...JSON.parse(sampleEndpointService), id: `service-${index}` });
  }
  const run = Object.entries(programs).filter(([name]) => !onlyOnCli.includes(name));
  const stacks = run.map(([name, program]) => ({
    name,
    seconds: [] as number[],
    stack: engine.createStack({
      project: withPlugin(workspace.project(program, name)),
      backend: workspace.backend(name),
      env: emulator.environment,
    }),
  }));
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const { stack, seconds } of stacks) {
        const start = performance.now();
        const result = await stack.preview();
        if (!result.succeeded) {
          throw new Error(result.output);
        }
        // The first round warms the caches of Node and of the compiler.
        if (round > 0) {
          seconds.push((performance.now() - start) / 1_000);
        }
      }
    }
    const one = stacks[1]?.stack;
    await one?.up();
    const state = JSON.parse((await one?.storedState()) ?? "{}") as {
      deployment?: { resources?: { type: string; inputs: object; outputs: Record<string, unknown> }[] };
    };
    const lookedUp = state.deployment?.resources?.find(({ type }) => type.endsWith("EndpointService"));
    const { __provider: _, ...record } = lookedUp?.outputs ?? {};
    const bytes = JSON.stringify(lookedUp ?? {}).length - JSON.stringify(record).length;
    const seconds = Object.fromEntries(stacks.map(({ name, seconds }) => [name, median(seconds)])) as {
      readonly [Name in keyof typeof programs]: number;
    };
    const { none, read, reads, alikes, lookups, imports } = seconds;
    const on = ` (${engine.name})`;
    return [
      figure(`preview of 1 lookup / of none${on}`, seconds.one, none, "s", 1.06),
      // What of that is Pulumi's own start of a provider process.
      figure(`preview of 1 lookup / of 1 no-op read${on}`, seconds.one, read, "s", 1.06),
      figure(`${many} lookups / ${many} no-op reads, marginal${on}`, lookups - none, reads - none, "s", 1.06),
      // Pulumi makes promises for each output of a resource, and a stack trace for each promise.
      figure(
        `${many} lookups / ${many} no-op reads of as many outputs, marginal${on}`,
        lookups - none,
        alikes - none,
        "s",
        1.06,
      ),
      figure(`preview of 1 function / of Pulumi alone${on}`, seconds.function, imports, "s", 1.1),
      figure(
        `${many} functions / ${many} lookups, marginal${on}`,
        seconds.functions - imports,
        lookups - none,
        "s",
        0.1,
      ),
      ...(onlyOnCli.length > 0
        ? []
        : [
            figure(`preview of 1 invoke / of 1 lookup${on}`, seconds.invoke, seconds.one, "s", 1),
            figure(
              `${many} invokes / ${many} lookups, marginal${on}`,
              seconds.invokes - imports,
              lookups - none,
              "s",
              0.8,
            ),
          ]),
      {
        ...figure(`state of a lookup beside its record${on}`, bytes, 3_800, "bytes", 1),
        goal: "at most 3,800 bytes",
      },
    ];
  } finally {
    workspace.remove();
  }
}
