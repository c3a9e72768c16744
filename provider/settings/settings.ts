// The settings of a lookup, resolved and checked: nothing is sent here, everything wrong is refused here.
// This room knows where a setting comes from, and no credential; credentials/ and what is above may enter.
// Called by client/configuration.ts.
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { metadataOrigin } from "../http/addresses";
import { idProblem, regionProblem, textProblem } from "../lookups/arguments";
import { type Asker, resolveAddresses } from "./addresses";
import { inHome } from "./files";
import { checkOrigin, originOf } from "./hosts";
import { configuredProject, projectToAsk } from "./place";
import type { Account, AskedPlace, Settings } from "./settingsTypes";
import { type FoundSetting, type SettingKey, type SettingSources, searcher, settingsTable } from "./table";

/** Where settings come from once it is chosen who asks; `lookedAt` has what is another credential's, too. */
export interface ChosenSources {
  readonly sources: SettingSources;
  readonly asker: Asker;
  readonly lookedAt?: SettingSources;
}

/** The project that a role names in the account that it enters; one that is none names the region's own. */
export interface EnteredProject {
  readonly delegatedProject: FoundSetting | undefined;
}

/**
 * Resolves and checks every setting of a lookup but its credential, which is `asker`'s; `entered` where a role enters another
 * account.
 */
export function resolveSettings(
  asked: AskedPlace,
  { sources, asker, lookedAt = [] }: ChosenSources,
  home: string | undefined,
  entered?: EnteredProject,
  account?: Account,
): Settings {
  const find = searcher(sources.flat());
  const own = (key: SettingKey) =>
    account && (account.family.namesOf(key, "")[0] ?? `${key} in ${account.from}`);
  const region =
    asked.region === undefined ? find("region") : { value: asked.region, from: "the lookup's arguments" };
  if (!region) {
    const unused = searcher(lookedAt.flat())("region");
    throw new VpcepError(
      "VPCEP_CONFIG",
      `No region${unused ? `, since the credential comes from ${asker.from}, and ${unused.from} is for another one` : ""}: pass region to the lookup, or ${account ? `set ${own("region")}` : "run `pulumi config set vpcep:region eu-de`, or set HW_REGION_NAME in the environment"}`,
    );
  }
  check(region, regionProblem(region.value));
  const { endpoint, authUrl, stsUrl } = resolveAddresses(sources, region, find("region"), asker);
  const project = projectToAsk(
    asked.projectId === undefined
      ? configuredProject(sources, region, find("region"), entered)
      : { projectId: { value: asked.projectId, from: "the lookup's arguments" } },
    endpoint,
  );
  if (project.projectId) {
    check(project.projectId, idProblem("projectId", project.projectId.value));
  }
  if (project.projectName) {
    check(project.projectName, textProblem("projectName", project.projectName.value));
  }
  const metadata = find("metadataEndpoint");
  const caFile = find("caFile");
  return {
    account: account?.name,
    region: region.value,
    projectId: project.projectId?.value,
    projectName: project.projectName?.value ?? region.value,
    endpoint: originOf(endpoint),
    authUrl,
    stsUrl,
    metadataEndpoint:
      metadata && metadata.value.replace(/\/$/, "") !== metadataOrigin
        ? checkOrigin(metadata.value, metadata.from)
        : metadataOrigin,
    caFile: caFile && { ...caFile, value: inHome(caFile.value, home) },
    attemptTimeoutMs: wholeNumber("attemptTimeoutMs", find("attemptTimeoutMs"), 600_000),
    timeoutMs: wholeNumber("timeoutMs", find("timeoutMs"), 600_000),
    maxAttempts: wholeNumber("maxAttempts", find("maxAttempts"), 10),
    projectSettings: {
      id: own("projectId") ?? "vpcep:projectId or HW_PROJECT_ID",
      name: own("projectName") ?? "vpcep:projectName",
    },
    origins: {
      region: region.from,
      project: project.projectId?.from ?? project.projectName?.from ?? "the region's own",
      endpoint: endpoint.from,
    },
  };
}

function check({ from }: FoundSetting, problem: string | undefined): void {
  if (problem) {
    throw new VpcepError("VPCEP_CONFIG", `${problem} (from ${from})`);
  }
}

function wholeNumber(
  key: "attemptTimeoutMs" | "timeoutMs" | "maxAttempts",
  found: FoundSetting | undefined,
  largest: number,
): number {
  const text = found?.value ?? settingsTable[key].default;
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1 || value > largest) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${found?.from} must be a whole number from 1 to ${largest}, but is ${describeValue(found?.value)}`,
    );
  }
  return value;
}
