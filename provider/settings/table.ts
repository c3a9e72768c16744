// The one table of settings, which drives reading, checking and the README, and the families of names they are found
// under. Used by all of this room, by the chain of credentials, and by whoever names the sources.
import { refuseUnsupported, unsupportedKeys } from "./unsupported";

/** One setting. Its key is read as `vpcep:KEY`, else `huaweicloud:KEY`, else from the environment's names in order. */
export interface Setting {
  readonly environment: readonly string[];
  readonly secret?: true;
  /** What holds when it is not set, as the README says it. */
  readonly default: string;
}

/** Every setting, in the order of the README. `<REGION>` stands for the region, as in `EU_DE`. */
export const settingsTable = {
  region: {
    environment: ["HW_REGION_NAME", "OS_REGION_NAME", "OS_REGION"],
    default: "the chosen profile's, else an error",
  },
  projectId: {
    environment: ["HW_PROJECT_ID", "HUAWEICLOUD_SDK_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"],
    default: "asked from IAM by `projectName`",
  },
  projectName: {
    environment: ["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"],
    default: "the region",
  },
  cloud: { environment: ["HW_CLOUD"], default: "by region" },
  endpoint: {
    environment: ["VPCEP_ENDPOINT", "HUAWEICLOUD_SDK_REGION_VPCEP_<REGION>"],
    default: "https://vpcep.{region}.{cloud}",
  },
  authUrl: {
    environment: ["HW_AUTH_URL", "HUAWEICLOUD_SDK_IAM_ENDPOINT", "OS_AUTH_URL"],
    default: "https://iam.{region}.{cloud}",
  },
  token: { environment: ["HW_AUTH_TOKEN", "OS_AUTH_TOKEN", "OS_TOKEN"], secret: true, default: "none" },
  accessKey: { environment: ["HW_ACCESS_KEY", "HUAWEICLOUD_SDK_AK", "OS_ACCESS_KEY"], default: "none" },
  secretKey: {
    environment: ["HW_SECRET_KEY", "HUAWEICLOUD_SDK_SK", "OS_SECRET_KEY"],
    secret: true,
    default: "none",
  },
  securityToken: {
    environment: ["HW_SECURITY_TOKEN", "HUAWEICLOUD_SDK_SECURITY_TOKEN", "OS_SECURITY_TOKEN"],
    secret: true,
    default: "none",
  },
  userName: { environment: ["HW_USER_NAME", "OS_USERNAME"], default: "none" },
  password: { environment: ["HW_USER_PASSWORD", "OS_PASSWORD"], secret: true, default: "none" },
  domainName: { environment: ["HW_DOMAIN_NAME", "OS_USER_DOMAIN_NAME"], default: "none" },
  profile: { environment: ["HW_PROFILE"], default: "the file's current one; in an INI file `basic`" },
  sharedConfigFile: {
    environment: ["HW_SHARED_CONFIG_FILE", "HUAWEICLOUD_SDK_CREDENTIALS_FILE"],
    default: "~/.hcloud/config.json, else ~/.huaweicloud/credentials",
  },
  metadataEndpoint: { environment: ["VPCEP_METADATA_ENDPOINT"], default: "http://169.254.169.254" },
  caFile: { environment: ["OS_CACERT"], default: "Node's own roots alone" },
  attemptTimeoutMs: { environment: [], default: "12000" },
  timeoutMs: { environment: [], default: "60000" },
  maxAttempts: { environment: [], default: "4" },
} as const satisfies Record<string, Setting>;

/** The key of a setting. */
export type SettingKey = keyof typeof settingsTable;

/** A value that was found, and the name it was found under, as an error calls it. */
export interface FoundSetting {
  readonly value: string;
  readonly from: string;
}

/** A set of names from which a credential is taken whole, such as `vpcep:` or `HW_`. */
export interface SettingFamily {
  /** The names a setting has in this family, the first to win first; none where it has none. */
  readonly namesOf: (key: SettingKey, region: string) => readonly string[];
  readonly get: (name: string) => string | undefined;
}

/** Where settings come from: the sources in order, each with its families in order. */
export type SettingSources = readonly (readonly SettingFamily[])[];

const prefixes = ["VPCEP_", "HW_", "HUAWEICLOUD_SDK_", "OS_"];
const counts = new RegExp(`^(${prefixes.join("|")}|HC_)|^(https?|no)_proxy$`, "i");

/** A text of all in an environment that a session is made of, the proxies and what is refused included. */
export function environmentKey(environment: Readonly<Record<string, string | undefined>>): string {
  let key = "";
  for (const name of Object.keys(environment)) {
    if (counts.test(name)) {
      key += `${name}=${environment[name]}\n`;
    }
  }
  return key;
}

/**
 * The environment as a source of settings.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` for a name that would change who asks, and is not supported.
 */
export function environmentSource(
  environment: Readonly<Record<string, string | undefined>>,
): SettingFamily[] {
  refuseUnsupported(Object.entries(environment));
  return prefixes.map((prefix) => ({
    namesOf: (key, region) =>
      settingsTable[key].environment
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.replace("<REGION>", region.toUpperCase().replaceAll("-", "_"))),
    get: (name) => environment[name],
  }));
}

/**
 * A configuration as a family of settings; `prefix` is how its keys are spelt.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` for a key that would change who asks, and is not supported.
 */
export function configurationFamily(
  prefix: string,
  get: (name: string) => string | undefined,
): SettingFamily {
  refuseUnsupported(
    unsupportedKeys.map((key) => [key, get(`${prefix}${key}`)]),
    (key) => `${prefix}${key}`,
  );
  return { namesOf: (key) => [`${prefix}${key}`], get };
}

/** The stack's configuration as a source of settings. */
export function configurationSource(get: (name: string) => string | undefined): SettingFamily[] {
  return ["vpcep:", "huaweicloud:"].map((prefix) => configurationFamily(prefix, get));
}

/** The value of a setting in one family. An empty value is none. */
export function findSetting(family: SettingFamily, key: SettingKey, region = ""): FoundSetting | undefined {
  for (const from of family.namesOf(key, region)) {
    const value = family.get(from);
    if (value !== undefined && value !== "") {
      return { value, from };
    }
  }
  return undefined;
}

/** Every secret that the sources hold, whichever of them is used. */
export function secretsOf(sources: SettingSources): string[] {
  const table: Readonly<Record<string, Setting>> = settingsTable;
  const keys = (Object.keys(settingsTable) as SettingKey[]).filter((key) => table[key]?.secret);
  return sources.flat().flatMap((family) => keys.flatMap((key) => findSetting(family, key)?.value ?? []));
}

/** Finds settings in several families. */
export type Find = (key: SettingKey, region?: string) => FoundSetting | undefined;

/** A search through families: the first to have a setting wins. */
export function searcher(families: readonly SettingFamily[]): Find {
  return (key, region) => {
    for (const family of families) {
      const found = findSetting(family, key, region);
      if (found) {
        return found;
      }
    }
    return undefined;
  };
}
