// Proves the scheduled job that looks for drift: what it declares, and its command with the CLI where there is one.
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../sdk/testing";
import { CliStack } from "../engine/cliEngine";
import { findCli, Workspace } from "../engine/engines";
import { succeeds } from "../engine/everyEngine";
import { checkOut, runStep } from "./checkout";
import { driftWorkflow, githubSteps, githubWorkflow, pipelines, secretNames } from "./pipelineFiles";

const cli = findCli();

describe("the drift job", () => {
  const { drift } = driftWorkflow.jobs;
  const steps = githubSteps(driftWorkflow.env, drift);

  it("runs on a schedule, with the settings and secrets of the update, and not while one runs", () => {
    assert.deepEqual(driftWorkflow.on, { schedule: [{ cron: "23 5 * * 1-5" }], workflow_dispatch: null });
    assert.deepEqual(driftWorkflow.permissions, { contents: "read" });
    assert.deepEqual(driftWorkflow.env, githubWorkflow.env);
    assert.deepEqual(drift.concurrency, githubWorkflow.jobs.up.concurrency);
    const [install, check] = steps;
    assert.deepEqual([install?.script, steps.length], ["npm ci", 2]);
    assert.deepEqual(
      Object.entries(check?.env ?? {}).filter(([, value]) => value.startsWith("secret:")),
      secretNames.map((name) => [name, `secret:${name}`]),
    );
  });

  describe(`with the CLI${cli ? "" : ", skipped: no pulumi on PATH"}`, () => {
    const workspace = new Workspace();
    let emulator: Emulator;
    before(async function () {
      if (!cli) {
        this.skip();
      }
      emulator = await startEmulator();
    });
    after(async () => {
      await emulator?.close();
      workspace.remove();
    });

    it("is content with a service as the update read it, and fails, changing nothing, once it is another", async () => {
      const project = checkOut(workspace);
      const backend = workspace.backend("drift");
      const options = { project, backend, env: emulator.environment };
      const stack = new CliStack([cli ?? ""], options);
      const outputs = succeeds(await stack.up());
      const [pipeline] = pipelines;
      assert.ok(pipeline);
      const check = () =>
        runStep(pipeline, steps[1] as (typeof steps)[number], project, {
          bin: dirname(cli ?? ""),
          secrets: { PULUMI_CONFIG_PASSPHRASE: "cli", ...key },
          env: {
            ...emulator.environment,
            PULUMI_BACKEND_URL: `file://${backend}`,
            PULUMI_HOME: workspace.backend("home"),
            PULUMI_SKIP_UPDATE_CHECK: "true",
          },
        });
      // The emulator's token is one credential; a key beside it would be another.
      const key = { HW_ACCESS_KEY: "", HW_SECRET_KEY: "" };
      assert.equal((await check()).code, 0);
      emulator.putService(sampleEndpointService.replace('"available"', '"failed"'));
      const drifted = await check();
      assert.notEqual(drifted.code, 0);
      const shown = [...drifted.output, ...drifted.errors].join("\n");
      assert.match(shown, /~ status *: "available" => "failed"/);
      assert.match(shown, /error: no changes were expected for refresh but changes were proposed/);
      assert.deepEqual(await stack.outputs(), outputs);
      assert.ok(emulator.requests.every(({ path }) => path.includes(emulatorDefaults.projectId)));
    });
  });
});
