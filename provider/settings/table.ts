// The one table of settings, which drives reading, checking and docs/settings.md, and how a setting is found in families of
// names, which families.ts makes. Used by all of this room, by the chain of credentials, and by whoever names the sources. Long for
// the docstring of every setting, from which the schema of the plugin has its descriptions.

/**
 * One setting. Its key is read as `vpcep:KEY`, else `huaweicloud:KEY`, else from the environment's names in order. A key
 * with a dot is a member of an object: `vpcep:assumeRole` is one with an `agencyName`.
 */
export interface Setting {
  readonly environment: readonly string[];
  readonly secret?: true;
  /** What holds when it is not set, as docs/settings.md says it. */
  readonly default: string;
}

/** Every setting, in the order of docs/settings.md. `<REGION>` stands for the region, as in `EU_DE`. */
export const settingsTable = {
  /** The region to read in, for example `eu-de`. */
  region: {
    environment: ["HW_REGION_NAME", "OS_REGION_NAME", "OS_REGION"],
    default: "the chosen profile's, else an error",
  },
  /** The id of the project to read in. */
  projectId: {
    environment: ["HW_PROJECT_ID", "HUAWEICLOUD_SDK_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"],
    default: "asked from IAM by `projectName`",
  },
  /** The name of the project to read in, where its id is not set. */
  projectName: {
    environment: ["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"],
    default: "the region",
  },
  /** The domain of the cloud, for example `otc.t-systems.com`. */
  cloud: { environment: ["HW_CLOUD"], default: "by region" },
  /** The address of VPCEP. */
  endpoint: {
    environment: ["VPCEP_ENDPOINT", "HUAWEICLOUD_SDK_REGION_VPCEP_<REGION>"],
    default: "https://vpcep.{region}.{cloud}",
  },
  /** The address of IAM. */
  authUrl: {
    environment: ["HW_AUTH_URL", "HUAWEICLOUD_SDK_IAM_ENDPOINT", "OS_AUTH_URL"],
    default: "https://iam.{region}.{cloud}",
  },
  /** The address of STS, which issues temporary keys. */
  stsUrl: { environment: ["HUAWEICLOUD_SDK_STS_ENDPOINT"], default: "https://sts.{region}.{cloud}" },
  /** The address of VPCEP. */
  "endpoints.vpcep": { environment: [], default: "none; `endpoint` beats it" },
  /** The address of IAM. */
  "endpoints.iam": { environment: [], default: "none; `authUrl` beats it" },
  /** The address of STS. */
  "endpoints.sts": { environment: [], default: "none; `stsUrl` beats it" },
  /** A token of IAM. */
  token: { environment: ["HW_AUTH_TOKEN", "OS_AUTH_TOKEN", "OS_TOKEN"], secret: true, default: "none" },
  /** The access key of a key pair. */
  accessKey: { environment: ["HW_ACCESS_KEY", "HUAWEICLOUD_SDK_AK", "OS_ACCESS_KEY"], default: "none" },
  /** The secret key of a key pair. */
  secretKey: {
    environment: ["HW_SECRET_KEY", "HUAWEICLOUD_SDK_SK", "OS_SECRET_KEY"],
    secret: true,
    default: "none",
  },
  /** The token that belongs to a temporary key pair. */
  securityToken: {
    environment: ["HW_SECURITY_TOKEN", "HUAWEICLOUD_SDK_SECURITY_TOKEN", "OS_SECURITY_TOKEN"],
    secret: true,
    default: "none",
  },
  /** The name of a user, who signs in with a password. */
  userName: { environment: ["HW_USER_NAME", "OS_USERNAME"], default: "none" },
  /** The id of a user, who signs in with a password. */
  userId: { environment: ["HW_USER_ID", "OS_USER_ID"], default: "none" },
  /** The password of a user. */
  password: { environment: ["HW_USER_PASSWORD", "OS_PASSWORD"], secret: true, default: "none" },
  /** The name of the account that a user belongs to. */
  domainName: {
    environment: ["HW_DOMAIN_NAME", "OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME"],
    default: "none",
  },
  /** The id of the account that a user belongs to. */
  domainId: {
    environment: [
      "HW_DOMAIN_ID",
      "HUAWEICLOUD_SDK_DOMAIN_ID",
      "OS_USER_DOMAIN_ID",
      "OS_DOMAIN_ID",
      "OS_PROJECT_DOMAIN_ID",
    ],
    default: "none",
  },
  /** The id of the identity provider in IAM. */
  "oidc.idpId": { environment: ["HW_ASSUME_ROLE_IDP_ID", "HUAWEICLOUD_SDK_IDP_ID"], default: "none" },
  /** The URN of the identity provider in STS. */
  "oidc.providerUrn": { environment: [], default: "none" },
  /** The URN of the agency that the identity assumes. */
  "oidc.agencyUrn": { environment: [], default: "none" },
  /** The identity token itself. */
  "oidc.idToken": { environment: ["HW_ASSUME_ROLE_ID_TOKEN"], secret: true, default: "none" },
  /** The file that holds the identity token. */
  "oidc.idTokenFile": {
    environment: ["HW_ASSUME_ROLE_ID_TOKEN_FILE", "HUAWEICLOUD_SDK_ID_TOKEN_FILE"],
    default: "none",
  },
  /** The environment variable that holds the identity token. */
  "oidc.idTokenVariable": { environment: [], default: "GitHub Actions, where it runs there" },
  /** The audience to ask an identity token for. */
  "oidc.audience": { environment: [], default: "GitHub's own" },
  /** The name of the agency. */
  "assumeRole.agencyName": { environment: ["HW_ASSUME_ROLE_AGENCY_NAME", "OS_AGENCY_NAME"], default: "none" },
  /** The name of the account that the agency belongs to. */
  "assumeRole.domainName": {
    environment: ["HW_ASSUME_ROLE_DOMAIN_NAME", "OS_AGENCY_DOMAIN_NAME"],
    default: "none",
  },
  /** The id of the account that the agency belongs to. */
  "assumeRole.domainId": { environment: ["HW_ASSUME_ROLE_DOMAIN_ID"], default: "none" },
  /** How long a credential of the agency is valid, in seconds. */
  "assumeRole.duration": { environment: ["HW_ASSUME_ROLE_DURATION"], default: "3600" },
  /** The name of the project to act in. */
  "assumeRole.delegatedProject": { environment: ["OS_DELEGATED_PROJECT"], default: "the region" },
  /** The name of the profile in the profile file. */
  profile: { environment: ["HW_PROFILE"], default: "the file's current one; in an INI file `basic`" },
  /** The profile file. */
  sharedConfigFile: {
    environment: ["HW_SHARED_CONFIG_FILE", "HUAWEICLOUD_SDK_CREDENTIALS_FILE"],
    default: "~/.hcloud/config.json, else ~/.huaweicloud/credentials, else clouds.yaml",
  },
  /** Accounts by their names, each with a credential, a region and all else of its own; the argument `account` names one. */
  accounts: { environment: [], default: "none but the profiles" },
  /** The address of the server's metadata. */
  metadataEndpoint: { environment: ["VPCEP_METADATA_ENDPOINT"], default: "http://169.254.169.254" },
  /** A file of certificate authorities in PEM to trust beside the others. */
  caFile: { environment: ["OS_CACERT"], default: "Node's own roots alone" },
  /** The longest time for one request, in milliseconds. */
  attemptTimeoutMs: { environment: [], default: "12000" },
  /** The longest time for a lookup, in milliseconds. */
  timeoutMs: { environment: [], default: "60000" },
  /** How often a request is tried. */
  maxAttempts: { environment: [], default: "4" },
} as const satisfies Record<string, Setting>;

