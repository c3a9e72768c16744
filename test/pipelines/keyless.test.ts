// Proves the pipelines that store no key of the cloud: what they declare, an update with exactly what they and their system
// put into the environment, and all of their steps with the CLI where there is one.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, emulatorDefaults, startEmulator } from "../../sdk/testing";
import { engines, findCli, Workspace } from "../engine/engines";
import { checkOut, runJob, runStep } from "./checkout";
import {
  folder,
  keylessPipelines,
  keylessSecretNames,
  keylessWorkflow,
  type Pipeline,
  pipelines,
} from "./pipelineFiles";

const vpc = "4189d3c2-8882-4871-a3c2-d380272eed80";
const cli = findCli();
const secrets = { PULUMI_CONFIG_PASSPHRASE: "pipeline" };

describe("the pipelines without a stored key", () => {
  const workspace = new Workspace();
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({
      tokens: [],
      keys: [],
      users: [],
      identityProviders: [
        { ...emulatorDefaults.identityProvider, id: "github-actions" },
        { id: "gitlab", audience: "https://gitlab.com", issuer: "https://gitlab.com" },
      ],
    });
  });
  beforeEach(() => emulator.reset());
  after(async () => {
    await emulator?.close();
    workspace.remove();
  });

  /** What the system itself puts into the environment of a job. */
  function systemEnvironment({ system, idTokens }: Pipeline): Record<string, string> {
    const issued = Object.entries(idTokens).map(([name, audience]) => [
      name,
      emulator.issueIdToken({ audience, issuer: "https://gitlab.com" }),
    ]);
    return {
      ...(system === "GitHub Actions" ? emulator.gitHubEnvironment : {}),
      ...Object.fromEntries(issued),
    };
  }

  it("lets GitHub's jobs ask for a token and read the repository, and nothing else", () => {
    assert.deepEqual(keylessWorkflow.permissions, { contents: "read", "id-token": "write" });
    assert.doesNotMatch(
      readFileSync(join(folder, "github-actions-keyless.yml"), "utf8"),
      /HW_ACCESS|HW_SECRET/,
    );
  });

  for (const pipeline of keylessPipelines) {
    describe(`on ${pipeline.system}`, () => {
      const keyed = pipelines.find(({ system }) => system === pipeline.system) as Pipeline;

      it("do what those with a key do, with no secret but Pulumi's own", () => {
        for (const job of ["preview", "up"] as const) {
          const scripts = ({ jobs }: Pipeline) =>
            jobs[job].map(({ script }) => script.replace(/^env .* npm/, "npm"));
          assert.deepEqual(scripts(pipeline), scripts(keyed));
          for (const { script, env } of pipeline.jobs[job].filter((step) =>
            step.script.startsWith("pulumi "),
          )) {
            const stored = Object.entries(env).filter(([, value]) => value.startsWith("secret:"));
            assert.deepEqual(
              stored,
              keylessSecretNames.map((name) => [name, `secret:${name}`]),
              script,
            );
          }
        }
      });

      it("install with no way to a token", async () => {
        const project = checkOut(workspace);
        const bin = join(project, "npm-stand-in");
        mkdirSync(bin);
        writeFileSync(join(bin, "npm"), '#!/bin/sh\necho "npm $*"\nenv\n');
        chmodSync(join(bin, "npm"), 0o755);
        const system = systemEnvironment(pipeline);
        assert.notDeepEqual(system, {});
        for (const job of ["preview", "up"] as const) {
          const [install] = pipeline.jobs[job];
          assert.ok(install);
          const { output } = await runStep(pipeline, install, project, { bin, secrets, env: system });
          assert.equal(output[0], "npm ci");
          const seen = output.map((line) => line.split("=", 1)[0]);
          assert.ok(seen.includes("HW_ASSUME_ROLE_IDP_ID"));
          assert.deepEqual(
            seen.filter((name) => Object.keys(system).includes(name ?? "")),
            [],
          );
        }
      });

      it("read the service with the job's identity alone, and show no token", async () => {
        const [embedded] = engines();
        const up = pipeline.jobs.up.find(({ script }) => script.startsWith("pulumi up"));
        const declared = Object.entries(up?.env ?? {}).filter(([name]) => name.startsWith("HW_"));
        const { VPCEP_ENDPOINT = "", HW_AUTH_URL = "" } = emulator.environment;
        const system = systemEnvironment(pipeline);
        const stack = embedded?.createStack({
          project: checkOut(workspace),
          backend: workspace.backend(pipeline.system.replaceAll(" ", "-")),
          env: {
            ...Object.fromEntries(declared),
            ...system,
            VPCEP_ENDPOINT,
            HW_AUTH_URL,
          },
        });
        const result = await stack?.up();
        assert.equal(result?.outputs["vpc_id"], vpc, result?.output);
        const exchanges = emulator.requests.filter(({ path }) => path === "/v3.0/OS-AUTH/id-token/tokens");
        assert.deepEqual(
          exchanges.map(({ headers, status }) => [headers["x-idp-id"], status]),
          [[up?.env["HW_ASSUME_ROLE_IDP_ID"], 201]],
        );
        assert.ok(emulator.requests.every(({ authentication }) => authentication !== "signature"));
        const shown = `${result?.output}${await stack?.storedState()}`;
        for (const token of [...Object.values(system).filter((value) => !value.startsWith("http")), "eyJ"]) {
          assert.ok(!shown.includes(token));
        }
      });

      for (const job of ["preview", "up"] as const) {
        it(`run the steps of the job ${job} with the CLI${cli ? "" : ", skipped: no pulumi on PATH"}`, async function () {
          if (!cli) {
            this.skip();
          }
          const env = systemEnvironment(pipeline);
          const { shown } = await runJob(pipeline, job, { workspace, emulator, cli, secrets, env });
          assert.ok(
            shown.includes(job === "preview" ? `vpc_id: "${vpc}"` : `allow TCP 8081 to VPC ${vpc}`),
            shown,
          );
        });
      }
    });
  }
});
