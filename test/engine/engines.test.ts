// Proves the embedded engine on plain dynamic resources, and that the real CLI does the same where there is one.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { engines, Workspace } from "./engines";
import type { ConfigValue, OperationResult, Stack } from "./stack";
import type { ResourceState } from "./stackState";

/** A resource whose provider tells what it is asked, and fails on demand. */
const thing = `
import * as pulumi from "@pulumi/pulumi";
const provider: any = {
  configure(request: any) { this.config = request.config; },
  check: async (_olds: any, news: any) =>
    news.refused ? { failures: [{ property: "refused", reason: news.refused }] } : { inputs: news },
  diff: async (_id: string, olds: any, news: any) => ({
    ...(news.text === undefined ? {} : { changes: olds.text !== news.text || olds.kind !== news.kind }),
    replaces: olds.kind === news.kind ? [] : ["kind"],
  }),
  async create(inputs: any) {
    if (inputs.fails) throw new Error(inputs.fails);
    console.log("created " + inputs.text + " by " + this.config.get("owner"));
    return { id: "id-" + inputs.text, outs: { ...inputs, made: "made of " + inputs.text } };
  },
  update: async (_id: string, _olds: any, news: any) => ({ outs: { ...news, made: "remade of " + news.text } }),
  async read(id: string, properties: any) {
    console.log("read " + id + " as " + Object.keys(properties).filter((key) => key !== "__provider").sort());
    if (id === "broken" && properties.made) throw new Error("cannot refresh " + id);
    return id === "gone" && properties.made ? { id: "" } : { id, props: { ...properties, made: "found at " + id } };
  },
  async delete(id: string) { console.log("deleted " + id + " by " + this.config.get("owner")); },
};
class Thing extends pulumi.dynamic.Resource {
  declare readonly made: pulumi.Output<string>;
  declare readonly key: pulumi.Output<string>;
  constructor(name: string, properties: Record<string, unknown>, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { made: undefined, ...properties }, opts);
  }
}
const config = new pulumi.Config();
`;

