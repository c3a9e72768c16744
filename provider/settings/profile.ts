// A profile file as a family of settings: KooCLI's config.json, single sign-on included, or the SDK's INI credentials.
// Called by credentials/chain.ts; reads one file, sends nothing. An error names the file, never what is in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { inHome } from "./files";
import type { FoundSetting, SettingFamily, SettingKey } from "./table";
import { refuseUnsupported } from "./unsupported";

/** The names that a profile's fields have, in the first format and in the second. */
const fieldNames: { readonly [Key in SettingKey]?: readonly string[] } = {
  region: ["region"],
  projectId: ["projectId", "project_id"],
  authUrl: ["iam_endpoint"],
  accessKey: ["accessKeyId", "ak"],
  secretKey: ["secretAccessKey", "sk"],
  securityToken: ["securityToken", "security_token"],
};

type Fields = Readonly<Record<string, unknown>>;

/** The names of all profiles of the file that the settings name, else of each where the tools keep theirs. */
export function profileNames(
  file: FoundSetting | undefined,
  home: string | undefined,
  onUnreadable: (error: VpcepError) => void,
): { readonly path: string; readonly names: readonly string[] }[] {
  return pathsOf(file, home).flatMap((path) => {
    try {
      const text = readText(path, file);
      return text === undefined ? [] : [{ path, names: namesIn(text, path) }];
    } catch (error) {
      onUnreadable(error as VpcepError);
      return [];
    }
  });
}

function namesIn(text: string, path: string): string[] {
  return isJson(text)
    ? profilesOf(text, path).flatMap(({ name }) => (typeof name === "string" ? name : []))
    : [...sectionsOf(text, path).keys()];
}

function pathsOf(file: FoundSetting | undefined, home: string | undefined): string[] {
  const own = [".hcloud/config.json", ".huaweicloud/credentials"];
  return file ? [inHome(file.value, home)] : home === undefined ? [] : own.map((path) => join(home, path));
}

/**
 * The chosen profile of the file that the settings name, else of the files where the tools keep theirs.
 * Undefined when nothing is named and no tool has left a file.
 */
export function profileFamily(
  profile: FoundSetting | undefined,
  file: FoundSetting | undefined,
  home: string | undefined,
): SettingFamily | undefined {
  const paths = pathsOf(file, home);
  for (const path of paths) {
    const text = readText(path, file);
    if (text !== undefined) {
      const { name, fields } = isJson(text)
        ? jsonProfile(text, path, profile?.value)
        : iniProfile(text, path, profile?.value);
      const label = `profile ${JSON.stringify(name)} of ${path}`;
      refuseUnsupported(Object.entries(fields), (field) => `${field} in ${label}`);
      refuseUnknownMode(fields["mode"], label);
      return familyOf(fields, label);
    }
  }
  if (profile) {
    const where = paths.length > 0 ? paths.join(" and no ") : "home folder to look for its file in";
    throw problem(`${profile.from} names a profile, but there is no ${where}`);
  }
  return undefined;
}

function readText(path: string, named: FoundSetting | undefined): string | undefined {
  try {
    // Editors of Windows begin a file with a mark of its coding.
    return readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code === "ENOENT" || code === "ENOTDIR") && !named) {
      return undefined;
    }
    throw problem(`${path} (${named?.from ?? "a profile file"}) cannot be read (${code})`);
  }
}

function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

function contentOf(text: string, path: string): { readonly current?: unknown; readonly profiles?: unknown } {
  try {
    return JSON.parse(text);
  } catch {
    throw problem(`${path} is not JSON`);
  }
}

function profilesOf(text: string, path: string): Fields[] {
  const { profiles } = contentOf(text, path);
  return Array.isArray(profiles) ? profiles.filter((each) => typeof each === "object" && each !== null) : [];
}

function jsonProfile(text: string, path: string, wanted: string | undefined) {
  const content = contentOf(text, path);
  const profiles = profilesOf(text, path);
  const name = wanted ?? (typeof content.current === "string" ? content.current : "default");
  const names = profiles.map((candidate) => candidate?.["name"]);
  const fields = profiles[names.indexOf(name)];
  if (!fields) {
    throw noProfile(
      path,
      name,
      names.filter((known) => typeof known === "string"),
    );
  }
  if (fields["mode"] === "SSO") {
    const session = (fields["ssoAuth"] as Fields | undefined)?.["stsToken"];
    return { name, fields: { ...fields, ...(session as Fields | undefined) } };
  }
  return { name, fields };
}

function sectionsOf(text: string, path: string): Map<string, Fields> {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  for (const line of text.split("\n").map((untrimmed) => untrimmed.trim())) {
    const equals = line.indexOf("=");
    if (/^(?:$|[#;])/.test(line)) {
      continue;
    }
    if (line.startsWith("[") && line.endsWith("]")) {
      section = {};
      sections.set(line.slice(1, -1).trim(), section);
    } else if (section && equals > 0) {
      section[line.slice(0, equals).trim()] = line.slice(equals + 1).trim();
    } else {
      throw problem(`${path} is neither KooCLI's JSON nor the SDK's INI`);
    }
  }
  return sections;
}

function iniProfile(text: string, path: string, wanted = "basic") {
  const sections = sectionsOf(text, path);
  const fields = sections.get(wanted);
  if (!fields) {
    throw noProfile(path, wanted, [...sections.keys()]);
  }
  return { name: wanted, fields };
}

/** How a profile of KooCLI signs in; other ways would ask as somebody else. */
const knownModes = ["", "AKSK", "SSO", "ecsAgency"];

function refuseUnknownMode(mode: unknown, label: string): void {
  if (mode !== undefined && mode !== null && !knownModes.includes(mode as string)) {
    throw problem(
      `mode in ${label} is ${describeValue(mode)}, which is not supported: use a profile of the mode AKSK or SSO`,
    );
  }
}

function familyOf(fields: Fields, label: string): SettingFamily {
  const names = new Map<string, string>();
  for (const key of Object.values(fieldNames).flat()) {
    names.set(`${key} in ${label}`, key);
  }
  return {
    namesOf: (key) => {
      const spelt = fieldNames[key] ?? [];
      const used = spelt.filter((name) => fields[name] !== undefined);
      return (used.length > 0 ? used : spelt.slice(0, 1)).map((name) => `${name} in ${label}`);
    },
    get: (name) => {
      const value = fields[names.get(name) ?? ""];
      return typeof value === "string" ? value : undefined;
    },
  };
}

function noProfile(path: string, name: string, known: readonly string[]): VpcepError {
  return problem(`${path} has no profile ${JSON.stringify(name)}; it has ${known.join(", ") || "none"}`);
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
