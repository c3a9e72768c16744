// The settings of a lookup, resolved and checked: nothing is sent here, everything wrong is refused here.
// Pure; called by client.ts.
import { type Credential, readCredential } from "./credentials";
import { VpcepError } from "./errors";
import { checkCloud, checkOrigin, defaultCloud, iamOrigin, isLoopback, vpcepOrigin } from "./hosts";
import { describeValue, idProblem, regionProblem } from "./lookupArguments";
import {
  type FoundSetting,
  findSetting,
  type SettingKey,
  type SettingSources,
  settingsTable,
} from "./settingsTable";

/** What a lookup itself asks for; beats every source. */
export interface AskedPlace {
  readonly region?: string | undefined;
  readonly projectId?: string | undefined;
}

/** Settings, checked. */
export interface Settings {
  readonly region: string;
  readonly projectId: string;
  /** The origin of VPCEP. */
  readonly endpoint: string;
  /** The origin of IAM. */
  readonly authUrl: string;
  readonly credential: Credential;
  readonly attemptTimeoutMs: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
}

/** Resolves and checks every setting of a lookup. */
export function resolveSettings(asked: AskedPlace, sources: SettingSources): Settings {
  const families = sources.flat();
  const find = (key: SettingKey, region?: string): FoundSetting | undefined => {
    for (const family of families) {
      const found = findSetting(family, key, region);
      if (found) {
        return found;
      }
    }
    return undefined;
  };
  const required = (key: "region" | "projectId", example: string): FoundSetting => {
    const value = asked[key];
    const found = value === undefined ? find(key) : { value, from: "the lookup's arguments" };
    if (!found) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `No ${key}: pass ${key} to the lookup, or run \`pulumi config set vpcep:${key} ${example}\`, or set ${settingsTable[key].environment[0]} in the environment`,
      );
    }
    return found;
  };
  const region = required("region", "eu-de");
  check(region, regionProblem(region.value));
  const projectId = required("projectId", "ID");
  check(projectId, idProblem("projectId", projectId.value));
  const foundCloud = find("cloud");
  const cloud = foundCloud ? checkCloud(foundCloud.value, foundCloud.from) : defaultCloud(region.value);
  const endpoint = find("endpoint", region.value);
  const authUrl = find("authUrl");
  return {
    region: region.value,
    projectId: projectId.value,
    endpoint: endpoint
      ? namedEndpoint(endpoint, region.value, find("region"))
      : vpcepOrigin(region.value, cloud),
    authUrl: authUrl
      ? checkOrigin(authUrl.value, authUrl.from, /^\/(v3\/?)?$/)
      : iamOrigin(region.value, cloud),
    credential: readCredential(sources),
    attemptTimeoutMs: wholeNumber("attemptTimeoutMs", find("attemptTimeoutMs"), 600_000),
    timeoutMs: wholeNumber("timeoutMs", find("timeoutMs"), 600_000),
    maxAttempts: wholeNumber("maxAttempts", find("maxAttempts"), 10),
  };
}

/** The endpoint that the user named. It serves the configured region, so a lookup in another one must not go there. */
function namedEndpoint(
  endpoint: FoundSetting,
  region: string,
  configuredRegion: FoundSetting | undefined,
): string {
  const origin = checkOrigin(endpoint.value.split(",")[0] ?? "", endpoint.from);
  if (
    configuredRegion &&
    configuredRegion.value !== region &&
    !isLoopback(origin) &&
    !endpoint.from.includes("_REGION_VPCEP_")
  ) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `The lookup asks for region ${region}, but ${endpoint.from} names the endpoint of ${configuredRegion.value} (${configuredRegion.from}): unset it, or leave out the region`,
    );
  }
  return origin;
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
  const value = Number(found?.value ?? settingsTable[key].default);
  if (!Number.isInteger(value) || value < 1 || value > largest) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${found?.from} must be a whole number from 1 to ${largest}, but is ${describeValue(found?.value)}`,
    );
  }
  return value;
}
