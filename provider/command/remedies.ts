// What to type next when a step of the doctor's has failed. Pure; called by doctor.ts.
import { onOneLine } from "../errors/describeValue";
import { type Setting, settingsTable } from "../settings/table";
import type { Examination, Failed, Remedy, SettingsReport, StepName } from "./findings";

/** What is known beside the failure. */
export interface Surroundings extends Pick<Examination, "rightProject"> {
  readonly report: SettingsReport;
  /** The command line as it was given. */
  readonly line: readonly string[];
  /** The stack whose configuration was asked for, else one whose could be. */
  readonly stack: string | undefined;
  readonly unreadStack: string | undefined;
}

interface Known extends Surroundings {
  readonly error: Failed["error"];
  /** The same command line once more. */
  readonly again: string;
}

/** The remedy for a failure. */
export function remedyFor({ step, error }: Failed, surroundings: Surroundings): Remedy {
  const { report, line, unreadStack } = surroundings;
  const again = ["pulumi-vpcep", ...line.filter((part) => part !== "--json").map(quoted)].join(" ");
  if (unreadStack !== undefined && isMissing(step, report)) {
    return {
      say: "If the stack's configuration has it, type",
      type: [`${again} --stack ${quoted(unreadStack)}`],
    };
  }
  const remedy = remedies[step]({ ...surroundings, error, again });
  return remedy ?? { say: "Correct it, and type", type: [again] };
}

/** Whether what the step needs is nowhere to be found. */
function isMissing(step: StepName, { settings, kind }: SettingsReport): boolean {
  return step === "settings"
    ? settings["region"]?.value === null
    : step === "credential" && kind === "metadata";
}

const remedies: Readonly<Record<StepName, (known: Known) => Remedy | undefined>> = {
  settings({ report, error, stack }) {
    const reading = stack === undefined ? undefined : remedyOfPulumi(error.message, stack);
    if (reading) {
      return reading;
    }
    return isMissing("settings", report)
      ? { type: [toSet(stack === undefined ? "HW_REGION_NAME" : "vpcep:region", "eu-de", stack)] }
      : undefined;
  },
  credential({ report, error, stack }) {
    const missing = /, but (\S+) is not: /.exec(error.message)?.[1];
    if (missing !== undefined) {
      return { type: [toSet(missing, "...", stack)] };
    }
    if (isMissing("credential", report)) {
      const names =
        stack === undefined ? ["HW_ACCESS_KEY", "HW_SECRET_KEY"] : ["vpcep:accessKey", "vpcep:secretKey"];
      return { type: names.map((name) => toSet(name, "...", stack)) };
    }
    const names = report.credentials[0]?.from.split(", ").filter(isSettable) ?? [];
    if (error.code === "VPCEP_AUTH" && names.length > 0) {
      return { type: names.map((name) => toSet(name, "...", stack)) };
    }
    return remedyOfIam(error, report);
  },
  project({ report, error, rightProject, stack }) {
    const origin = report.settings["projectId"]?.origin ?? "";
    const name = isSettable(origin) ? origin : "HW_PROJECT_ID";
    return remedyOfIam(error, report) ?? { type: [toSet(name, rightProject ?? "...", stack)] };
  },
  host({ report, error, again }) {
    const { endpoint = "" } = report;
    if (error.code === "VPCEP_CONFIG") {
      return undefined;
    }
    if (/certificate|trusted/.test(error.message)) {
      return {
        say: "If the authority is your own, type",
        type: [`OS_CACERT=/path/to/authority.pem ${again}`],
      };
    }
    return report.settings["proxy"]?.value
      ? {
          say: "To see whether it works without the proxy, type",
          type: [`NO_PROXY=${new URL(endpoint).hostname} ${again}`],
        }
      : { say: "To see whether this machine reaches it, type", type: [`curl -v ${endpoint}/`] };
  },
  permission({ report, again }) {
    const orToken = report.kind === "token" ? ", or take a token of this project" : "";
    return { say: `Have the permission given${orToken}, and type`, type: [again] };
  },
  service() {
    return { say: "To see which services there are, type", type: ["pulumi-vpcep list"] };
  },
};

/** What to do about an IAM that has not answered. */
function remedyOfIam({ code }: Failed["error"], { authUrl }: SettingsReport): Remedy | undefined {
  return code === "VPCEP_CONNECTION" || code === "VPCEP_TIMEOUT"
    ? { say: "To see whether this machine reaches IAM, type", type: [`curl -v ${authUrl}/v3`] }
    : undefined;
}

/** What pulumi says when it does not tell a stack's configuration, and what to type then. */
const pulumiRemedies: readonly (readonly [RegExp, string])[] = [
  [/no pulumi on PATH/, "pulumi version"],
  [/no stack named/, "pulumi stack ls"],
  [/passphrase/, "export PULUMI_CONFIG_PASSPHRASE=..."],
  [/PULUMI_ACCESS_TOKEN|pulumi login/, "pulumi login"],
];

function remedyOfPulumi(message: string, stack: string): Remedy | undefined {
  if (!/^(`pulumi |there is no pulumi|the pulumi )/.test(message)) {
    return undefined;
  }
  const known = pulumiRemedies.find(([says]) => says.test(message));
  return { type: [known?.[1] ?? `pulumi config --stack ${quoted(stack)}`] };
}

/** Whether a command can set what has this name: what stands in a file is edited. */
function isSettable(name: string): boolean {
  return /^((vpcep|huaweicloud):)?\w+$/.test(name);
}

/** The command that sets a value, in the stack's configuration or in the environment. */
function toSet(name: string, value: string, stack: string | undefined): string {
  const key = /:(\w+)$/.exec(name)?.[1];
  if (key === undefined) {
    return `export ${name}=${value}`;
  }
  const table: Readonly<Record<string, Setting>> = settingsTable;
  const options = [
    ...(table[key]?.secret ? ["--secret"] : []),
    ...(stack === undefined ? [] : [`--stack ${quoted(stack)}`]),
  ];
  return ["pulumi config set", name, value, ...options].join(" ");
}

/** A text as a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w./@=-]+$/.test(text) ? text : `'${onOneLine(text).replaceAll("'", "'\\''")}'`;
}
