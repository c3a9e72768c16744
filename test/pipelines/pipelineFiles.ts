// The jobs of the example pipelines in one form, read from the files that a user copies. Called by the tests beside it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

export const folder = join(__dirname, "..", "..", "examples", "pipelines");

/** One command of a job, and the environment that the file gives it. */
export interface Step {
  readonly script: string;
  /** Plain values, and `secret:NAME` for what comes from the system's store of secrets. */
  readonly env: Readonly<Record<string, string>>;
}

/** One of the pipelines. */
export interface Pipeline {
  readonly system: string;
  /** The audiences for which the system puts identity tokens into the environment, by the name of the variable. */
  readonly idTokens: Readonly<Record<string, string>>;
  /** The shell as the system starts it; the script is its last argument. */
  readonly shell: readonly string[];
  readonly jobs: { readonly preview: readonly Step[]; readonly up: readonly Step[] };
}

export interface GithubWorkflow {
  readonly permissions: Record<string, string>;
  readonly env: Record<string, string>;
  readonly jobs: Record<"preview" | "up", GithubJob>;
}

export interface GithubJob {
  readonly if: string;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly steps: { readonly uses?: string; readonly run?: string; readonly env?: Record<string, string> }[];
}

export interface GitlabFile {
  readonly default: {
    readonly before_script: string[];
    readonly id_tokens?: Record<string, { readonly aud: string }>;
  };
  readonly variables: Record<string, string>;
  readonly preview: GitlabJob;
  readonly up: GitlabJob;
}

export interface GitlabJob {
  readonly rules: { readonly if: string }[];
  readonly script: string[];
  readonly resource_group?: string;
  readonly interruptible: boolean;
}

export const githubWorkflow = load(textOf("github-actions.yml")) as GithubWorkflow;
export const keylessWorkflow = load(textOf("github-actions-keyless.yml")) as GithubWorkflow;
export const driftWorkflow = load(textOf("github-actions-drift.yml")) as {
  readonly on: object;
  readonly permissions: Record<string, string>;
  readonly env: Record<string, string>;
  readonly jobs: { readonly drift: GithubJob };
};
export const gitlabFile = load(textOf("gitlab-ci.yml")) as GitlabFile;
export const jenkinsfile = textOf("Jenkinsfile");

/** What every system takes from its store of secrets. */
export const secretNames = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "HW_ACCESS_KEY",
  "HW_SECRET_KEY",
];

/** What is left of these where no key of the cloud is stored. */
export const keylessSecretNames = secretNames.filter((name) => name.startsWith("PULUMI_"));

/** The commands of a job on GitHub. */
export function githubSteps(env: Record<string, string>, job: GithubJob): Step[] {
  return job.steps.flatMap((step) =>
    step.run === undefined
      ? []
      : [{ script: step.run, env: secretsIn({ ...env, ...step.env }, /^\$\{\{ secrets\.(\w+) \}\}$/) }],
  );
}

function github({ env, jobs }: GithubWorkflow): Pipeline {
  const stepsOf = (job: GithubJob) => githubSteps(env, job);
  return {
    system: "GitHub Actions",
    idTokens: {},
    shell: ["bash", "-e", "-c"],
    jobs: { preview: stepsOf(jobs.preview), up: stepsOf(jobs.up) },
  };
}

function gitlab(file: GitlabFile, maskedNames: readonly string[]): Pipeline {
  // GitLab gives every job every masked variable of the project, which no file names.
  const masked = Object.fromEntries(maskedNames.map((name) => [name, `secret:${name}`]));
  const env = { ...file.variables, ...masked };
  const { before_script, id_tokens = {} } = file.default;
  const stepsOf = ({ script }: GitlabJob): Step[] =>
    [...before_script, ...script].map((line) => ({ script: line, env }));
  return {
    system: "GitLab CI",
    idTokens: Object.fromEntries(Object.entries(id_tokens).map(([name, { aud }]) => [name, aud])),
    shell: ["bash", "-eo", "pipefail", "-c"],
    jobs: { preview: stepsOf(file.preview), up: stepsOf(file.up) },
  };
}

function jenkins(): Pipeline {
  const assigned = jenkinsfile.matchAll(/^ +(\w+) = (?:'([^']*)'|credentials\('([^']+)'\))$/gm);
  const env = Object.fromEntries(
    [...assigned].map(([, name = "", value, credential = ""]) => [
      name,
      value ?? `secret:${credential.replaceAll("-", "_").toUpperCase()}`,
    ]),
  );
  // The installation comes before the stages that are one job each, and without the credentials.
  const [, install = "", preview = "", up = ""] = jenkinsfile.split(/stage\('(?:Install|Preview|Up)'\)/);
  const stepsOf = (stage: string, env: Step["env"]): Step[] =>
    [...stage.matchAll(/^ +sh (?:'''(.*?)'''|'([^'\n]*)')$/gms)].map(([, long, short]) => ({
      script: long ?? short ?? "",
      env,
    }));
  const plain = Object.fromEntries(Object.entries(env).filter(([, value]) => !value.startsWith("secret:")));
  return {
    system: "Jenkins",
    idTokens: {},
    shell: ["sh", "-xe", "-c"],
    jobs: {
      preview: [...stepsOf(install, plain), ...stepsOf(preview, env)],
      up: [...stepsOf(install, plain), ...stepsOf(up, env)],
    },
  };
}

export const pipelines: readonly Pipeline[] = [
  github(githubWorkflow),
  gitlab(gitlabFile, secretNames),
  jenkins(),
];

/** Those that store no key of the cloud. */
export const keylessPipelines: readonly Pipeline[] = [
  github(keylessWorkflow),
  gitlab(load(textOf("gitlab-ci-keyless.yml")) as GitlabFile, keylessSecretNames),
];

function secretsIn(env: Record<string, string>, reference: RegExp): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replace(reference, "secret:$1")]),
  );
}

function textOf(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}
