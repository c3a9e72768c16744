// Runs the examples that are scripts or tests as a user does: from a copy of the folder, with the packages installed.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../sdk/testing";
import { findCli, Workspace } from "../engine/engines";
import { Process } from "../engine/processes";
import { copyExample, printedOutputs } from "./folders";

const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
const place = `region eu-de, project ${emulatorDefaults.projectId}`;

describe("the example", () => {
  const workspace = new Workspace();
  const cli = findCli();
  let emulator: Emulator;

  before(async () => {
    const creating = { ...JSON.parse(sampleEndpointService), id: "new", status: "creating" };
    emulator = await startEmulator({ services: [sampleEndpointService, creating] });
  });

  after(async () => {
    await emulator?.close();
    workspace.remove();
  });

  /** Runs Node in a folder to its end. */
  async function run(cwd: string, args: readonly string[], env: Record<string, string> = {}) {
    const child = new Process(process.execPath, args, { cwd, env: { ...process.env, ...env } });
    const lines = { stdout: [] as string[], stderr: [] as string[] };
    child.onLine("stdout", (line) => lines.stdout.push(line));
    child.onLine("stderr", (line) => lines.stderr.push(line));
    const code = await child.exit;
    await child.end();
    return { code, stdout: lines.stdout.join("\n"), stderr: lines.stderr.join("\n") };
  }

  it("clientOnly prints a service as JSON, and its exit code says whether it can be used", async () => {
    const folder = copyExample("clientOnly", workspace);
    const look = (...args: string[]) =>
      run(folder, ["--import", "tsx", "index.ts", ...args], emulator.environment);
    const printed = printedOutputs("clientOnly");
    const [available, creating, missing, wrong] = await Promise.all([
      look(serviceId),
      look("new"),
      look("gone"),
      look(),
    ]);
    assert.deepEqual(available, {
      code: 0,
      stdout: JSON.stringify(printed),
      stderr: "",
    });
    assert.deepEqual(creating, {
      code: 2,
      stdout: JSON.stringify({ ...printed, status: "creating" }),
      stderr: "",
    });
    assert.equal(missing.code, 3);
    assert.equal(missing.stdout, "");
    const error = new RegExp(
      `^Cannot read VPC endpoint service gone \\(${place}\\): .+ \\[VPCEP_NOT_FOUND\\]$`,
    );
    assert.match(missing.stderr, error);
    assert.deepEqual(wrong, { code: 1, stdout: "", stderr: "Usage: npx tsx index.ts SERVICE_ID" });
  });

  it("unitTest and rulePerPort pass their tests, and fail over a program that does something else", async () => {
    const [sound, broken] = [copyExample("unitTest", workspace), copyExample("unitTest", workspace)];
    const rules = copyExample("rulePerPort", workspace);
    const program = join(broken, "index.ts");
    writeFileSync(program, readFileSync(program, "utf8").replace("https://", "http://"));
    const test = (folder: string) => run(folder, ["node_modules/mocha/bin/mocha.js"]);
    const [passed, failed, ofRules] = await Promise.all([test(sound), test(broken), test(rules)]);
    assert.match(ofRules.stdout, /\b2 passing\b/, ofRules.stderr);
    assert.match(passed.stdout, /\b2 passing\b/, passed.stderr);
    assert.equal(passed.code, 0);
    assert.match(failed.stdout, /\b1 passing\b.*\b1 failing\b.*http:\/\/orders\.internal:8080/s);
    assert.equal(failed.code, 1);
  });

  it(`automationApi runs a stack from any folder${cli ? "" : ", skipped: no pulumi on PATH"}`, async function () {
    if (!cli) {
      this.skip();
    }
    const folder = copyExample("automationApi", workspace);
    const elsewhere = join(workspace.folder, "elsewhere");
    mkdirSync(elsewhere);
    const up = (id: string) =>
      run(elsewhere, ["--import", require.resolve("tsx"), join(folder, "index.ts"), id], {
        ...emulator.environment,
        PULUMI_BACKEND_URL: `file://${workspace.backend("automationApi")}`,
        PULUMI_CONFIG_PASSPHRASE: "example",
        PULUMI_HOME: elsewhere,
        PULUMI_SKIP_UPDATE_CHECK: "true",
      });
    const found = await up(serviceId);
    assert.equal(found.code, 0, found.stderr);
    assert.deepEqual(JSON.parse(found.stdout), printedOutputs("automationApi"));
    const missing = await up("gone");
    assert.deepEqual({ code: missing.code, stdout: missing.stdout }, { code: 1, stdout: "" });
    assert.ok(missing.stderr.includes(`Cannot read VPC endpoint service gone (${place})`), missing.stderr);
  });
});
