// Tries the steps of a lookup one after the other, as far as they go, and tells which one a failure belongs to.
// Called by index.ts, which has the client.
import type { Configuration } from "../client/configurationTypes";
import { VpcepError, type VpcepErrorCode } from "../errors/errors";
import { lookups } from "../lookups";
import { idProblem } from "../lookups/arguments";
import type { ArgumentValues, LookupDefinition, OutputValues } from "../lookups/definition";
import { originOf } from "../settings/hosts";
import type { Examination, StepName } from "./findings";

/** What is tried: a client, one step at a time. */
export interface Tried {
  readonly diagnosis: {
    authenticate(): Promise<void>;
    findProject(): Promise<string>;
    listProjects(): Promise<readonly { readonly id: string; readonly name: string }[]>;
    readonly clockDifferenceMs: number;
    quoted(text: string): string;
  };
  credentialChain(): readonly { readonly expiresAt: number | undefined }[];
  run(definition: LookupDefinition, args: ArgumentValues): Promise<{ readonly outputs: OutputValues }>;
  close(): Promise<void>;
}

/** No service has this id: that the API says so proves host, credential, project and permission. */
const nobody = "00000000-0000-0000-0000-000000000000";

/** The request that is tried where no service is named. */
const anyService: LookupDefinition = { ...lookups.endpointService, subject: "any VPC endpoint service" };

/** What a request proves, in this order: whatever stands before the step that it fails over. */
const proved: readonly StepName[] = ["host", "credential", "project", "permission", "service"];

/** Tries what a lookup of a service does, or of one that does not exist. */
export async function examine(
  configuration: Configuration,
  id: string | undefined,
  open: () => Tried,
): Promise<Examination> {
  const passed = new Map<StepName, string>();
  let tried: StepName = "host";
  let client: Tried | undefined;
  try {
    client = open();
    tried = "credential";
    await client.diagnosis.authenticate();
    const endsAt = client.credentialChain().at(-1)?.expiresAt;
    if (endsAt !== undefined) {
      // It was issued, so that it is a good one.
      passed.set("credential", `until ${new Date(endsAt).toISOString()}`);
    }
    tried = "project";
    const projectId = await client.diagnosis.findProject();
    if (configuration.projectId === undefined) {
      passed.set("project", projectId);
    }
    tried = "service";
    const start = performance.now();
    const status = await ask(client, id);
    const took = `answered in ${Math.round(performance.now() - start)} ms`;
    pass(passed, id === undefined ? "service" : undefined);
    passed.set("host", `${took}${describeClock(client.diagnosis.clockDifferenceMs)}`);
    if (status !== undefined) {
      passed.set("service", `${id} is ${client.diagnosis.quoted(status)}`);
    }
    return { passed, failed: undefined };
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    const failed = {
      step: stepOf(error, tried),
      error: error.reworded((what) => what.replaceAll(nobody, "an id that no service has")),
    };
    if (tried === "service") {
      pass(passed, failed.step);
    }
    return failed.step === "permission" && client
      ? await withProject(client, configuration, passed, failed.error)
      : { passed, failed };
  } finally {
    await client?.close();
  }
}

/** Notes what a request has proved that failed over a step, or over none. */
function pass(passed: Map<StepName, string>, failed: StepName | undefined): void {
  for (const step of proved.slice(0, failed && proved.indexOf(failed))) {
    passed.set(step, passed.get(step) ?? "");
  }
}

const stepOfCode: { readonly [Code in VpcepErrorCode]?: StepName } = {
  VPCEP_AUTH: "credential",
  VPCEP_FORBIDDEN: "permission",
  VPCEP_THROTTLED: "permission",
  VPCEP_CONNECTION: "host",
  VPCEP_TIMEOUT: "host",
  VPCEP_RESPONSE: "host",
};

/** The step that a failure belongs to, of those up to the one that was tried. */
function stepOf({ code, status = 0, errorCode = "" }: VpcepError, tried: StepName): StepName {
  if (tried === "project" && code === "VPCEP_AUTH") {
    return "credential";
  }
  if (tried !== "service") {
    return tried;
  }
  // The gateway and whoever stands before it have no codes of VPCEP.
  if (code === "VPCEP_API" && (status >= 500 || !/^endpoint\./i.test(errorCode))) {
    return "host";
  }
  return stepOfCode[code] ?? "service";
}

/** Asks for the service, whose status is answered, or for one that does not exist. */
async function ask(client: Tried, id: string | undefined): Promise<string | undefined> {
  if (id !== undefined) {
    const { outputs } = await client.run(lookups.endpointService, { id });
    return String(outputs["status"]);
  }
  try {
    await client.run(anyService, { id: nobody });
  } catch (error) {
    if (!(error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND")) {
      throw error;
    }
  }
  return undefined;
}

/** Whether it is the permission that is missing, or the project that is wrong: as far as IAM tells. */
async function withProject(
  client: Tried,
  { projectId, projectName, origins, authUrl, region }: Configuration,
  passed: Map<StepName, string>,
  error: VpcepError,
): Promise<Examination> {
  const projects = await client.diagnosis.listProjects().catch(() => []);
  const failed = { step: "permission", error } as const;
  if (projectId === undefined || projects.some(({ id }) => id === projectId)) {
    return { passed, failed };
  }
  passed.delete("project");
  if (projects.length === 0) {
    return { passed, failed };
  }
  const shown = projects.slice(0, 5).map(({ id, name }) => `${name} (${id})`);
  const more = projects.length > shown.length ? ` and ${projects.length - shown.length} more` : "";
  const says = `${new URL(originOf(authUrl)).host} knows no project ${projectId} (${origins.project}) of this credential's account, but ${shown.join(", ")}${more}`;
  const right = [projectName, region].flatMap((wanted) => projects.filter(({ name }) => name === wanted));
  return {
    passed,
    failed: { step: "project", error: error.reworded(() => says), settings: [origins.project] },
    rightProject: right.find(({ id }) => idProblem("id", id) === undefined)?.id,
  };
}

function describeClock(differenceMs: number): string {
  const seconds = Math.round(differenceMs / 1_000);
  return seconds === 0
    ? ""
    : `; this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "behind" : "ahead of"} the cloud's: set it`;
}
