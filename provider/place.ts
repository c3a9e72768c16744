// The project and the endpoint that the settings name, which must be of the region that is asked: in another one they
// would look like a service that does not exist, or take a credential elsewhere. Pure; called by settings.ts.
import { VpcepError } from "./errors";
import { checkOrigin, isLoopback, regionOfOrigin } from "./hosts";
import { type FoundSetting, type SettingSources, searcher } from "./settingsTable";

/** A project that the settings name. */
export interface ConfiguredProject {
  readonly projectId?: FoundSetting | undefined;
  readonly projectName?: FoundSetting | undefined;
}

/**
 * The project of the first source that names one, by its id or by its name: a name in the stack's configuration beats
 * an id in the environment. It is a project of the region that its own source names, else of the configured one; a
 * lookup in another region must not be sent with it, since a project that the region does not have looks like a
 * service that does not exist.
 */
export function configuredProject(
  sources: SettingSources,
  region: FoundSetting,
  configuredRegion: FoundSetting | undefined,
): ConfiguredProject {
  for (const families of sources) {
    const find = searcher(families);
    const projectId = find("projectId");
    const projectName = find("projectName");
    const named = projectId ?? projectName;
    const itsRegion = find("region") ?? configuredRegion;
    if (named && itsRegion && itsRegion.value !== region.value) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `The region is ${region.value} (${region.from}), but ${named.from} names a project of ${itsRegion.value} (${itsRegion.from}): pass projectId to the lookup as well, or unset ${named.from}`,
      );
    }
    if (named) {
      return { projectId, projectName };
    }
  }
  return {};
}

/** The endpoint that the user named. It serves one region, so a lookup in another one must not go there. */
export function namedEndpoint(
  endpoint: FoundSetting,
  region: string,
  configuredRegion: FoundSetting | undefined,
): string {
  const origin = checkOrigin(endpoint.value.split(",")[0] ?? "", endpoint.from);
  const itsRegion = regionOfOrigin(origin) ?? configuredRegion?.value;
  if (
    itsRegion !== undefined &&
    itsRegion !== region &&
    !isLoopback(origin) &&
    !endpoint.from.includes("_REGION_VPCEP_")
  ) {
    const why = itsRegion === configuredRegion?.value ? configuredRegion.from : "its host name";
    throw new VpcepError(
      "VPCEP_CONFIG",
      `The lookup asks for region ${region}, but ${endpoint.from} names the endpoint of ${itsRegion} (${why}): unset it, or leave out the region`,
    );
  }
  return origin;
}
