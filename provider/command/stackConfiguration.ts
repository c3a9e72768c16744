// The configuration of a Pulumi stack, as the `pulumi` on PATH tells it. It holds secrets: nothing of it is printed but
// what is no secret and is asked for. Called by index.ts. Long for what is secret in it, and for why it cannot be read.
import { type ExecFileException, execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeTime, onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { configurationKeys } from "../settings/table";
import { unsupportedKeys } from "../settings/unsupported";

/** One value of the configuration, as `pulumi config --json` has it. */
interface ConfigValue {
  readonly value?: unknown;
  readonly secret?: unknown;
}

/** Why a stack's configuration cannot be read. */
export type StackTrouble = "noPulumi" | "noProject" | "noStack" | "noLogin" | "sealed" | "other";

/** A stack's configuration, of this package's two namespaces alone. */
export interface StackConfiguration {
  /** Undefined where no stack is named, or its configuration cannot be read. */
  readonly get: ((name: string) => string | undefined) | undefined;
  /** The names of the values that are kept secret, members of objects among them, and these values. */
  readonly secretNames: readonly string[];
  readonly secrets: readonly string[];
  /** The keys that are no setting of this package. */
  readonly unknownNames: readonly string[];
  /** Why it cannot be read: in one line, and as data. */
  readonly problem: VpcepError | undefined;
  readonly trouble: StackTrouble | undefined;
}

const mostMs = 60_000;
const mostBytes = 16 * 1024 * 1024;
/** How many members of objects pulumi is asked for, and how many at a time; more are secret all. */
const [mostMembers, membersAtOnce] = [40, 4];

/** The configuration of a stack of the project around this folder. */
export async function readStack(stack: string | undefined): Promise<StackConfiguration> {
  const nothing = { get: undefined, secretNames: [], secrets: [], unknownNames: [] };
  if (stack === undefined) {
    return { ...nothing, problem: undefined, trouble: undefined };
  }
  const command = `pulumi config --stack ${stack}`;
  try {
    const text = await runPulumi(["config", "--json", "--show-secrets"], stack);
    const values = valuesIn(text, command);
    const get = (name: string) => {
      const value = values.get(name)?.value;
      return typeof value === "string" ? value : undefined;
    };
    const kept = await secretsIn(values, stack);
    return {
      get,
      secretNames: kept.map(({ name }) => name),
      secrets: kept.flatMap(({ text }) => (text === "" ? [] : [text])),
      unknownNames: [...values.keys()].filter((name) => name.startsWith("vpcep:") && !known.has(name)),
      problem: undefined,
      trouble: undefined,
    };
  } catch (error) {
    if (error instanceof VpcepError) {
      return { ...nothing, problem: error, trouble: "other" };
    }
    const trouble = await troubleOf(error as Failure, stack);
    return { ...nothing, problem: problem(reasonOf(error as Failure, trouble, command)), trouble };
  }
}

const known = new Set([...configurationKeys, ...unsupportedKeys].map((key) => `vpcep:${key}`));

function valuesIn(text: string, command: string): Map<string, ConfigValue> {
  try {
    const values = Object.entries(JSON.parse(text) as Readonly<Record<string, ConfigValue>>);
    return new Map(values.filter(([name]) => /^(vpcep|huaweicloud):/.test(name)));
  } catch {
    throw problem(`\`${command}\` has not answered with JSON: use a newer Pulumi CLI`);
  }
}

/** A value, or a member of one, by the path that `pulumi config --path` takes. */
interface Member {
  readonly name: string;
  readonly text: string;
}

/** What is kept secret. Of an object that holds a secret pulumi tells which of its members are one. */
async function secretsIn(values: ReadonlyMap<string, ConfigValue>, stack: string): Promise<Member[]> {
  const kept: Member[] = [];
  for (const [name, { value, secret }] of values) {
    const members = secret === true && typeof value === "string" ? membersOf(name, value) : [];
    // One that has a single text is secret for that.
    const asked = members.length > 1 && members.length <= mostMembers ? members : [];
    const open = new Set<Member>();
    for (let at = 0; at < asked.length; at += membersAtOnce) {
      const some = asked.slice(at, at + membersAtOnce);
      const are = await Promise.all(some.map((member) => isSecret(member.name, stack)));
      for (const [index, member] of some.entries()) {
        if (!are[index]) {
          open.add(member);
        }
      }
    }
    kept.push(...members.filter((member) => !open.has(member)));
    if (members.length > 0 && open.size === 0) {
      kept.push({ name, text: "" });
    }
  }
  return kept;
}

/** Whatever pulumi does not say of a member alone, it keeps secret with the whole. */
async function isSecret(name: string, stack: string): Promise<boolean> {
  try {
    const text = await runPulumi(["config", "get", "--path", name, "--json"], stack);
    return (JSON.parse(text) as ConfigValue).secret !== false;
  } catch {
    return true;
  }
}

/** The texts in a value: of one that is no object the value itself. */
function membersOf(name: string, text: string): Member[] {
  const walk = (path: string, value: unknown): Member[] => {
    if (typeof value !== "object" || value === null) {
      return [{ name: path, text: String(value ?? "") }];
    }
    return Object.entries(value).flatMap(([key, member]) => {
      const step = Array.isArray(value)
        ? `[${key}]`
        : /^[\w-]+$/.test(key)
          ? `.${key}`
          : `[${JSON.stringify(key)}]`;
      return walk(`${path}${step}`, member);
    });
  };
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? walk(name, value) : [{ name, text }];
  } catch {
    return [{ name, text }];
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

/** A pulumi that has not answered. */
type Failure = ExecFileException & { readonly said: string };

function runPulumi(command: readonly string[], stack: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const child = execFile(
      "pulumi",
      [...command, "--non-interactive", `--stack=${stack}`],
      { env, timeout: mostMs, maxBuffer: mostBytes, encoding: "utf8" },
      (error, stdout, stderr) => {
        process.off("exit", end);
        error ? reject(Object.assign(error, { said: stderr })) : resolve(stdout);
      },
    );
    // A question of pulumi's would wait for ever.
    child.stdin?.end();
    const end = () => child.kill();
    process.once("exit", end);
  });
}

