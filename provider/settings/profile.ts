// A profile file as a family of settings: KooCLI's config.json, single sign-on included, or the SDK's INI credentials.
// Called by credentials/chain.ts; reads one file, sends nothing. An error names the file, never what is in it.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
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

/**
 * The chosen profile of the file that the settings name, else of the files where the tools keep theirs.
 * Undefined when nothing is named and no tool has left a file.
 */
export function profileFamily(
  profile: FoundSetting | undefined,
  file: FoundSetting | undefined,
  home: string = homedir(),
): SettingFamily | undefined {
  const named = file ? [file.value] : [];
  const paths = file
    ? named
    : [join(home, ".hcloud", "config.json"), join(home, ".huaweicloud", "credentials")];
  for (const path of paths) {
    const text = readText(path, file);
    if (text !== undefined) {
      const { name, fields } = /^\s*\{/.test(text)
        ? jsonProfile(text, path, profile?.value)
        : iniProfile(text, path, profile?.value);
      const label = `profile ${JSON.stringify(name)} of ${path}`;
      refuseUnsupported(Object.entries(fields), (field) => `${field} in ${label}`);
      refuseUnknownMode(fields["mode"], label);
      return familyOf(fields, label);
    }
  }
  if (profile) {
    throw problem(`${profile.from} names a profile, but there is no ${paths.join(" and no ")}`);
  }
  return undefined;
}

function readText(path: string, named: FoundSetting | undefined): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && !named) {
      return undefined;
    }
    throw problem(`${path} (${named?.from ?? "a profile file"}) cannot be read (${code})`);
  }
}

function jsonProfile(text: string, path: string, wanted: string | undefined) {
  let content: { readonly current?: unknown; readonly profiles?: unknown };
  try {
    content = JSON.parse(text);
  } catch {
    throw problem(`${path} is not JSON`);
  }
  const profiles = (Array.isArray(content.profiles) ? content.profiles : []) as Fields[];
  const name = wanted ?? String(content.current ?? "default");
  const fields = profiles.find((candidate) => candidate?.["name"] === name);
  if (!fields) {
    throw noProfile(
      path,
      name,
      profiles.map((candidate) => String(candidate?.["name"])),
    );
  }
  if (fields["mode"] === "SSO") {
    const session = (fields["ssoAuth"] as Fields | undefined)?.["stsToken"];
    return { name, fields: { ...fields, ...(session as Fields | undefined) } };
  }
  return { name, fields };
}

function iniProfile(text: string, path: string, wanted = "basic") {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*(.+?)\s*\]\s*$/.exec(line);
    const pair = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (header) {
      section = {};
      sections.set(header[1] ?? "", section);
    } else if (pair && section) {
      section[pair[1] ?? ""] = pair[2] ?? "";
    } else if (!/^\s*([#;].*)?$/.test(line)) {
      throw problem(`${path} is neither KooCLI's JSON nor the SDK's INI`);
    }
  }
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
