// The families of names that settings are found under in the environment and in a configuration; profile.ts has those of
// files. Called by whoever names the sources.
import { parseObject, type ReadObject, readObject } from "./objects";
import { membersOf, type ObjectKey, type SettingFamily, type SettingKey, settingsTable } from "./table";
import { refuseUnsupported, unsupportedKeys } from "./unsupported";

/**
 * The environment as a source of settings.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` for a name that would change who asks, and is not supported.
 */
export function environmentSource(
  environment: Readonly<Record<string, string | undefined>>,
): SettingFamily[] {
  refuseUnsupported(Object.entries(environment));
  return ["VPCEP_", "HW_", "HUAWEICLOUD_SDK_", "OS_"].map((prefix) => ({
    besideCredential: true,
    namesOf: (key, region) =>
      settingsTable[key].environment
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.replace("<REGION>", region.toUpperCase().replaceAll("-", "_"))),
    get: (name) => environment[name],
  }));
}

/**
 * A configuration as a family of settings; `prefix` is how its keys are spelt, `objectOf` gives the settings that are
 * objects, which a stack's configuration has in JSON.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` for a key that would change who asks, and is not supported, and for an object
 * that is none.
 */
export function configurationFamily(
  prefix: string,
  get: (name: string) => string | undefined,
  objectOf: (name: string) => unknown = (name) => parseObject(name, get(name)),
): SettingFamily {
  refuseUnsupported(
    unsupportedKeys.map((key) => [key, get(`${prefix}${key}`)]),
    (key) => `${prefix}${key}`,
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
    namesOf: (key) => [`${prefix}${key}`],
    get: (name) => (name.includes(".", prefix.length) ? values.get(name) : get(name)),
    listed: (key) => lists.get(key)?.map(memberFamily),
  };
}

/** One of several objects as a family of its own. */
function memberFamily({ name, values }: ReadObject): SettingFamily {
  const nameOf = (key: SettingKey) => `${name}${key.slice(key.indexOf("."))}`;
  const byName = new Map([...values].map(([key, text]) => [nameOf(key as SettingKey), text]));
  return { namesOf: (key) => (key.includes(".") ? [nameOf(key)] : []), get: (named) => byName.get(named) };
}

/** The stack's configuration as a source of settings. */
export function configurationSource(get: (name: string) => string | undefined): SettingFamily[] {
  return ["vpcep:", "huaweicloud:"].map((prefix) => configurationFamily(prefix, get));
}
