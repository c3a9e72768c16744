// The configuration of a Pulumi stack, as the `pulumi` on PATH tells it. It holds secrets: nothing of it is printed but
// what is no secret and is asked for. Called by doctor.ts.
import { type ExecFileException, execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeTime, onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";

/** One value of the configuration, as `pulumi config --json` has it. */
interface ConfigValue {
  readonly value?: unknown;
  readonly secret?: unknown;
}

/** A stack's configuration, of this package's two namespaces alone. */
export interface StackConfiguration {
  /** Undefined where no stack is named, or its configuration cannot be read. */
  readonly get: ((name: string) => string | undefined) | undefined;
  /** The names of the values that are kept secret, whatever they are, and these values. */
  readonly secretNames: readonly string[];
  readonly secrets: readonly string[];
  /** Why it cannot be read, in one line. */
  readonly problem: VpcepError | undefined;
}

const mostMs = 60_000;
const mostBytes = 16 * 1024 * 1024;

/** The configuration of a stack of the project around this folder. */
export async function readStack(stack: string | undefined): Promise<StackConfiguration> {
  const none = { get: undefined, secretNames: [], secrets: [], problem: undefined };
  if (stack === undefined) {
    return none;
  }
  const command = `pulumi config --stack ${stack}`;
  const args = ["config", "--json", "--show-secrets", "--non-interactive", `--stack=${stack}`];
  try {
    const values = valuesIn(await runPulumi(args, command), command);
    const get = (name: string) => {
      const value = values.get(name)?.value;
      return typeof value === "string" ? value : undefined;
    };
    const secretNames = [...values].flatMap(([name, { secret }]) => (secret === true ? [name] : []));
    return { get, secretNames, secrets: secretNames.flatMap((name) => get(name) ?? []), problem: undefined };
  } catch (problem) {
    if (!(problem instanceof VpcepError)) {
      throw problem;
    }
    return { ...none, problem };
  }
}

function valuesIn(text: string, command: string): Map<string, ConfigValue> {
  try {
    const values = Object.entries(JSON.parse(text) as Readonly<Record<string, ConfigValue>>);
    return new Map(values.filter(([name]) => /^(vpcep|huaweicloud):/.test(name)));
  } catch {
    throw problem(`\`${command}\` has not answered with JSON: use a newer Pulumi CLI`);
  }
}

/** The stack of the Pulumi project around this folder, or what stands for its name; undefined outside of any. */
export function stackHere(): string | undefined {
  const stacks = stacksOfProject(process.cwd());
  return stacks && (stacks.length === 1 ? stacks[0] : "NAME");
}

/** The stacks that the Pulumi project around a folder has files of; undefined outside of any project. */
function stacksOfProject(from: string): readonly string[] | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(folder, name)))) {
      return readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? []);
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
}

function runPulumi(args: readonly string[], command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const child = execFile(
      "pulumi",
      args,
      { env, timeout: mostMs, maxBuffer: mostBytes, encoding: "utf8" },
      (error, stdout, stderr) => {
        process.off("exit", end);
        if (!error) {
          resolve(stdout);
          return;
        }
        reject(problem(reasonOf(error, stderr, command)));
      },
    );
    // A question of pulumi's would wait for ever.
    child.stdin?.end();
    const end = () => child.kill();
    process.once("exit", end);
  });
}

/** Why pulumi has not answered, in one line; what it printed on standard output is never a part of it. */
function reasonOf(error: ExecFileException, stderr: string, command: string): string {
  if (error.code === "ENOENT") {
    return `there is no pulumi on PATH, which alone can read the configuration of a stack: install the Pulumi CLI, or leave out --stack`;
  }
  if (error.code === "EACCES") {
    return `the pulumi on PATH cannot be run (${error.code})`;
  }
  if (error.killed) {
    return `\`${command}\` has not answered within ${describeTime(mostMs)}`;
  }
  const lines = stderr.split("\n").map(onOneLine).filter(Boolean);
  const said = lines.find((line) => /^error: ./.test(line)) ?? lines[0] ?? error.message;
  return `\`${command}\` has failed: ${said.replace(/^error: /, "").slice(0, 300)}`;
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
