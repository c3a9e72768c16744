// Proves that a lookup reads nothing while something it depends on is still to be created, and at once when all is there.
import assert from "node:assert/strict";
import { sampleEndpointService } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";

const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const vpcId = "4189d3c2-8882-4871-a3c2-d380272eed80";

const program = `
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService, getEndpointServiceByName } from "pulumi-vpcep";

class Note extends pulumi.dynamic.Resource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super({ async create() { return { id: name, outs: {} }; } }, name, {}, opts);
  }
}
class Group extends pulumi.ComponentResource {
  constructor(name: string, children: (parent: Group) => unknown, opts?: pulumi.ComponentResourceOptions) {
    super("test:Group", name, {}, opts);
    children(this);
  }
}
class Text extends pulumi.dynamic.Resource {
  declare readonly text: pulumi.Output<string>;
  constructor(name: string, text: string) {
    super({ async create(inputs: { text: string }) { return { id: name, outs: inputs }; } }, name, { text });
  }
}
const note = new Note("note");
const group = new Group("group", (parent) => new Note("child", { parent }));
const nested = new Group("nested-group", (parent) => new Group("inner", (inner) => new Note("deep", { parent: inner }), { parent }));
const look = (name: string, dependsOn: pulumi.CustomResourceOptions["dependsOn"], parent?: pulumi.Resource) =>
  getEndpointService(name, { id: name }, { dependsOn, ...(parent ? { parent } : {}) }).vpcId;
const found: Record<string, pulumi.Output<string>> = {
  resource: look("resource", note),
  array: look("array", [note]),
  promise: look("promise", Promise.resolve(note)),
  output: look("output", pulumi.output([note])),
  component: look("component", group),
  nested: look("nested", [nested]),
  empty: look("empty", new Group("none", () => {})),
  nothing: look("nothing", []),
};
new Group("inside", (parent) => {
  new Note("sibling", { parent });
  found["ownParent"] = look("ownParent", parent, parent);
});
new Group("reading", (parent) => {
  found["onlyReads"] = look("onlyReads", parent, parent);
});
const first = getEndpointService("first", { id: "first" }, { dependsOn: note });
found["lookup"] = look("lookup", first);
const named = new Text("named", "passed");
found["passed"] = getEndpointServiceByName("passed", { serviceName: named.text }).vpcId;
const inner = new Group("waiting-group", (parent) => look("innerLookup", note, parent));
found["onLookups"] = look("onLookups", inner);
found["byItsId"] = getEndpointServiceByName("byItsId", { serviceName: first.id }).vpcId;
declare const exports: object;
Object.assign(exports, found);
`;

const waiting = [
  "resource",
  "array",
  "promise",
  "output",
  "component",
  "nested",
  "ownParent",
  "lookup",
  "byItsId",
  "passed",
  "onLookups",
];
const atOnce = ["empty", "nothing", "onlyReads"];

onEveryEngine("a lookup that depends on something", (bench) => {
  it("is unknown while that is still to be created, and is read at once when it is there", async () => {
    const stack = bench.engine.createStack({
      project: bench.workspace.project(program, "depends"),
      backend: bench.workspace.backend("depends"),
      env: bench.emulator.environment,
    });
    const names = [...waiting, ...atOnce].sort();
    bench.emulator.set({
      services: ["first", "innerLookup", ...names].map((id) => ({
        ...sample,
        id,
        service_name: `eu-de.${id}.${id}`,
      })),
    });
    const asked = () => bench.emulator.requests.map(({ path }) => path.split("/").at(-1)).sort();
    const known = (outputs: Readonly<Record<string, unknown>>) =>
      Object.entries(outputs)
        .filter(([, value]) => value === vpcId)
        .map(([name]) => name)
        .sort();
    assert.deepEqual(known(succeeds(await stack.preview())), atOnce);
    assert.deepEqual(asked(), atOnce);
    assert.deepEqual(known(succeeds(await stack.up())), names);
    bench.emulator.reset();
    assert.deepEqual(known(succeeds(await stack.preview())), names);
  });
});
