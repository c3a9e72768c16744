// A profile file as a family of settings: KooCLI's config.json, or the SDK's INI credentials; a format is a file beside this
// one. Called by credentials/chain.ts; reads one file, sends nothing. An error names the file, never what is in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inHome } from "./files";
import { readIniProfile } from "./iniProfile";
import { readKooCliProfile } from "./kooCliProfile";
import { profileProblem, profileSettings, type ReadProfile } from "./profileFormat";
import type { FoundSetting, SettingFamily } from "./table";

/** The formats, each with what a text in it begins with, and where its tool keeps its file. */
const formats: readonly { readonly begins: RegExp; readonly ownPath: string; readonly read: ReadProfile }[] =
  [
    { begins: /^\s*\{/, ownPath: ".hcloud/config.json", read: readKooCliProfile },
    { begins: /^/, ownPath: ".huaweicloud/credentials", read: readIniProfile },
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
  const own = formats.flatMap(({ ownPath }) => (home === undefined ? [] : join(home, ownPath)));
  const paths = file ? [inHome(file.value, home)] : own;
  for (const path of paths) {
    const text = readText(path, file);
    if (text !== undefined) {
      const format = formats.find(({ begins }) => begins.test(text));
      return format && profileSettings(format.read(text, path, profile?.value));
    }
  }
  if (profile) {
    const where = paths.length > 0 ? paths.join(" and no ") : "home folder to look for its file in";
    throw profileProblem(`${profile.from} names a profile, but there is no ${where}`);
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
    throw profileProblem(`${path} (${named?.from ?? "a profile file"}) cannot be read (${code})`);
  }
}
