// Proves the types as a program meets them: what a mistake is told, and that the declarations need nothing of ours.
import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import oldest from "typescript-5.4";

const root = join(__dirname, "..", "..");

/** The compiler's words for each line of a program, each after the text that it points at. */
function problemsByLine(
  compiler: typeof ts,
  text: string,
  changes: ts.CompilerOptions = {},
): ReadonlyMap<number, string[]> {
  const file = join(root, "program.ts");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.Node16,
    moduleResolution: compiler.ModuleResolutionKind.Node16,
    types: ["node"],
    typeRoots: [join(root, "node_modules", "@types")],
    skipLibCheck: true,
    ...changes,
  };
  const host = compiler.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) =>
    name === file || (!/node_modules\/zod\//.test(name) && fileExists.call(host, name));
  host.readFile = (name) => (name === file ? text : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? compiler.createSourceFile(name, text, compiler.ScriptTarget.ES2022)
      : getSourceFile.call(host, name, ...rest);
  const program = compiler.createProgram([file], options, host);
  const problems = new Map<number, string[]>();
  for (const { file: where, start = 0, length = 0, messageText } of compiler.getPreEmitDiagnostics(program)) {
    const isHere = where?.fileName === file;
    const at = isHere ? text.slice(start, start + length) : where?.fileName;
    const line = isHere ? text.slice(0, start).split("\n").length : 0;
    const told = `${at}: ${compiler.flattenDiagnosticMessageText(messageText, "\n")}`;
    problems.set(line, [...(problems.get(line) ?? []), told]);
  }
  return problems;
}

describe("the types of the package", () => {
  it("tell a mistake in one short error at the argument", () => {
    const mistakes = [
      [
        `getEndpointService("a", { id: "x", waitForr: "available" })`,
        "waitForr: Object literal may only specify known properties, but 'waitForr' does not exist in type 'GetEndpointServiceArgs'. Did you mean to write 'waitFor'?",
      ],
      [
        `getEndpointService("a", { idd: "x" })`,
        "idd: Object literal may only specify known properties, and 'idd' does not exist in type 'GetEndpointServiceArgs'.",
      ],
      [
        `getEndpointService("a", {})`,
        "{}: Argument of type '{}' is not assignable to parameter of type 'GetEndpointServiceArgs'.\n  Property 'id' is missing in type '{}' but required in type 'GetEndpointServiceArgs'.",
      ],
      [`getEndpointService("a", { id: 5 })`, "id: Type 'number' is not assignable to type 'Input<string>'."],
      [
        `getEndpointService("a", { id: "x", ifNotFound: "null" })`,
        "ifNotFound: Object literal may only specify known properties, and 'ifNotFound' does not exist in type 'GetEndpointServiceArgs'.",
      ],
      [
        `getEndpointServices("a", { statuss: "available" })`,
        "statuss: Object literal may only specify known properties, but 'statuss' does not exist in type 'GetEndpointServicesArgs'. Did you mean to write 'status'?",
      ],
      [
        `getEndpointServicesByIds("a", {})`,
        "{}: Argument of type '{}' is not assignable to parameter of type 'GetEndpointServicesByIdsArgs'.\n  Property 'ids' is missing in type '{}' but required in type 'GetEndpointServicesByIdsArgs'.",
      ],
      [
        `findEndpointService("a", { idd: "x" })`,
        "idd: Object literal may only specify known properties, and 'idd' does not exist in type 'FindEndpointServiceArgs'.",
      ],
      [
        `findEndpointService("a", {})`,
        "{}: Argument of type '{}' is not assignable to parameter of type 'FindEndpointServiceArgs'.",
      ],
      [
        `getEndpointServiceSummary("a", { serviceId: "x", serviceName: "y" })`,
        "{ serviceId: \"x\", serviceName: \"y\" }: Argument of type '{ serviceId: string; serviceName: string; }' is not assignable to parameter of type 'GetEndpointServiceSummaryArgs'.\n  Types of property 'serviceName' are incompatible.\n    Type 'string' is not assignable to type 'undefined'.",
      ],
      [
        `getEndpointService("a", { id: "x" }).exists`,
        "exists: Property 'exists' does not exist on type 'EndpointService'.",
      ],
      [
        `findEndpointService("a", { id: "x" }).vpcId.apply((vpcId) => vpcId.length)`,
        "vpcId: 'vpcId' is possibly 'null'.",
      ],
      [
        `getEndpointService("a", { id: "x" }).ports.apply((ports) => ports.push())`,
        "push: Property 'push' does not exist on type 'readonly EndpointServicePort[]'.",
      ],
    ] as const;
    const calls = mistakes.map(([call]) => `vpcep.${call};`);
    const problems = problemsByLine(ts, [`import * as vpcep from "pulumi-vpcep";`, ...calls].join("\n"));
    for (const [index, [call, problem]] of mistakes.entries()) {
      assert.deepEqual(problems.get(index + 2), [problem], call);
    }
    assert.equal(problems.size, mistakes.length);
  });

  it("tell what a function takes, and what it gives", () => {
    const lines = [
      [
        `vpcep.getEndpointService({ id }).then(({ ports, region }) => [ports[0]?.clientPort.toFixed(), region.length]);`,
      ],
      [`vpcep.findEndpointService({ serviceName: id }).then((service) => service?.vpcId.length);`],
      [
        `vpcep.getEndpointServiceOutput({ id: pulumi.output(id) }).ports.apply((ports) => ports.map(String));`,
      ],
      [
        `vpcep.getEndpointServicesByIds({ ids: [id] as const }).then(({ services: [first] }) => first?.vpcId.length);`,
      ],
      [
        `const again = (args: vpcep.GetEndpointServicesByIdsArgs) => vpcep.getEndpointServicesByIdsOutput(args);`,
      ],
      [
        `const resource = (args: vpcep.GetEndpointServicesArgs) => [getEndpointServices("a", args), args.status?.toUpperCase()];`,
      ],
      [`vpcep.getEndpointServiceOutput({ id, expect: { ports: undefined } });`],
      [
        `const service: Promise<vpcep.EndpointServiceRecord> = vpcep.getEndpointService({ id }, { signal: AbortSignal.timeout(1) });`,
      ],
      [
        `vpcep.getEndpointService({ id: pulumi.output(id) });`,
        /^id: Type '.*Output.*' is not assignable to type 'string'/,
      ],
      [
        `vpcep.getEndpointService("orders");`,
        /^"orders": .* not assignable to parameter of type 'GetEndpointServiceArgs'/,
      ],
      [
        `vpcep.getEndpointService({ id, expect: { status: Promise.resolve("x") } });`,
        /^status: Type 'Promise<string>' is not assignable to type/,
      ],
      [
        `vpcep.getEndpointService({ id }, { parent: undefined });`,
        /^parent: .* does not exist in type 'InvokeOptions'/,
      ],
      [
        `vpcep.getEndpointService({ id }).then(({ exists }) => exists);`,
        /^exists: Property 'exists' does not exist on type 'EndpointServiceRecord'/,
      ],
      [
        `vpcep.getEndpointServices().then(({ services }) => services[0]?.region);`,
        /^region: Property 'region' does not exist on type 'EndpointServiceRecord'/,
      ],
      [
        `vpcep.findEndpointService({ id }).then(({ vpcId }) => vpcId);`,
        /^vpcId: Property 'vpcId' does not exist on type 'EndpointServiceRecord \| null'/,
      ],
      [
        `vpcep.findEndpointService({ id, serviceName: id });`,
        /is not assignable to parameter of type 'FindEndpointServiceArgs'/,
      ],
    ] as const;
    const program = [
      `import * as pulumi from "@pulumi/pulumi"; import { getEndpointServices } from "pulumi-vpcep"; import * as vpcep from "pulumi-vpcep/functions"; const id = "x";`,
      ...lines.map(([line]) => line),
    ];
    const problems = problemsByLine(ts, program.join("\n"));
    for (const [index, [line, problem = /^$/]] of lines.entries()) {
      assert.match((problems.get(index + 2) ?? []).join("\n"), problem, line);
    }
  });

  it("know the usual values, and let others pass", () => {
    const program = `
      import { type EndpointServiceStatus, getEndpointService, getEndpointServices } from "pulumi-vpcep";
      const known: EndpointServiceStatus = "available";
      getEndpointServices("a", { status: known, serverType: "LB" });
      getEndpointServices("a", { status: "upgrading", serverType: "NEW" });
      getEndpointService("a", { id: "x", expect: { status: "upgrading", serverType: "NEW" } });`;
    assert.deepEqual([...problemsByLine(ts, program)], []);
  });

  it("give a client's lookUp the arguments and outputs of its name", () => {
    const lines = [
      [`client.lookUp("endpointService", { id }).then(({ ports }) => ports[0]?.clientPort.toFixed());`],
      [
        `client.lookUp("optionalEndpointService", { id }).then(({ exists, vpcId }) => exists && vpcId?.length);`,
      ],
      [
        `client.lookUp("endpointServicesByIds", { ids: [id] }).then(({ services }) => services[0]?.vpcId.length);`,
      ],
      [
        `client.lookUp("nope", {});`,
        /^"nope": Argument of type '"nope"' is not assignable to parameter of type '"endpointService"/,
      ],
      [`client.lookUp("endpointService", {});`, /^{}: .*\n.*Property 'id' is missing in type '{}'/],
      [
        `client.lookUp("versions", {}).then(({ projectId }) => projectId);`,
        /^projectId: Property 'projectId' does not exist on type/,
      ],
    ] as const;
    const program = [
      `import { createVpcepClient } from "pulumi-vpcep/provider"; const id = "x"; const client = createVpcepClient();`,
      ...lines.map(([line]) => line),
    ];
    const problems = problemsByLine(ts, program.join("\n"));
    for (const [index, [line, problem = /^$/]] of lines.entries()) {
      assert.match((problems.get(index + 2) ?? []).join("\n"), problem, line);
    }
  });

  it("compile with TypeScript 5.4, with every library checked, without zod and without esModuleInterop", () => {
    const program = ["", "/functions", "/provider", "/testing"]
      .map((entry, index) => `import * as entry${index} from "pulumi-vpcep${entry}";\nvoid entry${index};`)
      .join("\n");
    const problems = problemsByLine(oldest as unknown as typeof ts, program, {
      skipLibCheck: false,
      esModuleInterop: false,
      lib: ["lib.es2022.d.ts", "lib.esnext.disposable.d.ts"],
    });
    assert.deepEqual(
      [...problems.values()].flat().filter((problem) => !/^[^:]*\/node_modules\//.test(problem)),
      [],
    );
  });
});
