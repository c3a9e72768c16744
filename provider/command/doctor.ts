// `pulumi-vpcep doctor`: which settings would be used and where each comes from, and whether they work, step by step. It
// tells all it knows even where something is missing, and no secret. Called by index.ts.
import type { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { proxySecrets, readProxies, routeTo } from "../http/proxy";
import { lookups } from "../lookups";
import type { CommandRun } from "./commandLine";
import { printSettings, printSteps } from "./doctorPage";
import {
  type Examination,
  type SettingsReport,
  type Step,
  type StepName,
  stepNames,
  type Verdict,
} from "./findings";
import { failureJson, outputPage, type Progress, printJson } from "./output";
import { remedyFor } from "./remedies";
import { type StackConfiguration, stackHere } from "./stackConfiguration";

/** Tells what is set, has it tried, and tells how that went; answers the failure, where there is one. */
export async function doctor(
  { json, line, args, others }: CommandRun,
  report: SettingsReport,
  { secrets }: StackConfiguration,
  examine: () => Promise<Examination>,
  progress: Progress,
): Promise<VpcepError | undefined> {
  const id = args["id"] as string | undefined;
  const clean = cleaner(report, secrets);
  const page = outputPage();
  if (!json) {
    progress.clear();
    printSettings(report, clean, page);
  }
  const examined = await examine();
  const steps = stepsOf(report, examined, id).map((step) => ({
    ...step,
    says: step.says === null ? null : clean(step.says),
  }));
  const unreadStack = others["stack"] === undefined ? stackHere() : undefined;
  const failed = examined.failed && { ...examined.failed, error: examined.failed.error.reworded(clean) };
  const { rightProject } = examined;
  const verdict = failed && {
    ...failed,
    remedy: remedyFor(failed, { report, line, stack: others["stack"], unreadStack, rightProject }),
  };
  progress.clear();
  if (json) {
    printJson(jsonOf(report, steps, verdict, unreadStack, clean));
  } else {
    printSteps(steps, verdict, unreadStack, page);
  }
  return verdict?.error;
}

function jsonOf(
  { settings, credentials }: SettingsReport,
  steps: readonly Step[],
  verdict: Verdict | undefined,
  unreadStack: string | undefined,
  clean: (text: string) => string,
) {
  return {
    ok: verdict === undefined,
    failedStep: verdict?.step ?? null,
    ...(verdict ? failureJson(verdict.error) : {}),
    next: verdict?.remedy.type ?? [],
    steps,
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, { value, origin }]) => [
        name,
        { value: value && clean(value), origin: origin && clean(origin) },
      ]),
    ),
    credentials: credentials.map(({ who, from }) => ({ who: clean(who), origin: clean(from) })),
    unreadStack: unreadStack ?? null,
  };
}

/** What takes secrets out of a line: those of a stack wherever they stand, since nobody knows what they are. */
function cleaner(report: SettingsReport, ofStack: readonly string[]): (text: string) => string {
  const secrets = new Secrets([...report.secrets, ...proxySecrets(readProxies(process.env))]);
  const stackSecrets = new Secrets(ofStack);
  return (text) => stackSecrets.everywhere(secrets.ownLine(text));
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
