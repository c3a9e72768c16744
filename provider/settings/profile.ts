// A profile file as a family of settings: KooCLI's config.json, or the SDK's INI credentials; a format is a file beside this
// one. Called by credentials/chain.ts and accounts.ts; reads one file, sends nothing. An error names the file, never what is in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { VpcepError } from "../errors/errors";
import { inHome } from "./files";
import { readIniProfiles } from "./iniProfile";
import { readKooCliProfiles } from "./kooCliProfile";
import { type Profiles, profileProblem, profileSettings, type ReadProfiles } from "./profileFormat";
import type { FoundSetting, SettingFamily } from "./table";

/** The formats, each with what a text in it begins with, and where its tool keeps its file. */
const formats: readonly { readonly begins: RegExp; readonly ownPath: string; readonly read: ReadProfiles }[] =
  [
    { begins: /^\s*\{/, ownPath: ".hcloud/config.json", read: readKooCliProfiles },
    { begins: /^/, ownPath: ".huaweicloud/credentials", read: readIniProfiles },
  ];

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
      return profileSettings(profilesIn(text, path).choose(profile?.value));
    }
  }
  if (profile) {
    const where = paths.length > 0 ? paths.join(" and no ") : "home folder to look for its file in";
    throw profileProblem(`${profile.from} names a profile, but there is no ${where}`);
  }
  return undefined;
}

/** The names of all profiles of the file that the settings name, else of each where the tools keep theirs. */
export function profileNames(
  file: FoundSetting | undefined,
  home: string | undefined,
  onUnreadable: (error: VpcepError) => void,
): { readonly path: string; readonly names: readonly string[] }[] {
  return pathsOf(file, home).flatMap((path) => {
    try {
      const text = readText(path, file);
      return text === undefined ? [] : [{ path, names: profilesIn(text, path).names }];
    } catch (error) {
      onUnreadable(error as VpcepError);
      return [];
    }
  });
}

function pathsOf(file: FoundSetting | undefined, home: string | undefined): string[] {
  const own = formats.flatMap(({ ownPath }) => (home === undefined ? [] : join(home, ownPath)));
  return file ? [inHome(file.value, home)] : own;
}

function profilesIn(text: string, path: string): Profiles {
  const { read } = formats.find(({ begins }) => begins.test(text)) as (typeof formats)[number];
  return read(text, path);
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
    throw profileProblem(`${path} (${named?.from ?? "a profile file"}) cannot be read (${code})`);
  }
}