for (const engine of engines()) {
  describe(`the ${engine.name} engine${engine.missing ? `, skipped: ${engine.missing}` : ""}`, () => {
    const workspace = new Workspace();

    before(function () {
      if (engine.missing) {
        this.skip();
      }
    });

    after(() => workspace.remove());

    /** A stack, and the way to give it its next program. */
    function stackOf(
      name: string,
      config: Record<string, ConfigValue> = {},
      env: Record<string, string> = {},
    ) {
      const project = workspace.project("", name);
      const stack = engine.createStack({ project, backend: workspace.backend(name), config, env });
      const becomes = (program: string) => writeFileSync(join(project, "index.ts"), thing + program);
      return { stack, becomes, project };
    }

    it("creates, leaves, updates, replaces and deletes, with what is not known yet left open in previews", async () => {
      const { stack, becomes } = stackOf("changes", { owner: "me" });
      const program = (text: string, kind: string) =>
        `const first = new Thing("first", { text: "${text}", kind: "${kind}" });
         export const made = new Thing("second", { text: first.made }).made;
         export const given = "${text}";`;
      becomes(program("one", "a"));
      const preview = await stack.preview();
      assert.deepEqual(preview.outputs, { given: "one" });
      assert.deepEqual(stepsOf(preview), ["create first", "create second"]);
      assert.deepEqual(linesOf(preview), []);
      const created = await stack.up();
      assert.deepEqual(created.outputs, { made: "made of made of one", given: "one" });
      assert.deepEqual(linesOf(created), ["created made of one by me", "created one by me"]);
      const [first, second] = await resourcesOf(stack, "first", "second");
      assert.deepEqual(second?.dependencies, [first?.urn]);
      assert.deepEqual(second?.propertyDependencies?.["text"], [first?.urn]);

      assert.deepEqual(stepsOf(await stack.up()), ["same first", "same second"]);

      becomes(program("two", "a"));
      const changing = await stack.preview();
      assert.deepEqual(stepsOf(changing), ["update first", "update second"]);
      assert.deepEqual(changing.outputs, { given: "two" });
      assert.equal((await stack.up()).outputs["made"], "remade of remade of two");

      becomes(program("two", "b"));
      const replaced = await stack.up();
      assert.deepEqual(stepsOf(replaced), [
        "create-replacement first",
        "delete-replaced first",
        "replace first",
        "update second",
      ]);
      assert.deepEqual(linesOf(replaced), ["created two by me", "deleted id-one by me"]);

      becomes(`export const last = new Thing("first", { text: "two", kind: "b" }).made;`);
      const deleted = await stack.up();
      assert.deepEqual(stepsOf(deleted), ["delete second", "same first"]);
      assert.deepEqual(deleted.outputs, { last: "made of two" });
    });

    it("reads in previews and updates, and leaves an unknown id alone; destroy forgets what was read", async () => {
      const { stack, becomes } = stackOf("reads");
      becomes(
        `const made = new Thing("made", { text: "one" });
         export const known = new Thing("known", { hint: "x" }, { id: "there" }).made;
         export const later = new Thing("later", { hint: "x" }, { id: made.made }).made;`,
      );
      const preview = await stack.preview();
      assert.deepEqual(preview.outputs, { known: "found at there" });
      assert.deepEqual(linesOf(preview), ["read there as hint"]);
      const up = await stack.up();
      assert.deepEqual(up.outputs, { known: "found at there", later: "found at made of one" });
      assert.deepEqual(linesOf(up), [
        "created one by undefined",
        "read made of one as hint",
        "read there as hint",
      ]);
      assert.equal((await resourcesOf(stack, "known"))[0]?.external, true);
      const destroyed = await stack.destroy();
      assert.deepEqual(stepsOf(destroyed), ["delete made", "discard known", "discard later"]);
      assert.deepEqual(linesOf(destroyed), ["deleted id-one by undefined"]);
      assert.deepEqual(await resourcesOf(stack), []);
    });

    it("refreshes from the outputs: a blank id drops a record, an error keeps it and fails", async () => {
      const { stack, becomes } = stackOf("refreshes", { owner: "me" });
      becomes(
        `new Thing("gone", {}, { id: "gone" });
         new Thing("owned", { text: "one" });
         export const kept = new Thing("there", { hint: "x" }, { id: "there" }).made;`,
      );
      await stack.up();
      await stack.setConfig("owner", "you");
      const refreshed = await stack.refresh();
      assert.ok(refreshed.succeeded, refreshed.output);
      assert.deepEqual(linesOf(refreshed), [
        "read gone as made",
        "read id-one as made,text",
        "read there as hint,made",
      ]);
      assert.deepEqual(
        (await resourcesOf(stack)).map(({ urn }) => nameOf(urn)),
        ["owned", "there"],
      );
      assert.equal((await resourcesOf(stack, "owned"))[0]?.outputs["made"], "found at id-one");

      becomes(`new Thing("broken", {}, { id: "broken" });`);
      assert.ok((await stack.up()).succeeded);
      const failed = await stack.refresh();
      assert.equal(failed.succeeded, false);
      assert.deepEqual(errorsOf(failed), ["broken: cannot refresh broken", "update failed"]);
      assert.equal((await resourcesOf(stack, "broken")).length, 1);
    });

    it("reads what the program asks for in a refresh that runs it, and creates nothing", async () => {
      const { stack, becomes } = stackOf("rerun", { owner: "me" });
      becomes(`new Thing("owned", { text: "one" }); new Thing("read", {}, { id: "here" });`);
      await stack.up();
      becomes(
        `new Thing("owned", { text: "two" }); new Thing("new", { text: "three" });
         new Thing("read", {}, { id: "there" }); export const said = "so";`,
      );
      const refreshed = await stack.refresh({ runProgram: true });
      assert.ok(refreshed.succeeded, refreshed.output);
      assert.deepEqual(linesOf(refreshed), ["read id-one as made,text", "read there as"]);
      assert.deepEqual(refreshed.outputs, { said: "so" });
      const [owned, read, ...others] = await resourcesOf(stack, "owned", "read", "new");
      assert.deepEqual([owned?.id, read?.id, others.length], ["id-one", "there", 0]);
    });

    it("keeps secrets encrypted in the state, marked in outputs, and out of what it shows", async () => {
      const { stack, becomes } = stackOf("secrets", { password: { secret: "canary-51" } });
      becomes(
        `const holder = new Thing("holder", { text: "plain", key: config.requireSecret("password") },
           { additionalSecretOutputs: ["made"] });
         console.log("the password is " + config.require("password"));
         export const key = holder.key;
         export const made = holder.made;
         export const text = "open";`,
      );
      const up = await stack.up();
      assert.deepEqual(up.outputs, { key: "[secret]", made: "[secret]", text: "open" });
      assert.ok(up.output.includes("the password is [secret]"));
      assert.deepEqual(await stack.outputs({ showSecrets: true }), {
        key: "canary-51",
        made: "made of plain",
        text: "open",
      });
      assert.ok(!`${up.output}${JSON.stringify(up.diagnostics)}`.includes("canary-51"));
      const state = await stack.storedState();
      assert.ok(!state.includes("canary-51") && !state.includes("made of plain"));
      assert.ok(state.includes("1b47061264138c4ac30d75fd1eb44270"));
    });

    it("touches nothing downstream of a failure, and keeps what was reached", async () => {
      const { stack, becomes } = stackOf("failures", { owner: "me" });
      becomes(
        `new Thing("apart", { text: "apart" });
         const failing = new Thing("failing", { text: "one", fails: "out of order" });
         new Thing("downstream", { text: failing.made });`,
      );
      const up = await stack.up();
      assert.equal(up.succeeded, false);
      assert.deepEqual(errorsOf(up), ["failing: out of order", "update failed"]);
      assert.ok(!up.steps.some(({ urn }) => urn.endsWith("::downstream")));
      assert.equal((await resourcesOf(stack, "failing", "downstream")).length, 0);

      becomes(`new Thing("refused", { refused: "not so" });`);
      const preview = await stack.preview();
      assert.match(errorsOf(preview).join(), /^refused: .*property refused .*has a problem: not so$/);
    });

    it("checks the types of the program", async () => {
      const { stack, becomes } = stackOf("types", {}, { PULUMI_NODEJS_TRANSPILE_ONLY: "" });
      becomes("const wrong: number = config.name;");
      assert.match(errorsOf(await stack.preview()).join(), /error TS2322/);
    });

    it("reads the outputs of another stack, secrets as secrets", async () => {
      const { stack, becomes, project } = stackOf("references");
      becomes(`export const open = { a: [1] }; export const hidden = pulumi.secret("canary-52");`);
      await stack.up();
      const consumer = engine.createStack({
        project,
        stack: "consumer",
        backend: workspace.backend("references"),
      });
      becomes(
        `const other = new pulumi.StackReference("organization/references/dev");
         export const open = other.requireOutput("open");
         export const hidden = other.requireOutput("hidden");`,
      );
      assert.deepEqual((await consumer.preview()).outputs, { open: { a: [1] }, hidden: "[secret]" });
      becomes(`new pulumi.StackReference("organization/references/nobody");`);
      const unknown = 'unknown stack "organization/references/nobody"';
      assert.deepEqual(errorsOf(await consumer.up()), [
        `organization/references/nobody: ${unknown}`,
        "update failed",
      ]);
    });
  });
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

/** The steps of the program's own resources; parallel ones come in any order. */
function stepsOf({ steps }: OperationResult): string[] {
  return steps
    .filter(({ urn }) => urn.includes("::pulumi-nodejs:"))
    .map(({ op, urn }) => `${op} ${nameOf(urn)}`)
    .sort();
}

/** What the program and its provider have printed. */
function linesOf({ diagnostics }: OperationResult): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "info")
    .map(({ message }) => message)
    .sort();
}

function errorsOf({ diagnostics }: OperationResult): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message, urn }) => (urn ? `${nameOf(urn)}: ${message}` : message));
}

/** The resources in the stored state that have a dynamic provider, all of them or those of some names, by name. */
async function resourcesOf(stack: Stack, ...names: string[]): Promise<ResourceState[]> {
  const { deployment } = JSON.parse(await stack.storedState()) as {
    deployment: { resources?: ResourceState[] };
  };
  const own = (deployment.resources ?? []).filter(({ urn }) => urn.includes("::pulumi-nodejs:"));
  return names.length === 0
    ? own.sort((a, b) => a.urn.localeCompare(b.urn))
    : names.flatMap((name) => own.filter(({ urn }) => nameOf(urn) === name));
}
