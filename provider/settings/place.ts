// The project and the endpoint that the settings name, which must be of the region that is asked: in another one they
// would look like a service that does not exist, or take a credential elsewhere. Pure; called by settings.ts and addresses.ts.
import { VpcepError } from "../errors/errors";
import { isLoopback } from "../http/addresses";
import { checkOrigin, regionOfOrigin } from "./hosts";
import { type FoundSetting, type SettingFamily, type SettingSources, searcher } from "./table";

/** What may stand behind the origin of VPCEP: its version, as every path has it, and a project. */
const endpointPath = /^\/(?:v1(?:\/([A-Za-z0-9_-]{1,64}))?\/?)?$/;

/** An address of VPCEP that the settings name. */
export interface ConfiguredEndpoint {
  readonly origin: string;
  readonly from: string;
  /** Where the address ends with one. */
  readonly projectId: string | undefined;
}

/** A project that the settings name. */
export interface ConfiguredProject {
  readonly projectId?: FoundSetting | undefined;
  readonly projectName?: FoundSetting | undefined;
}

/** The families in which a project would be one of the region, and the one to ask: of the others none would count. */
export function ofRegion(
  sources: SettingSources,
  region: FoundSetting,
  configuredRegion: FoundSetting | undefined,
  entered: object | undefined,
): SettingSources {
  return sources.map((families) => {
    const itsRegion = searcher(families)("region") ?? configuredRegion ?? region;
    return itsRegion.value === region.value
      ? families.filter(({ besideCredential }) => !(entered && besideCredential))
      : [];
  });
}

/**
 * The project of the first family of names that has one, by its id or by its name: a name in the stack's configuration
 * beats an id in the environment. It is a project of the region that the same family names, else of the configured one.
 * Where a role enters another account, the project beside the credential that it is assumed with stays behind.
 */
export function configuredProject(
  sources: SettingSources,
  region: FoundSetting,
  configuredRegion: FoundSetting | undefined,
  entered?: { readonly delegatedProject: FoundSetting | undefined },
  argument = "projectId",
): ConfiguredProject {
  for (const family of sources.flat().filter(({ besideCredential }) => !(entered && besideCredential))) {
    const find = searcher([family]);
    const project = { projectId: find("projectId"), projectName: find("projectName") };
    const named = project.projectId ?? project.projectName;
    const itsRegion = find("region") ?? configuredRegion;
    if (named && itsRegion && itsRegion.value !== region.value) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `The region is ${region.value} (${region.from}), but ${named.from} names a project of ${itsRegion.value} (${itsRegion.from}): pass a ${argument} of ${region.value} as well, or unset ${named.from}`,
      );
    }
    if (named) {
      return project;
    }
  }
  return { projectName: entered?.delegatedProject };
}

/**
 * The endpoint of the first source that has one in a family that is taken. It serves the region in its name, else the one that the same source
 * names, else the configured one; a lookup in another region must not go there.
 */
export function configuredEndpoint(
  sources: SettingSources,
  region: FoundSetting,
  configuredRegion: FoundSetting | undefined,
  isTaken: (family: SettingFamily) => boolean,
): ConfiguredEndpoint | undefined {
  for (const families of sources) {
    const endpoint = searcher(families.filter(isTaken))("endpoint", region.value);
    if (!endpoint) {
      continue;
    }
    const address = endpoint.value.split(",")[0] ?? "";
    const origin = checkOrigin(address, endpoint.from, endpointPath);
    // One whose setting names the region is of no other region that stands beside it.
    const beside = endpoint.from.includes("_REGION_VPCEP_")
      ? undefined
      : (searcher(families)("region") ?? configuredRegion);
    if (!isLoopback(origin)) {
      checkRegion(region, regionInHostName(origin) ?? beside, `${endpoint.from} names the endpoint`);
    }
    return { origin, from: endpoint.from, projectId: endpointPath.exec(new URL(address).pathname)?.[1] };
  }
  return undefined;
}

/** The project to ask: the one that the endpoint's address ends with, where it does, must be the one that is named. */
export function projectToAsk(
  project: ConfiguredProject,
  endpoint: Partial<ConfiguredEndpoint> & Pick<ConfiguredEndpoint, "from">,
): ConfiguredProject {
  if (endpoint.projectId === undefined || project.projectId?.value === endpoint.projectId) {
    return project;
  }
  const { projectId, projectName } = project;
  const named = projectId ?? projectName;
  if (named) {
    const which = projectId ? named.value : `one by its name, ${JSON.stringify(named.value)}`;
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${endpoint.from} ends with the project ${endpoint.projectId}, but the one to ask is ${which} (${named.from}): make them the same, or let the address end before its project`,
    );
  }
  return { projectId: { value: endpoint.projectId, from: endpoint.from } };
}

/** The address of IAM that a setting names. One may serve all regions; one with a region in its name serves that alone. */
export function checkAuthUrl({ value, from }: FoundSetting, region: FoundSetting): string {
  const origin = checkOrigin(value, from, /^\/(v3\/?)?$/);
  checkRegion(region, regionInHostName(origin), `${from} names the IAM`);
  return origin;
}

function regionInHostName(origin: string): FoundSetting | undefined {
  const value = regionOfOrigin(origin);
  return value === undefined ? undefined : { value, from: "its host name" };
}

function checkRegion(region: FoundSetting, itsRegion: FoundSetting | undefined, what: string): void {
  if (itsRegion && itsRegion.value !== region.value) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `The region is ${region.value} (${region.from}), but ${what} of ${itsRegion.value} (${itsRegion.from}): unset it, or ask for ${itsRegion.value}`,
    );
  }
}
