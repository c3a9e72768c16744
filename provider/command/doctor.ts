// `pulumi-vpcep doctor`: which settings would be used and where each comes from, and whether they work, step by step. It
// tells all it knows even where something is missing, and no secret. Called by index.ts.

import { kindLabels } from "../credentials/chain";
import type { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { proxySecrets, readProxies, routeTo } from "../http/proxy";
import { lookups } from "../lookups";
import type { CommandRun } from "./commandLine";
import { printSettings, printSteps, type Told } from "./doctorPage";
import { type Examination, type SettingsReport, type Step, type StepName, stepNames } from "./findings";
import { failureJson, outputPage, type Progress, printJson } from "./output";
import { remedyFor } from "./remedies";
import { type StackConfiguration, stackHere } from "./stackConfiguration";

/** Tells what is set, has it tried, and tells how that went; answers the failure, where there is one. */
export async function doctor(
  run: CommandRun,
  report: SettingsReport,
  stack: StackConfiguration,
  examine: (clean: (text: string) => string) => Promise<Examination>,
  progress: Progress,
): Promise<VpcepError | undefined> {
  const { json, others } = run;
  const clean = cleaner(report, stack);
  const page = outputPage();
  const shown = {
    settings: Object.fromEntries(
      Object.entries(report.settings).map(([name, { value, origin }]) => [
        name,
        { value: value && clean(value), origin: origin && clean(origin) },
      ]),
    ),
    unknownSettings: report.unknownNames.map(clean),
  };
  if (!json) {
    progress.clear();
    const isWrong = report.problems.some(({ step }) => step === "settings");
    printSettings(shown, isWrong, page);
  }
  const examined = await examine(clean);
  const { failed, rightProject } = examined;
  const unreadStack = others["stack"] === undefined ? stackHere() : undefined;
  const proxies = readProxies(process.env);
  const inCommands = (text: string) => clean(text).replaceAll("[redacted]", "SECRET");
  const remedy =
    failed &&
    remedyFor(failed, { report, run, stack, unreadStack, rightProject, proxies, clean: inCommands });
  const error = failed && withoutSecrets(failed.error, clean);
  const told: Told = {
    failedStep: failed?.step ?? null,
    ...(error ? failureJson(error) : {}),
    next: remedy?.type ?? [],
    steps: stepsOf(report, examined, run.args["id"] as string | undefined).map(({ says, ...step }) => ({
      ...step,
      says: says && clean(says),
    })),
  };
  progress.clear();
  if (json) {
    const credentials = report.credentials.map(({ who, from }) => ({ who: clean(who), origin: clean(from) }));
    printJson({ ok: !failed, ...told, ...shown, credentials, unreadStack: unreadStack ?? null });
  } else {
    printSteps(told, remedy?.say && clean(remedy.say), unreadStack, page);
  }
  return error;
}

/** A failure in which nothing that the server wrote holds a secret of the stack either. */
function withoutSecrets(error: VpcepError, clean: (text: string) => string): VpcepError {
  const [errorCode, requestId] = [error.errorCode, error.requestId].map((text) => text && clean(text));
  return Object.assign(error.reworded(clean), { errorCode, requestId });
}

/** What takes secrets out of a line: those of a stack wherever they stand, since nobody knows what they are. */
function cleaner(report: SettingsReport, stack: StackConfiguration): (text: string) => string {
  const secrets = new Secrets([...report.secrets, ...proxySecrets(readProxies(process.env))]);
  const ofStack = new Secrets(stack.secrets.flatMap(withDerived));
  // A secret that is a word of ours would be told by its gaps.
  const own = [...report.names].flatMap(([name, { place }]) => (place === "file" ? [] : name));
  const ownWords = new RegExp(
    `(${[...own, ...kindLabels, "default", "by region", "the region's own"]
      .sort((one, other) => other.length - one.length)
      .map((word) => word.replaceAll(/[^\w ]/g, "\\$&"))
      .join("|")})`,
  );
  const withoutStack = (text: string) =>
    text
      .split(ownWords)
      .map((part, at) => (at % 2 === 1 ? part : ofStack.whereAlone(part)))
      .join("");
  return (text) => withoutStack(secrets.ownLine(text));
}

/** A secret, and what a lookup makes of it: of an address its parts, of a path what stands after the home folder. */
function withDerived(secret: string): string[] {
  const [address = ""] = secret.split(",", 1);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const parts = url
    ? [url.host, url.hostname, ...url.pathname.split("/").filter((part) => part.length > 3)]
    : [];
  return [secret, secret.replace(/^~/, ""), ...parts].filter((part) => part !== "");
}

/** Every step with what is known of it, whether it was reached or not. */
function stepsOf(report: SettingsReport, examined: Examination, id: string | undefined): Step[] {
  const { passed, failed } = examined;
  const says = sayings(report, examined, id);
  const problems = new Map<StepName, string>(report.problems.map(({ step, error }) => [step, error.message]));
  return stepNames.map((step) => {
    const problem = problems.get(step);
    if (failed?.step === step || problem !== undefined) {
      // Of the failure itself the verdict tells.
      return { step, state: "failed", says: (failed?.step === step ? undefined : problem) ?? says[step] };
    }
    const isOk = step === "settings" || passed.has(step);
    return { step, state: isOk ? "ok" : "untried", says: says[step] };
  });
}

function sayings(
  { settings, credentials, endpoint }: SettingsReport,
  { passed, failed }: Examination,
  id: string | undefined,
): Record<StepName, string | null> {
  const { projectId, projectName, region } = settings;
  const byName = `by the name ${projectName?.value ?? region?.value ?? "of the region"}`;
  const found = passed.get("project") || undefined;
  const chain = credentials.map(({ who, from }) => `${who} (${from})`).join(", then ");
  return {
    settings: null,
    credential: chain === "" ? null : [chain, passed.get("credential")].filter(Boolean).join(", "),
    project: projectId?.value
      ? `${projectId.value} (${projectId.origin})`
      : found === undefined
        ? `to be found ${byName}`
        : `${found}, found ${byName}`,
    host: endpoint === undefined ? null : hostSaying(endpoint, passed.get("host")),
    permission:
      passed.has("permission") || failed?.step === "permission" ? lookups.endpointService.permission : null,
    service: passed.get("service") ?? id ?? "not asked for: pulumi-vpcep doctor ID tries one",
  };
}

function hostSaying(endpoint: string, answered: string | undefined): string {
  const route = `proxy: ${routeTo(endpoint, readProxies(process.env)).description}`;
  return [`${new URL(endpoint).host}${answered ? ` ${answered}` : ""}`, route].join("; ");
}
