// The families of names that settings are found under in the environment and in a configuration; profile.ts has those of
// files. Called by whoever names the sources.

import { VpcepError } from "../errors/errors";
import { cloudOfVariable } from "./clouds/clouds";
import { homeFolder } from "./files";
import { parseObject, type ReadObject, readObject } from "./objects";
import { cloudSettings } from "./profile";
import {
  membersOf,
  type ObjectKey,
  type SettingFamily,
  type SettingKey,
  type SettingPlace,
  settingsTable,
} from "./table";
import { refuseUnsupported, unsupportedKeys } from "./unsupported";

type Environment = Readonly<Record<string, string | undefined>>;

const prefixes = ["VPCEP_", "HW_", "HUAWEICLOUD_SDK_", "OS_"];
// The folders are those of profile files.
const counts = new RegExp(
  `^(${prefixes.join("|")}|HC_|ACTIONS_ID_TOKEN_)|^(https?_proxy|no_proxy|HOME|USERPROFILE|XDG_CONFIG_(HOME|DIRS)|(LOCAL)?APPDATA|PROGRAMDATA)$`,
  "i",
);

/**
 * A text of all in an environment that a session is made of, the proxies and what is refused included. `configured` are the
 * values of a configuration, which may name a variable that holds an identity token.
 */
export function environmentKey(environment: Environment, configured: readonly string[]): string {
  const named = new Set(
    configured.flatMap((text) =>
      [...text.matchAll(/"idTokenVariable"\s*:\s*("(?:[^"\\]|\\.)*")/g)].map(([, name = ""]) =>
        JSON.parse(name),
      ),
    ),
  );
  let key = "";
  for (const name of Object.keys(environment)) {
    if (counts.test(name) || named.has(name)) {
      key += `${name}=${environment[name]}\n`;
    }
  }
  return key;
}

/**
 * The environment as a source of settings. OS_CLOUD names a cloud, whose file is looked for in `home` too. `configuration` is
 * how the keys of a configuration are spelt that is read beside it, if one is.
 *
 * A cloud that cannot be read is the problem of a family.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` for a name that would change who asks, and is not supported.
 */
export function environmentSource(
  environment: Environment,
  home = homeFolder(),
  configuration: string | null = "vpcep:",
): SettingFamily[] {
  const cloud = environment["OS_CLOUD"];
  const isOwn = !cloud || cloud === (environment["OS_CLOUD_NAME"] || "envvars");
  const taken = isOwn ? prefixes : prefixes.filter((prefix) => prefix !== "OS_");
  const own = Object.entries(environment).filter(([name]) => isOwn || !name.startsWith("OS_"));
  refuseUnsupported(own, (name) => name, configuration);
  const families = taken.map((prefix) => ({
    ...variables(environment, prefix, () => true),
    ...addressesOf(prefix),
  }));
  return isOwn ? families : [...families, ...cloudFamilies(cloud, environment, home)];
}

/** Whose credentials the addresses are for that have names of a prefix: VPCEP_ENDPOINT is nobody's own. */
function addressesOf(prefix: string): Pick<SettingFamily, "addressesFor"> {
  return prefix === "VPCEP_" ? {} : { addressesFor: prefix === "OS_" ? "openStack" : "huawei" };
}

function variables(
  environment: Environment,
  prefix: string,
  hasKey: (key: SettingKey) => boolean,
): SettingFamily {
  return {
    place: "environment",
    besideCredential: true,
    namesOf: (key, region) =>
      (hasKey(key) ? settingsTable[key].environment : [])
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.replace("<REGION>", region.toUpperCase().replaceAll("-", "_"))),
    get: (name) => environment[name],
  };
}

/** The cloud that OS_CLOUD names, in place of all other OS_ variables but the one that is about this machine. */
function cloudFamilies(cloud: string, environment: Environment, home: string | undefined): SettingFamily[] {
  const ofMachine = variables(environment, "OS_", (key) => key === "caFile");
  try {
    const machine = { home, environment, workingFolder: process.cwd(), platform: process.platform };
    return [{ ...cloudSettings(cloudOfVariable(cloud, machine)), ...addressesOf("OS_") }, ofMachine];
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    // A named account asks with nothing that is in it.
    return [{ place: "environment", namesOf: () => [], get: () => undefined, problem: error }, ofMachine];
  }
}

/** Addresses have two names in a configuration: the second is a member of the object that the bridged provider has. */
const alsoMember: { readonly [Key in SettingKey]?: readonly SettingKey[] } = {
  endpoint: ["endpoints.vpcep"],
  authUrl: ["endpoints.iam"],
  stsUrl: ["endpoints.sts"],
};

/**
 * A configuration as a family of settings; `prefix` is how its keys are spelt, `objectOf` gives the settings that are
 * objects, which a stack's configuration has in JSON, and `advised` is the prefix of what is to be set in place of a refused key.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` for a key that would change who asks, and is not supported, and for an object
 * that is none.
 */
export function configurationFamily(
  prefix: string,
  get: (name: string) => string | undefined,
  place: SettingPlace,
  objectOf: (name: string) => unknown = (name) => parseObject(name, get(name)),
  advised = prefix,
): SettingFamily {
  refuseUnsupported(
    unsupportedKeys.map((key) => [key, get(`${prefix}${key}`)]),
    (key) => `${prefix}${key}`,
    advised,
  );
  const lists = new Map<ObjectKey, readonly ReadObject[]>();
  const values = new Map<string, string>();
  for (const key of membersOf.keys()) {
    const read = readObject(`${prefix}${key}`, key, objectOf(`${prefix}${key}`));
    if (Array.isArray(read)) {
      lists.set(key, read);
    }
    for (const [member, text] of read && "name" in read ? read.values : []) {
      values.set(`${prefix}${member}`, text);
    }
  }
  return {
    place,
    namesOf: (key) => [key, ...(alsoMember[key] ?? [])].map((one) => `${prefix}${one}`),
    get: (name) => (name.includes(".", prefix.length) ? values.get(name) : get(name)),
    listed: (key) => lists.get(key)?.map((each) => memberFamily(each, place)),
  };
}

/** One of several objects as a family of its own. */
function memberFamily({ name, values }: ReadObject, place: SettingPlace): SettingFamily {
  const nameOf = (key: SettingKey) => `${name}${key.slice(key.indexOf("."))}`;
  const byName = new Map([...values].map(([key, text]) => [nameOf(key as SettingKey), text]));
  return {
    place,
    namesOf: (key) => (key.includes(".") ? [nameOf(key)] : []),
    get: (named) => byName.get(named),
  };
}

/** The stack's configuration as a source of settings. */
export function configurationSource(get: (name: string) => string | undefined): SettingFamily[] {
  const bridged = (name: string) => withoutOtherServices(name, parseObject(name, get(name)));
  return [
    configurationFamily("vpcep:", get, "stack"),
    configurationFamily("huaweicloud:", get, "stack", bridged, "vpcep:"),
  ];
}

/** The bridged provider has the addresses of all its services in one object. */
function withoutOtherServices(name: string, value: unknown): unknown {
  if (name !== "huaweicloud:endpoints" || typeof value !== "object" || value === null) {
    return value;
  }
  const own = Object.entries(value).filter(([service]) =>
    membersOf.get("endpoints")?.some((member) => member === `endpoints.${service}`),
  );
  return own.length === 0 && !Array.isArray(value) ? undefined : Object.fromEntries(own);
}
