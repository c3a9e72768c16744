// Proves what the example pipelines declare: least permissions, one update at a time, secrets from the store alone.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folder, githubWorkflow, gitlabFile, jenkinsfile, pipelines, secretNames } from "./pipelineFiles";

const actionlint = spawnSync("actionlint", ["-version"], { encoding: "utf8" });
const missing = actionlint.status === 0 ? "" : ", skipped: no actionlint on PATH";

describe("what the example pipelines declare", () => {
  it("is the same on every system: the same commands, with the same settings and secrets", () => {
    const [github, ...others] = pipelines;
    const normalised = (pipeline: (typeof pipelines)[number] | undefined) =>
      (["preview", "up"] as const).map((job) =>
        pipeline?.jobs[job].map(({ script }) => script.replaceAll(/^ +|\n+ *$/gm, "").trim()),
      );
    assert.equal(others.length, 2);
    for (const other of others) {
      assert.deepEqual(normalised(other), normalised(github), other.system);
    }
    for (const { system, jobs } of pipelines) {
      for (const { script, env } of [...jobs.preview, ...jobs.up]) {
        if (script.startsWith("pulumi ")) {
          assert.deepEqual(
            Object.entries(env).filter(([, value]) => value.startsWith("secret:")),
            secretNames.map((name) => [name, `secret:${name}`]),
            `${system}: ${script}`,
          );
        }
        assert.deepEqual(
          Object.entries(env).filter(([, value]) => !value.startsWith("secret:")),
          [
            ["PULUMI_STACK", "dev"],
            ["PULUMI_BACKEND_URL", "https://api.pulumi.com"],
            ["HW_REGION_NAME", "eu-de"],
          ],
        );
      }
    }
  });

  it("previews with the difference, and updates with nobody to ask", () => {
    for (const { jobs } of pipelines) {
      assert.deepEqual(
        [...jobs.preview, ...jobs.up]
          .map(({ script }) => script)
          .filter((script) => /^pulumi (preview|up)/.test(script)),
        [
          'pulumi preview --diff --non-interactive --stack "$PULUMI_STACK"',
          'pulumi up --yes --non-interactive --stack "$PULUMI_STACK"',
        ],
      );
    }
  });

  it("lets GitHub's token read the repository and nothing else, and installs without secrets", () => {
    assert.deepEqual(githubWorkflow.permissions, { contents: "read" });
    for (const { steps } of Object.values(githubWorkflow.jobs)) {
      assert.deepEqual(
        steps.flatMap(({ uses }) => uses ?? []),
        ["actions/checkout@v7", "actions/setup-node@v7", "pulumi/actions@v7"],
      );
      assert.equal(steps.find(({ run }) => run === "npm ci")?.env, undefined);
    }
  });

  it("lets no two updates run at the same time, and cancels none", () => {
    const { preview, up } = githubWorkflow.jobs;
    assert.deepEqual(up.concurrency, { group: "vpcep-up", "cancel-in-progress": false });
    assert.notEqual(preview.concurrency.group, up.concurrency.group);
    assert.equal(gitlabFile.up.resource_group, "vpcep-up");
    assert.equal(gitlabFile.up.interruptible, false);
    assert.match(jenkinsfile, /^ +disableConcurrentBuilds\(\)$/m);
  });

  it("updates on main alone, and previews what is proposed from the repository itself", () => {
    const { preview, up } = githubWorkflow.jobs;
    const on = (githubWorkflow as unknown as { on: object }).on;
    assert.deepEqual(on, { pull_request: null, push: { branches: ["main"] } });
    assert.equal(up.if, "github.event_name == 'push'");
    assert.match(preview.if, /head\.repo\.full_name == github\.repository$/);
    assert.deepEqual(gitlabFile.up.rules, [{ if: '$CI_COMMIT_BRANCH == "main"' }]);
    assert.deepEqual(gitlabFile.preview.rules, [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    assert.match(jenkinsfile, /stage\('Preview'\) \{\s+when \{ changeRequest\(\) \}/);
    assert.match(jenkinsfile, /stage\('Up'\) \{\s+when \{ branch 'main' \}/);
  });

  it("keeps Groovy out of every command, since it would write secrets into it", () => {
    const commands = jenkinsfile.match(/^ +sh .*$/gm) ?? [];
    assert.ok(commands.length >= 6);
    assert.deepEqual(
      commands.filter((line) => !/^ +sh '/.test(line)),
      [],
    );
  });

  it("names every file and every secret in its README", () => {
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    for (const name of [...readdirSync(folder), ...secretNames].filter((name) => name !== "README.md")) {
      assert.ok(readme.includes(`\`${name}\``), name);
    }
  });

  it(`is what actionlint takes without a word${missing}`, function () {
    if (missing) {
      this.skip();
    }
    const files = readdirSync(folder)
      .filter((name) => name.startsWith("github-"))
      .map((name) => join(folder, name));
    const { status, stdout, stderr } = spawnSync("actionlint", ["-no-color", ...files], { encoding: "utf8" });
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
  });
});