/** By the exit codes of newer CLIs; older ones have one for all. */
const troubleOfExit: Readonly<Record<string, StackTrouble>> = {
  ENOENT: "noPulumi",
  3: "noLogin",
  6: "noStack",
};

async function troubleOf({ code, killed }: Failure, stack: string): Promise<StackTrouble> {
  const byCode = troubleOfExit[code ?? ""];
  if (byCode !== undefined && (byCode === "noPulumi" || stackHere() !== undefined)) {
    return byCode;
  }
  if (stackHere() === undefined) {
    return "noProject";
  }
  if (killed || code === "EACCES") {
    return "other";
  }
  // What can be read as long as no secret is shown has secrets that cannot be.
  return runPulumi(["config", "--json"], stack).then(
    () => "sealed",
    () => "other",
  );
}

/** Why pulumi has not answered, in one line; what it printed on standard output is never a part of it. */
function reasonOf({ code, killed, said, message }: Failure, trouble: StackTrouble, command: string): string {
  if (trouble === "noPulumi") {
    return "there is no pulumi on PATH, which alone can read the configuration of a stack: install the Pulumi CLI, or leave out --stack";
  }
  if (code === "EACCES") {
    return `the pulumi on PATH cannot be run (${code})`;
  }
  if (killed) {
    return `\`${command}\` has not answered within ${describeTime(mostMs)}`;
  }
  const lines = said.split("\n").map(onOneLine).filter(Boolean);
  const reason = lines.find((line) => /^error: ./.test(line)) ?? lines[0] ?? message;
  return `\`${command}\` has failed: ${reason.replace(/^error: /, "").slice(0, 300)}`;
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
