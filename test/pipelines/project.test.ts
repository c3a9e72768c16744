// Proves what the project's own workflows declare, as far as that can be told without running them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import manifest from "../../package.json";
import { githubWorkflow } from "./pipelineFiles";

const folder = join(__dirname, "..", "..", ".github");
const files = globSync("workflows/*.yml", { cwd: folder }).sort();
const read = <Content>(file: string) => load(readFileSync(join(folder, file), "utf8")) as Content;

interface Workflow {
  readonly permissions: object;
  readonly jobs: Record<
    string,
    {
      readonly permissions?: object;
      readonly "timeout-minutes"?: number;
      readonly strategy?: { readonly matrix: { readonly os: string[]; readonly node: string[] } };
      readonly steps: { readonly uses?: string; readonly run?: string; readonly with?: object }[];
    }
  >;
}

const workflows = files.map((file) => read<Workflow>(file));
const jobs = workflows.flatMap((workflow) => Object.entries(workflow.jobs));
const [release, test] = workflows;

const actionlint = spawnSync("actionlint", ["-version"], { encoding: "utf8" });
const missing = actionlint.status === 0 ? "" : ", skipped: no actionlint on PATH";

describe("the project's own workflows", () => {
  it("may read the repository, and to publish have an identity, and nothing else", () => {
    assert.deepEqual(files.length, 2);
    for (const { permissions } of workflows) {
      assert.deepEqual(permissions, { contents: "read" });
    }
    assert.deepEqual(
      jobs.flatMap(([name, { permissions }]) => (permissions ? [[name, permissions]] : [])),
      [["release", { contents: "read", "id-token": "write" }]],
    );
    assert.doesNotMatch(files.map((file) => readFileSync(join(folder, file), "utf8")).join(), /secrets\./);
  });

  it("use the actions that the examples use, keep no credential of git, and end", () => {
    const known = Object.values(githubWorkflow.jobs).flatMap(({ steps }) => steps.map(({ uses }) => uses));
    for (const [name, { steps, "timeout-minutes": timeout }] of jobs) {
      assert.ok(timeout !== undefined && timeout <= 60, name);
      for (const { uses, with: given } of steps.filter((step) => step.uses !== undefined)) {
        assert.ok(known.includes(uses), uses);
        assert.ok(!uses?.startsWith("actions/checkout@") || "persist-credentials" in (given ?? {}), name);
      }
    }
  });

  it("run scripts that there are", () => {
    const scripts = jobs.flatMap(([, { steps }]) =>
      steps.flatMap(({ run = "" }) => [...run.matchAll(/npm (?:run )?(test\S*|build|docs|start)/g)]),
    );
    assert.ok(scripts.length >= 6);
    for (const [command, script = ""] of scripts) {
      assert.ok(Object.hasOwn(manifest.scripts, script), command);
    }
  });

  it("test the lowest Node that the package takes and the newest, on three systems", () => {
    const { os, node } = test?.jobs["test"]?.strategy?.matrix ?? {};
    assert.deepEqual(os, ["ubuntu-latest", "macos-latest", "windows-latest"]);
    assert.deepEqual(node, [`${manifest.engines.node.replace(">=", "")}.0`, "latest"]);
  });

  it("publish what was packed, after all checks, with provenance", () => {
    const runs = release?.jobs["release"]?.steps.flatMap(({ run }) => run ?? []) ?? [];
    const at = (part: string) => runs.findIndex((run) => run.includes(part));
    const order = [
      "npm ci",
      "npm test",
      "npm run test:package",
      "npm pkg set repository",
      "npm pack",
      "publint",
    ];
    const positions = [...order, "npm publish --provenance"].map(at);
    assert.ok(!positions.includes(-1), String(positions));
    assert.deepEqual(
      positions,
      [...positions].sort((a, b) => a - b),
    );
    assert.match(runs.at(-1) ?? "", /\.tgz$/);
  });

  it("have dependencies updated by the week, in groups", () => {
    const { updates } = read<{ updates: { schedule: object; groups: object }[] }>("dependabot.yml");
    for (const { schedule, groups } of updates) {
      assert.deepEqual(schedule, { interval: "weekly" });
      assert.ok(Object.keys(groups).length > 0);
    }
  });

  for (const form of ["problem", "wish"]) {
    it(`ask for doctor --json in the form ${form}`, () => {
      const { body } = read<{ body: { id?: string; attributes: { description?: string } }[] }>(
        `ISSUE_TEMPLATE/${form}.yml`,
      );
      const doctor = body.find(({ id }) => id === "doctor");
      assert.match(doctor?.attributes.description ?? "", /`npx pulumi-vpcep doctor --json`/);
    });
  }

  it(`are what actionlint takes without a word${missing}`, function () {
    if (missing) {
      this.skip();
    }
    const paths = files.map((file) => join(folder, file));
    const { status, stdout } = spawnSync("actionlint", ["-no-color", ...paths], { encoding: "utf8" });
    assert.deepEqual({ status, stdout }, { status: 0, stdout: "" });
  });
});
