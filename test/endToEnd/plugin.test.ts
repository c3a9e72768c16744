// Proves the plugin on the real engine, which alone runs plugins: a program in YAML, where its language host is, and one that
// calls functions by their tokens. Skipped, with the reason in the title, where there is no CLI.
import assert from "node:assert/strict";
import { accessSync, existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../sdk/testing";
import { engines, Workspace } from "../engine/engines";
import { succeeds } from "../engine/everyEngine";
import type { ConfigValue, Diagnostic } from "../engine/stack";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const vpcId = "4189d3c2-8882-4871-a3c2-d380272eed80";
const plugin = join(__dirname, "..", "..", "plugin");
const plugins = `plugins: { providers: [{ name: vpcep, path: ${JSON.stringify(plugin)} }] }\n`;

const inYaml = `
variables:
  orders: { fn::invoke: { function: vpcep:getEndpointService, arguments: { id: ${id} } } }
  gone: { fn::invoke: { function: vpcep:findEndpointService, arguments: { id: gone } } }
outputs: { vpcId: "\${orders.vpcId}", ports: "\${orders.ports}", exists: "\${gone.exists}" }
`;

/** Raw calls, as every SDK makes them; the id of the note is not known before an update. */
const beginning = `
import * as pulumi from "@pulumi/pulumi";
class Note extends pulumi.dynamic.Resource {
  constructor(name: string, text: string) {
    super({ async create() { return { id: text, outs: {} }; } }, name, {});
  }
}
class Provider extends pulumi.ProviderResource {
  constructor(name: string, settings: pulumi.Inputs) { super("vpcep", name, settings); }
}
const token = "vpcep:index:getEndpointService";
`;

const byToken = `${beginning}
const note = new Note("note", "${emulatorDefaults.projectId}");
const provider = new Provider("eu", { projectId: note.id, timeoutMs: "5000" });
const get = (args: pulumi.Inputs, options?: pulumi.InvokeOutputOptions) =>
  pulumi.runtime.invokeOutput<{ vpcId: string }>(token, args, options).apply(({ vpcId }) => vpcId);
export const plain = get({ id: "${id}" });
export const secret = get({ id: pulumi.secret("${id}") });
export const unknown = get({ id: note.id.apply(() => "${id}") });
export const after = get({ id: "${id}" }, { provider, dependsOn: [note] });
if (process.env.TOO_EARLY) get({ id: "${id}" }, { provider });
if (process.env.MISTAKE) new Provider("wrong", { token: "failure-canary", oidc: { idToken: "failure-canary", idpID: "x" } });
if (process.env.RESOURCE) new pulumi.CustomResource("vpcep:index:EndpointService", "none", {});
if (process.env.WRONG) get({ id: "${id}", expct: 1 });
`;

/** Providers with secrets: one that is not known before an update, others that no mark of the program is on. */
const withSecrets = `${beginning}
const note = new Note("note", "${emulatorDefaults.token}");
const accounts = { theirs: { region: "eu-de", token: "canary-a", projectName: pulumi.secret("canary-b") } };
const provider = new Provider("eu", { token: note.id, accounts });
new Provider("json", { oidc: '{"idToken":"canary-c"}', password: "canary-d", cloud: pulumi.secret("canary-e") });
export const after = pulumi.runtime.invokeOutput<{ vpcId: string }>(token, { id: "${id}" }, { provider, dependsOn: [note] })
  .apply(({ vpcId }) => vpcId);
`;

/** Whether there is a language host on PATH. */
function hasHost(language: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, `pulumi-language-${language}`));
      return true;
    } catch {
      return false;
    }
  });
}

const cli = engines().find(({ name }) => name === "cli");
const noCli = cli?.missing ? `, skipped: ${cli.missing}` : "";