/** The key of a setting, or of a member of one. */
export type SettingKey = keyof typeof settingsTable;

/** The key of a setting that is an object. */
export type ObjectKey = SettingKey extends infer Key
  ? Key extends `${infer Name}.${string}`
    ? Name
    : never
  : never;

/** The key that a setting has in a configuration. */
export type ConfigurationKey = Exclude<SettingKey, `${string}.${string}`> | ObjectKey;

const tableKeys = Object.keys(settingsTable) as SettingKey[];

/** The keys that a configuration has. */
export const configurationKeys = [
  ...new Set(tableKeys.map((key) => key.split(".", 1)[0])),
] as ConfigurationKey[];

/** The members of each setting that is an object, as keys of the table. */
export const membersOf: ReadonlyMap<ObjectKey, readonly SettingKey[]> = Map.groupBy(
  tableKeys.filter((key) => key.includes(".")),
  (key) => key.split(".", 1)[0] as ObjectKey,
);

/** What a named account takes from the default one where it has none of its own. */
export const inheritedKeys = [
  "metadataEndpoint",
  "caFile",
  "attemptTimeoutMs",
  "timeoutMs",
  "maxAttempts",
] as const satisfies readonly SettingKey[];

/** A value that was found, and the name it was found under, as an error calls it. */
export interface FoundSetting {
  readonly value: string;
  readonly from: string;
}

