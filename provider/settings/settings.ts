// The settings of a lookup, resolved and checked: nothing is sent here, everything wrong is refused here.
// This room knows where a setting comes from, and no credential; credentials/ and what is above may enter.
// Called by client/configuration.ts.
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import type { SettingNames } from "../errors/failures";
import { metadataOrigin } from "../http/addresses";
import { idProblem, regionProblem, textProblem } from "../lookups/arguments";
import { type Asker, resolveAddresses } from "./addresses";
import { inHome } from "./files";
import { checkOrigin, originOf } from "./hosts";
import { configuredProject, ofRegion, projectToAsk } from "./place";
import type { Account, AskedPlace, Settings } from "./settingsTypes";
import {
  type FoundSetting,
  namesToSet,
  type SettingKey,
  type SettingName,
  type SettingSources,
  searcher,
  settingsTable,
} from "./table";

/** Where settings come from once it is chosen who asks. */
export interface ChosenSources {
  readonly sources: SettingSources;
  readonly asker: Asker;
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
  { sources, asker }: ChosenSources,
  home: string | undefined,
  entered?: EnteredProject,
  account?: Account,
): Settings {
  const find = searcher(sources.flat());
  const names = (key: SettingKey) => waysToSet(key, sources, account);
  const { region: askedRegion, projectId: askedProject } = asked;
  const from = (key: "region" | "projectId") => asked.names?.[key] ?? "the lookup's arguments";
  const region = askedRegion === undefined ? find("region") : { value: askedRegion, from: from("region") };
  if (!region) {
    throw noRegion(names("region"), asked);
  }
  check(region, regionProblem(region.value));
  const { endpoint, authUrl, stsUrl } = resolveAddresses(sources, region, find("region"), asker);
  const project = projectToAsk(
    askedProject === undefined
      ? configuredProject(sources, region, find("region"), entered, asked.names?.projectId)
      : { projectId: { value: askedProject, from: from("projectId") } },
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
    settingNames: {
      ...projectNames(asked, ofRegion(sources, region, find("region"), entered), account),
      ...namesOfAll(names),
    },
    origins: {
      region: region.from,
      project: project.projectId?.from ?? project.projectName?.from ?? "the region's own",
      endpoint: endpoint.from,
    },
  };
}

/** Under which names a setting can be set: of an account, first its own. */
function waysToSet(
  key: SettingKey,
  sources: SettingSources,
  account: Account | undefined,
): readonly SettingName[] {
  const own = account?.family.place === "file" ? account.family.namesOf(key, "").slice(0, 1) : [];
  return [...own.map((name) => ({ name, place: "file" as const })), ...namesToSet(sources, key)];
}

type Ways = (key: SettingKey) => readonly SettingName[];

function namesOfAll(ways: Ways): Omit<SettingNames, "projectId" | "projectName"> {
  const names = (key: SettingKey) => ways(key).map(({ name }) => name);
  return {
    authUrl: names("authUrl"),
    stsUrl: names("stsUrl"),
    caFile: names("caFile"),
    timeoutMs: names("timeoutMs"),
  };
}

/** Under which names the project can be set, of the sources in which one would count. */
function projectNames(
  { names }: AskedPlace,
  sources: SettingSources,
  account: Account | undefined,
): Pick<SettingNames, "projectId" | "projectName"> {
  const [ids, projects] = (["projectId", "projectName"] as const).map((key) =>
    waysToSet(key, sources, account).map(({ name }) => name),
  ) as [string[], string[]];
  const argument = names?.projectId ?? "the lookup's projectId";
  return { projectId: ids.length > 0 ? ids : [argument], projectName: projects };
}

function noRegion(ways: readonly SettingName[], { names }: AskedPlace): VpcepError {
  const others = ways
    .filter(({ name }) => name !== names?.region)
    .map(({ name, place }) => {
      if (place === "environment") {
        return `set ${name} in the environment`;
      }
      return place === "stack" && !name.includes(".")
        ? `run \`pulumi config set ${name} eu-de\``
        : `set ${name}`;
    });
  const steps = [`pass ${names?.region ?? "region to the lookup"}`, ...others];
  return new VpcepError("VPCEP_CONFIG", `No region: ${steps.join(", or ")}`, {
    fault: { settings: ways.map(({ name }) => name), missing: "any" },
  });
}

function check({ from }: FoundSetting, problem: string | undefined): void {
  if (problem) {
    throw new VpcepError("VPCEP_CONFIG", `${problem} (from ${from})`, { fault: { settings: [from] } });
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
      { fault: { settings: found ? [found.from] : [] } },
    );
  }
  return value;
}
