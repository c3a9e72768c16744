// `pulumi-vpcep doctor`: which settings would be used and where each comes from, and whether they work, step by step. It
// tells all it knows even where something is missing, and no secret. Called by index.ts.
import type { Credential } from "../credentials/credential";
import type { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { describeRoute, proxySecrets, readProxies } from "../http/proxy";
import { lookups } from "../lookups";
import type { CommandRun } from "./commandLine";
import { printSettings, printSteps, type Step } from "./doctorPage";
import { type Examination, examine, type StepName, stepNames } from "./examination";
import { failureJson, outputPage, printJson } from "./output";
import { Progress } from "./progress";
import { remedyFor } from "./remedies";
import { reportSettings, type SettingsReport } from "./settingsReport";
import { readStack, stackHere } from "./stackConfiguration";

const credentialNames: Readonly<Record<Credential["kind"], string>> = {
  token: "a token",
  keys: "a key pair",
  password: "a password",
  metadata: "this server's own temporary key, since none is set",
};

/** Explains the settings and tries them; answers the failure, where there is one. */
export async function doctor(run: CommandRun): Promise<VpcepError | undefined> {
  const id = run.args["id"] as string | undefined;
  const { stack } = run.others;
  using progress = new Progress("Trying the settings");
  const read = await readStack(stack);
  const report = reportSettings(run, read);
  const clean = cleaner(report, read.secrets);
  const unreadStack = stack === undefined ? stackHere() : undefined;
  const page = outputPage();
  if (!run.json) {
    progress.clear();
    printSettings(report, clean, page);
  }
  const examined: Examination = report.configuration
    ? await examine(report.configuration, id, progress)
    : { passed: new Map(), failed: report.problems[0] };
  const steps = stepsOf(report, examined, id).map((step) => ({
    ...step,
    says: step.says === null ? null : clean(step.says),
  }));
  const failed = examined.failed && { ...examined.failed, error: examined.failed.error.reworded(clean) };
  const verdict = failed && {
    ...failed,
    remedy: remedyFor(failed, { ...examined, report, line: run.line, stack, unreadStack }),
  };
  progress.clear();
  if (run.json) {
    printJson({
      ok: verdict === undefined,
      failedStep: verdict?.step ?? null,
      ...(verdict ? failureJson(verdict.error) : {}),
      next: verdict?.remedy.type ?? [],
      steps,
      settings: Object.fromEntries(
        Object.entries(report.settings).map(([name, { value, origin }]) => [
          name,
          { value: value && clean(value), origin: origin && clean(origin) },
        ]),
      ),
      credential: report.credential
        ? { kind: report.credential.kind, origin: clean(report.credential.from) }
        : null,
      unreadStack: unreadStack ?? null,
    });
  } else {
    printSteps(steps, verdict, unreadStack, page);
  }
  return verdict?.error;
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
  { settings, credential, configuration }: SettingsReport,
  { passed, failed }: Examination,
  id: string | undefined,
): Record<StepName, string | null> {
  const { projectId, projectName, region } = settings;
  const byName = `by the name ${projectName?.value ?? region?.value ?? "of the region"}`;
  const found = passed.get("project") || undefined;
  return {
    settings: null,
    credential: credential ? `${credentialNames[credential.kind]} (${credential.from})` : null,
    project: projectId?.value
      ? `${projectId.value} (${projectId.origin})`
      : found === undefined
        ? `to be found ${byName}`
        : `${found}, found ${byName}`,
    host: configuration ? hostSaying(configuration.endpoint, passed.get("host")) : null,
    permission:
      passed.has("permission") || failed?.step === "permission" ? lookups.endpointService.permission : null,
    service: passed.get("service") ?? id ?? "not asked for: pulumi-vpcep doctor ID tries one",
  };
}

function hostSaying(endpoint: string, answered: string | undefined): string {
  const route = `proxy: ${describeRoute(endpoint, readProxies(process.env))}`;
  return [`${new URL(endpoint).host}${answered ? ` ${answered}` : ""}`, route].join("; ");
}