/** Where the settings of a family are set, which decides how: a profile's are in a file, a client's and a provider's in a program. */
export type SettingPlace = "option" | "stack" | "provider" | "client" | "environment" | "file";

/** A set of names from which a credential is taken whole, such as `vpcep:` or `HW_`. */
export interface SettingFamily {
  readonly place: SettingPlace;
  /** The names a setting has in this family, the first to win first; none where it has none. */
  readonly namesOf: (key: SettingKey, region: string) => readonly string[];
  readonly get: (name: string) => string | undefined;
  /** Where a setting is a list of objects: each as a family of its own, in order. */
  readonly listed?: ((key: ObjectKey) => readonly SettingFamily[] | undefined) | undefined;
  /** Whether a project in it is the credential's own, which a role leaves behind, and not the one to ask. */
  readonly besideCredential?: true;
  /**
   * Whose credentials its addresses are for: those of one vendor's names, or its own alone. Undefined where they are for
   * everybody's, as in a configuration.
   */
  readonly addressesFor?: "huawei" | "openStack" | "itself";
  /** Why it cannot be read, where that is an error for whoever would ask with it. */
  readonly problem?: Error;
  /** Whether it names the metadata of the server as its credential. */
  readonly wantsMetadata?: string | undefined;
  /** What to do when its key is refused. */
  readonly remedy?: string | undefined;
  /** Whether its token is for one project, which IAM tells, where none is named. */
  readonly tokenHasProject?: true;
  /** What it is, as an error calls it, where it was chosen to have a credential. */
  readonly chosen?: string;
}

/** A name under which a setting can be set. */
export interface SettingName {
  readonly name: string;
  readonly place: SettingPlace;
}

/** Where settings come from: the sources in order, each with its families in order. */
export type SettingSources = readonly (readonly SettingFamily[])[];

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

/** The variable of GitHub Actions that buys an identity token. */
export const requestTokenVariable = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

/** Every secret that the sources and the environment hold, whichever of them is used. */
export function secretsOf(
  sources: SettingSources,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const table: Readonly<Record<string, Setting>> = settingsTable;
  const keys = tableKeys.filter((key) => table[key]?.secret);
  const valuesOf = (key: SettingKey) =>
    sources.flat().flatMap(({ namesOf, get }) => namesOf(key, "").map(get));
  const variables = [...keys.flatMap((key) => table[key]?.environment ?? []), requestTokenVariable];
  const named = valuesOf("oidc.idTokenVariable").map((name) => environment[name ?? ""]?.trim());
  const values = [...keys.flatMap(valuesOf), ...variables.map((name) => environment[name]), ...named];
  return [...new Set(values.flatMap((value) => value || []))];
}

/** Under which names a setting can be set: of each source the first, but for a profile's, which its own file has. */
export function namesToSet(sources: SettingSources, key: SettingKey): readonly SettingName[] {
  return sources.flatMap((families) => {
    const names = families
      .filter(({ place }) => place !== "file")
      .flatMap(({ place, namesOf }) => namesOf(key, "").map((name) => ({ name, place })));
    return names.slice(0, 1);
  });
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
