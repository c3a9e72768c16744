// What to type next when a step of the doctor's has failed: chosen by what is known as data, never by the words of an error,
// which may be a server's. Pure; called by doctor.ts. Long for a remedy of each kind of failure.
import { onOneLine } from "../errors/describeValue";
import { type Proxies, routeTo } from "../http/proxy";
import { type Setting, type SettingKey, type SettingPlace, settingsTable } from "../settings/table";
import type { Examination, Failed, Remedy, SettingsReport, StepName } from "./findings";
import type { StackConfiguration, StackTrouble } from "./stackConfiguration";

/** What is known beside the failure. */
export interface Surroundings extends Pick<Examination, "rightProject"> {
  readonly report: SettingsReport;
  readonly run: {
    readonly line: readonly string[];
    readonly settings: Readonly<Record<string, { readonly value: string; readonly from: string }>>;
    readonly others: Readonly<Record<string, string>>;
  };
  readonly stack: Pick<StackConfiguration, "trouble" | "secretNames">;
  /** The stack whose configuration could be read, where none was asked for. */
  readonly unreadStack: string | undefined;
  readonly proxies: Proxies;
  /** Takes secrets out of what a command is made of. */
  readonly clean: (text: string) => string;
}

interface Known extends Surroundings, Failed {
  /** The same command line once more. */
  readonly again: string;
}

/** The remedy for a failure. */
export function remedyFor(failed: Failed, surroundings: Surroundings): Remedy {
  const { line } = surroundings.run;
  const known = { ...surroundings, ...failed, again: commandOf(line, surroundings) };
  const remedy =
    ofStack(known) ??
    ofPassing(known) ??
    ofSettings(known) ??
    ofConnection(known) ??
    remedies[failed.step]?.(known);
  return remedy ?? { say: "Correct it, and type", type: [known.again] };
}

/** A stack that cannot be read, or one that could be and may have what is missing. */
function ofStack(known: Known): Remedy | undefined {
  const { stack, report, step, error, unreadStack, run } = known;
  if (stack.trouble && step === "settings") {
    return troubles[stack.trouble](known);
  }
  const { missing, settings = [] } = error.fault;
  const isInFile = settings.some((name) => report.names.get(name)?.place === "file");
  const mayHaveIt = missing === "any" ? step === "settings" && !isInFile : report.kind === "metadata";
  return unreadStack !== undefined && missing !== undefined && mayHaveIt
    ? {
        say: "If the stack's configuration has it, type",
        type: [commandOf([...run.line, "--stack", unreadStack], known)],
      }
    : undefined;
}

/** What to do where a stack cannot be read. */
const troubles: Readonly<Record<StackTrouble, (known: Known) => Remedy>> = {
  noPulumi: ({ run, ...known }) => ({
    say: "Install the Pulumi CLI (https://www.pulumi.com/docs/install), or without the stack, type",
    type: [commandOf(withoutOption(run.line, "--stack"), known)],
  }),
  noProject: ({ again }) => ({ say: "In the folder of the Pulumi project, type", type: [again] }),
  noStack: () => ({ type: ["pulumi stack ls"] }),
  noLogin: () => ({ type: ["pulumi login"] }),
  sealed: () => ({
    say: "If its secrets are kept by a passphrase, type",
    type: ["export PULUMI_CONFIG_PASSPHRASE=..."],
  }),
  other: ({ run, clean }) => ({
    type: [`pulumi config --stack ${quoted(clean(run.others["stack"] ?? ""))}`],
  }),
};

/** What passes by itself, and a clock that is off. */
function ofPassing({ error, again }: Known): Remedy | undefined {
  const { code, status = 0, fault } = error;
  if (code === "VPCEP_THROTTLED" || (code === "VPCEP_API" && status >= 500)) {
    return { say: "No setting is wrong. Later, type", type: [again] };
  }
  return fault.kind === "clock" ? { say: "Set this machine's clock, and type", type: [again] } : undefined;
}

/** Settings that are wrong or missing: set where they came from, or where they would count. */
function ofSettings(known: Known): Remedy | undefined {
  const { step, error, report, rightProject } = known;
  const { missing, settings = [] } = error.fault;
  if (known.settings) {
    return toSetAll(known.settings, known, rightProject);
  }
  if (settings.length > 0) {
    const chosen = missing === "any" ? preferred(settings, known) : settings;
    const other = step === "project" ? preferred(report.projectNames, known) : [];
    return toSetAll(chosen, known) ?? toSetAll(other, known);
  }
  if (missing === "all") {
    const keys: readonly SettingKey[] = ["accessKey", "secretKey"];
    return toSetAll(
      keys.flatMap((key) => preferred(report.waysToSet(key), known)),
      known,
    );
  }
  if (step === "credential" && error.code === "VPCEP_AUTH") {
    return toSetAll(report.credentialNames, known);
  }
  return step === "project" && error.code === "VPCEP_FORBIDDEN"
    ? toSetAll(preferred(report.projectNames, known), known)
    : undefined;
}

/** Where something that is missing is best set: for good, before for once. */
const byPreference: readonly SettingPlace[] = ["stack", "environment", "file", "option"];

