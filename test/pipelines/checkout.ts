// A project as a pipeline checks it out, in a scratch folder, and its steps run there in real shells.
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Emulator } from "../../sdk/testing";
import type { Workspace } from "../engine/engines";
import { Process } from "../engine/processes";
import { folder, type Pipeline, type Step } from "./pipelineFiles";

const root = join(__dirname, "..", "..");

/** How a step ended, and what it wrote. */
export interface StepResult {
  readonly code: number;
  readonly output: readonly string[];
  readonly errors: readonly string[];
}

/** The quickstart's program beside the script of the pipelines, with what `npm ci` would have installed. */
export function checkOut(workspace: Workspace): string {
  const quickstart = readFileSync(join(root, "examples", "quickstart", "index.ts"), "utf8");
  const project = workspace.project(quickstart, "vpcep-pipeline");
  copyFileSync(join(folder, "useOutputs.mjs"), join(project, "useOutputs.mjs"));
  symlinkSync(join(root, "node_modules", "ajv"), join(project, "node_modules", "ajv"));
  return project;
}

/** A `pulumi` that knows one command: it prints these outputs. */
export function standInFor(project: string, outputs: object): string {
  const bin = join(project, "stand-in");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "outputs.json"), JSON.stringify(outputs, null, 2));
  writeFileSync(
    join(bin, "pulumi"),
    `#!/bin/sh
case "$*" in
  "stack output --json --stack dev") cat "\${0%/*}/outputs.json" ;;
  *) echo "this stand-in for pulumi does not know: $*" >&2; exit 64 ;;
esac
`,
  );
  chmodSync(join(bin, "pulumi"), 0o755);
  return bin;
}

/** Runs a step as its system does: in its shell, with its environment, the secrets put in and those of `env` over it. */
export async function runStep(
  { shell: [command = "", ...args] }: Pipeline,
  step: Step,
  project: string,
  { bin, secrets, env }: { bin: string; secrets: Record<string, string>; env: Record<string, string> },
): Promise<StepResult> {
  const given = Object.entries(step.env).map(([name, value]) => {
    const secret = /^secret:(.+)$/.exec(value)?.[1];
    return [name, secret === undefined ? value : (secrets[secret] ?? "")];
  });
  const path = [bin, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
  const child = new Process(command, [...args, step.script], {
    cwd: project,
    env: { ...process.env, ...Object.fromEntries(given), ...env, PATH: path },
  });
  const output: string[] = [];
  const errors: string[] = [];
  child.onLine("stdout", (line) => output.push(line));
  child.onLine("stderr", (line) => errors.push(line));
  const code = await child.exit;
  await child.end();
  return { code, output, errors };
}

/** What a job runs with. */
export interface JobSurroundings {
  readonly workspace: Workspace;
  readonly emulator: Emulator;
  /** The path of the CLI. */
  readonly cli: string;
  readonly secrets: Record<string, string>;
  /** What the system itself puts into the environment. */
  readonly env?: Record<string, string>;
}

/**
 * Runs all steps of a job with the CLI in order, but for the installation, which a link stands for: the emulator is in the
 * place of the cloud, a folder in that of Pulumi Cloud.
 */
export async function runJob(
  pipeline: Pipeline,
  job: "preview" | "up",
  { workspace, emulator, cli, secrets, env: own = {} }: JobSurroundings,
): Promise<{ readonly project: string; readonly shown: string }> {
  const project = checkOut(workspace);
  const backend = workspace.backend(`job-${backends++}`);
  const { VPCEP_ENDPOINT = "", HW_AUTH_URL = "" } = emulator.environment;
  const env = {
    ...own,
    VPCEP_ENDPOINT,
    HW_AUTH_URL,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_HOME: join(backend, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
  const run = async (step: Step): Promise<StepResult> => {
    const result = await runStep(pipeline, step, project, { bin: dirname(cli), secrets, env });
    assert.equal(result.code, 0, [step.script, ...result.output, ...result.errors].join("\n"));
    return result;
  };
  const [install, ...steps] = pipeline.jobs[job];
  assert.match(install?.script ?? "", /\bnpm ci$/);
  await run({
    script: "pulumi stack init dev",
    env: { PULUMI_CONFIG_PASSPHRASE: "secret:PULUMI_CONFIG_PASSPHRASE" },
  });
  emulator.reset();
  const shown: string[] = [];
  for (const step of steps) {
    shown.push(...(await run(step)).output);
  }
  const detail = "/vpc-endpoint-services/4189d3c2-8882-4871-a3c2-d380272eed83";
  assert.ok(emulator.requests.some(({ path }) => path.endsWith(detail)));
  return { project, shown: shown.join("\n") };
}

let backends = 0;