describe(`the plugin on the engine${noCli}`, () => {
  let emulator: Emulator;
  const workspace = new Workspace();

  before(async function () {
    if (noCli) {
      this.skip();
    }
    emulator = await startEmulator();
    emulator.set({ services: [sampleEndpointService] });
  });

  after(async () => {
    await emulator?.close();
    workspace.remove();
  });

  function stackOf(name: string, runtime: string, program: string, env: Record<string, string> = {}) {
    const project = workspace.project(runtime === "nodejs" ? program : "", name);
    const text = `name: ${name}\nruntime: ${runtime}\n${plugins}${runtime === "nodejs" ? "" : program}`;
    writeFileSync(join(project, "Pulumi.yaml"), text);
    const { url } = emulator;
    const config: Record<string, ConfigValue> = {
      "vpcep:region": emulatorDefaults.region,
      "vpcep:endpoint": url,
      "vpcep:authUrl": url,
      "vpcep:token": { secret: emulatorDefaults.token },
    };
    const backend = workspace.backend(name);
    return cli?.createStack({ project, backend, config, env }) ?? assert.fail();
  }

  const noYaml = hasHost("yaml") ? "" : ", skipped: no pulumi-language-yaml on PATH";

  it(`serves a program in YAML from preview to destroy, and leaves no record in the state${noYaml}`, async function () {
    if (noYaml) {
      this.skip();
    }
    const stack = stackOf("yaml", "yaml", inYaml);
    const { ports } = JSON.parse(sampleEndpointService) as { ports: { client_port: number }[] };
    for (const operation of ["preview", "up", "refresh"] as const) {
      const result = await stack[operation]({ runProgram: true });
      // The language host, too, is said to be on PATH.
      assert.ok(result.succeeded, result.output);
      const { outputs } = result;
      assert.deepEqual([outputs["vpcId"], outputs["exists"]], [vpcId, false], operation);
      assert.equal((outputs["ports"] as unknown[]).length, ports.length);
    }
    const state = await stack.storedState();
    assert.ok(!state.includes(emulatorDefaults.token) && !state.includes("markerId"));
    emulator.reset();
    assert.ok((await stack.destroy()).succeeded);
    assert.deepEqual(emulator.requests, []);
    emulator.set({ services: [sampleEndpointService] });
  });

  it("serves calls by token: unknown where what they depend on is, secret where an argument is", async () => {
    const env = {
      HW_REGION_NAME: emulatorDefaults.region,
      VPCEP_ENDPOINT: emulator.url,
      HW_AUTH_URL: emulator.url,
    };
    const stack = stackOf("token", "nodejs", byToken, { ...env, HW_AUTH_TOKEN: emulatorDefaults.token });
    assert.deepEqual(succeeds(await stack.preview()), { plain: vpcId, secret: "[secret]" });
    const all = { plain: vpcId, secret: "[secret]", unknown: vpcId, after: vpcId };
    assert.deepEqual(succeeds(await stack.up()), all);
    assert.deepEqual(succeeds(await stack.preview()), all);
  });

  it("keeps what is secret of its settings from the state, and follows a plan in which it is not known", async () => {
    const plan = join(workspace.backend("plans"), "plan.json");
    const stack = stackOf("secrets", "nodejs", withSecrets, {
      HW_REGION_NAME: emulatorDefaults.region,
      HW_PROJECT_ID: emulatorDefaults.projectId,
      VPCEP_ENDPOINT: emulator.url,
      HW_AUTH_URL: emulator.url,
      PULUMI_OPTION_SAVE_PLAN: plan,
      PULUMI_OPTION_PLAN: plan,
    });
    const preview = await stack.preview();
    assert.ok(preview.succeeded, preview.output);
    const told = ({ severity, message }: Diagnostic) =>
      severity === "warning" && /"eu": token\. Pulumi/.test(message);
    assert.ok(preview.diagnostics.some(told), preview.output);
    const up = await stack.up();
    assert.deepEqual([succeeds(up), preview.output.includes("canary")], [{ after: vpcId }, false]);
    assert.ok(!(await stack.storedState()).includes("canary"));
    assert.ok(existsSync(plan) && (await stack.preview()).succeeded);
  });

  it("fails a preview over what is wrong, and over a provider whose settings are not known yet", async () => {
    const env = {
      HW_REGION_NAME: emulatorDefaults.region,
      VPCEP_ENDPOINT: emulator.url,
      HW_AUTH_URL: emulator.url,
    };
    const expected = {
      TOO_EARLY:
        'getEndpointService: not known in this preview: provider "eu": projectId. Name what is still to be created, and decides it, in the dependsOn of the function too, so that its result is not known either [VPCEP_CONFIG]',
      WRONG: "Cannot read VPC endpoint service: expct is no argument of getEndpointService [VPCEP_CONFIG]",
      MISTAKE: 'provider "wrong": oidc has no member "idpID". Its members are ',
      RESOURCE: "vpcep has functions alone, and neither resources, methods nor parameters [VPCEP_CONFIG]",
    };
    for (const [name, message] of Object.entries(expected)) {
      const stack = stackOf(name.toLowerCase().replace("_", "-"), "nodejs", byToken, {
        ...env,
        HW_AUTH_TOKEN: emulatorDefaults.token,
        [name]: "1",
      });
      const preview = await stack.preview();
      assert.equal(preview.succeeded, false);
      assert.ok(preview.output.includes(message), preview.output);
      assert.ok(!preview.output.includes("failure-canary"), preview.output);
    }
  });
});
