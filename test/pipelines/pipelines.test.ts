// Proves the example pipelines by running the steps of their files: all of them with the CLI where there is one, and
// what comes after the update with a real run's outputs everywhere.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, emulatorDefaults, startEmulator } from "../../sdk/testing";
import { engines, findCli, Workspace } from "../engine/engines";
import { checkOut, runJob, runStep, type StepResult, standInFor } from "./checkout";
import { type Pipeline, pipelines, type Step } from "./pipelineFiles";

const vpc = "4189d3c2-8882-4871-a3c2-d380272eed80";
const rules = `TCP 8080 ${vpc}\nTCP 8081 ${vpc}\n`;
const cli = findCli();
const secrets = {
  PULUMI_CONFIG_PASSPHRASE: "pipeline",
  HW_ACCESS_KEY: emulatorDefaults.key.accessKey,
  HW_SECRET_KEY: emulatorDefaults.key.secretKey,
};

describe("the example pipelines", () => {
  const workspace = new Workspace();
  let emulator: Emulator;
  let outputs: Record<string, unknown>;

  before(async () => {
    emulator = await startEmulator({ tokens: [] });
    const [embedded] = engines();
    const stack = embedded?.createStack({
      project: checkOut(workspace),
      backend: workspace.backend("embedded"),
      env: emulator.environment,
    });
    const up = await stack?.up();
    assert.ok(up?.succeeded, up?.output);
    outputs = { ...up.outputs };
  });

  after(async () => {
    await emulator?.close();
    workspace.remove();
  });

  /** Finds the only step of the update's job that does this. */
  function stepOf({ jobs }: Pipeline, word: string): Step {
    const found = jobs.up.filter(({ script }) => script.includes(word));
    assert.equal(found.length, 1, `${found.length} steps with ${word}`);
    return found[0] as Step;
  }

  for (const pipeline of pipelines) {
    describe(`on ${pipeline.system}`, () => {
      /** Runs the steps after the update, until one fails, for a stack with these outputs. */
      async function act(stackOutputs: object): Promise<{ project: string; last: StepResult }> {
        const project = checkOut(workspace);
        // What an earlier run has left behind must not be acted on.
        writeFileSync(join(project, "firewall-rules.txt"), "TCP 22 earlier\n");
        const bin = standInFor(project, stackOutputs);
        const { up } = pipeline.jobs;
        const first = up.indexOf(stepOf(pipeline, "pulumi up")) + 1;
        let last: StepResult | undefined;
        for (const step of up.slice(first)) {
          last = await runStep(pipeline, step, project, { bin, secrets, env: {} });
          if (last.code !== 0) {
            break;
          }
        }
        assert.ok(last);
        return { project, last };
      }

      it("reads the outputs of a real update, and opens each port", async () => {
        const { project, last } = await act(outputs);
        assert.deepEqual(last.output, [`allow TCP 8080 to VPC ${vpc}`, `allow TCP 8081 to VPC ${vpc}`]);
        assert.equal(last.code, 0);
        assert.deepEqual(JSON.parse(readFileSync(join(project, "outputs.json"), "utf8")), outputs);
        assert.equal(readFileSync(join(project, "firewall-rules.txt"), "utf8"), rules);
      });

      const failures: { name: string; change: Record<string, unknown>; message: string }[] = [
        {
          name: "a service that is not available",
          change: { status: "failed" },
          message:
            'The endpoint service is "failed", not "available": no port is opened. Ask its owner, then run this again',
        },
        {
          name: "missing outputs",
          change: { status: undefined, vpc_id: undefined, ports: undefined },
          message:
            "outputs.json is not what the quickstart exports: outputs must have required property 'ports', outputs must have required property 'vpc_id', outputs must have required property 'status'. Export ports, vpc_id and status, and run `pulumi up`",
        },
        {
          name: "outputs that are secret",
          change: { vpc_id: "[secret]", ports: "[secret]" },
          message:
            "outputs.json does not show ports, vpc_id: an argument of the lookup is a secret. Write it with `pulumi stack output --json --show-secrets`, and keep it from logs and artifacts",
        },
        {
          name: "a port that is none",
          change: { ports: [{ clientPort: 70000, serverPort: "80", protocol: "TCP" }] },
          message:
            "outputs.json is not what the quickstart exports: outputs/ports/0/clientPort must be <= 65535, outputs/ports/0/serverPort must be integer. Export ports, vpc_id and status, and run `pulumi up`",
        },
        {
          name: "a text that would add a rule of its own",
          change: { vpc_id: "v\nTCP 22 v" },
          message: 'outputs.json has a port or a VPC that is no plain word: "TCP 8080 v\\nTCP 22 v"',
        },
      ];
      for (const { name, change, message } of failures) {
        it(`stops at ${name}, and leaves no rule behind`, async () => {
          const { project, last } = await act({ ...outputs, ...change });
          assert.equal(last.code, 1);
          assert.deepEqual(
            last.errors.filter((line) => !line.startsWith("+ ")),
            [message],
          );
          assert.throws(() => readFileSync(join(project, "firewall-rules.txt")), { code: "ENOENT" });
        });
      }

      it("stops where the outputs cannot be read", async () => {
        const project = checkOut(workspace);
        const bin = standInFor(project, {});
        const elsewhere = { ...stepOf(pipeline, "stack output"), env: { PULUMI_STACK: "none" } };
        const read = await runStep(pipeline, elsewhere, project, { bin, secrets, env: {} });
        assert.equal(read.code, 64);
        const used = await runStep(pipeline, stepOf(pipeline, "useOutputs"), project, {
          bin,
          secrets,
          env: {},
        });
        assert.equal(used.code, 1);
        assert.match(
          used.errors.at(-1) ?? "",
          /^Cannot read outputs\.json: .+\. Write it with `pulumi stack output --json`, after `pulumi up`$/,
        );
      });

      for (const job of ["preview", "up"] as const) {
        const reason = cli ? "" : ", skipped: no pulumi on PATH";
        it(`runs the steps of its job ${job} with the CLI, in order${reason}`, async function () {
          if (!cli) {
            this.skip();
          }
          const { project, shown } = await runJob(pipeline, job, {
            workspace,
            emulator,
            cli,
            secrets,
          });
          if (job === "preview") {
            assert.ok(shown.includes(`vpc_id: "${vpc}"`), shown);
          } else {
            assert.deepEqual(JSON.parse(readFileSync(join(project, "outputs.json"), "utf8")), outputs);
            assert.equal(readFileSync(join(project, "firewall-rules.txt"), "utf8"), rules);
          }
        });
      }
    });
  }

  it("installs with npm ci, skipped: it needs a registry", function () {
    this.skip();
  });
});
