// The programs of the engine runs, by what each shows. A leaf; used by engineRuns.ts.
import { endpointService } from "../../provider/lookups/endpointService";
import { recordPath } from "./serverSettings";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";

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

/** The text of each program; those of many have so many lookups. */
export function programs(origin: string, many: number) {
  const lookup = `import { getEndpointService } from "pulumi-vpcep";\n`;
  const functions = `import * as vpcep from "pulumi-vpcep/functions";\n`;
  const declared = new Set([...Object.keys(endpointService.arguments), ...endpointService.outputs]).size;
  const each = `for (const name of Array.from({ length: ${many} }, (_, index) => "service-" + index))`;
  const invoke = `import * as pulumi from "@pulumi/pulumi";
const get = (id: string) => pulumi.runtime.invokeOutput<{ vpcId: string }>("vpcep:index:getEndpointService", { id });
`;
  return {
    invoke: `${invoke}export const vpc = get("${id}").apply(({ vpcId }) => vpcId);`,
    invokes: `${invoke}${each} get(name);`,
    none: "export const nothing = 1;",
    one: `${lookup}export const vpc = getEndpointService("orders", { id: "${id}" }).vpcId;`,
    read: `${noop(1)}export const vpc = new Noop("orders").id;`,
    reads: `${noop(1)}${each} new Noop(name);`,
    alikes: `${noop(declared)}${each} new Noop(name);`,
    lookups: `${lookup}${each} getEndpointService(name, { id: name });`,
    imports: `import "@pulumi/pulumi";\nexport const nothing = 1;`,
    function: `${functions}export const vpc = vpcep.getEndpointService({ id: "${id}" }).then(({ vpcId }) => vpcId);`,
    functions: `${functions}${each} vpcep.getEndpointService({ id: name });`,
    bares: `
import "@pulumi/pulumi";
import { Agent, request } from "undici";
const dispatcher = new Agent({ connections: 8 });
let next = 0;
const work = async () => {
  while (next < ${many}) {
    const { body } = await request("${origin}${recordPath("service-")}" + next++, { dispatcher });
    JSON.parse(await body.text());
  }
};
for (let worker = 0; worker < 8; worker++) void work();
`,
  };
}