function preferred(names: readonly string[], { report }: Known): string[] {
  return byPreference
    .flatMap((place) => names.filter((name) => report.names.get(name)?.place === place))
    .slice(0, 1);
}

/** The commands that set all of these; a file is edited. Undefined where one of them is no setting. */
function toSetAll(names: readonly string[], known: Known, right?: string): Remedy | undefined {
  const { report, again, error } = known;
  const found = names.flatMap((name) => {
    const named = report.names.get(name);
    return named ? [{ name, ...named }] : [];
  });
  if (found.length === 0 || found.length < names.length) {
    return undefined;
  }
  const type = found.flatMap(({ name, key, place }) => {
    const value =
      key === "region" ? "eu-de" : key === "projectId" && right ? quoted(known.clean(right)) : "...";
    return toSet[place]?.(name, value, key, known) ?? [];
  });
  return type.length === names.length
    ? { type }
    : { say: `${error.fault.missing ? "Set" : "Correct"} ${names.join(" and ")}, and type`, type: [again] };
}

type ToSet = (name: string, value: string, key: SettingKey, known: Known) => string;

/** How a setting is set by a command: what stands in a file is edited. */
const toSet: { readonly [Place in SettingPlace]?: ToSet } = {
  environment: (name, value) => `export ${name}=${value}`,
  stack: (name, value, key, { run, stack, clean }) => {
    const { secret }: Setting = settingsTable[key];
    const options = [
      ...(/[.[]/.test(name) ? ["--path"] : []),
      ...(secret || stack.secretNames.includes(name) ? ["--secret"] : []),
      `--stack ${quoted(clean(run.others["stack"] ?? ""))}`,
    ];
    return ["pulumi config set", quoted(name), value, ...options].join(" ");
  },
  option: (name, value, _, known) =>
    `${commandOf(withoutOption(known.run.line, name), known)} ${name} ${value}`,
};

/** A host that cannot be reached, or is not who it should be. */
function ofConnection({ step, error, report, proxies, again, clean }: Known): Remedy | undefined {
  const { endpoint, authUrl, stsUrl } = report;
  const { code, fault } = error;
  const isOfWay = ["VPCEP_CONNECTION", "VPCEP_TIMEOUT", "VPCEP_RESPONSE"].includes(code);
  if (!isOfWay && !(step === "host" && code === "VPCEP_API")) {
    return undefined;
  }
  const origin = [endpoint, authUrl, stsUrl].find((one) => one && new URL(one).host === fault.host);
  if (origin === undefined) {
    return undefined;
  }
  if (fault.kind === "certificate") {
    const set = report.settings["caFile"]?.origin;
    return set && report.names.get(set)?.place !== "environment"
      ? { say: `If the authority is your own, name it in ${set}, and type`, type: [again] }
      : {
          say: "If the authority is your own, type",
          type: [`OS_CACERT=/path/to/authority.pem ${again}`],
        };
  }
  if (routeTo(origin, proxies).proxy) {
    return {
      say: "To see whether it works without the proxy, type",
      type: [`${proxies.noProxyFrom}=${quoted(clean(new URL(origin).hostname))} ${again}`],
    };
  }
  const [what, path] = origin === authUrl && origin !== endpoint ? ["IAM", "/v3"] : ["it", "/"];
  return {
    say: `To see whether this machine reaches ${what}, type`,
    type: [`curl -v ${quoted(clean(`${origin}${path}`))}`],
  };
}

const remedies: { readonly [Step in StepName]?: (known: Known) => Remedy | undefined } = {
  credential: ({ error, again }) =>
    error.code === "VPCEP_FORBIDDEN"
      ? { say: "Have the permission given, and type", type: [again] }
      : undefined,
  permission({ report, again }) {
    const orToken = report.kind === "token" ? ", or take a token of this project" : "";
    return { say: `Have the permission given${orToken}, and type`, type: [again] };
  },
  service(known) {
    const { error, run } = known;
    // A list reads no stack, and would ask elsewhere.
    if (error.code !== "VPCEP_NOT_FOUND" || run.others["stack"] !== undefined) {
      return undefined;
    }
    const { account } = run.others;
    const options = Object.values(run.settings).flatMap(({ value, from }) =>
      from === "--timeout" ? [] : [from, value],
    );
    const line = ["list", ...options, ...(account === undefined ? [] : ["--account", account])];
    return { say: "To see which services there are, type", type: [commandOf(line, known)] };
  },
};

/** A command line of this program, as a shell takes it. */
function commandOf(line: readonly string[], { clean }: Pick<Known, "clean">): string {
  const parts = line.filter((part) => part !== "--json").map((part) => quoted(clean(part)));
  return ["pulumi-vpcep", ...parts].join(" ");
}

/** A command line without an option and its value. */
function withoutOption(line: readonly string[], flag: string): string[] {
  const at = line.findIndex((part) => part === flag || part.startsWith(`${flag}=`));
  return at === -1 ? [...line] : line.toSpliced(at, line[at] === flag ? 2 : 1);
}

/** A text as a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${onOneLine(text).replaceAll("'", "'\\''")}'`;
}
