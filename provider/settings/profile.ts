// A profile file as a family of settings: KooCLI's config.json, the SDK's INI credentials, or OpenStack's clouds.yaml; a format
// is a file beside this one, and clouds/. Called by credentials/chain.ts and accounts.ts; reads files, sends nothing. An error
// names the file, never what is in it.
import { join } from "node:path";
import type { VpcepError } from "../errors/errors";
import { type FileProblem, readTextFile } from "../files/textFile";
import type { Cloud } from "./clouds/cloud";
import { cloudsOf } from "./clouds/clouds";
import { inHome } from "./files";
import { regionOfOrigin } from "./hosts";
import { readIniProfiles } from "./iniProfile";
import { readKooCliProfiles } from "./kooCliProfile";
import { type Profile, profileProblem, profileSettings, type ReadProfiles } from "./profileFormat";
import type { FoundSetting, SettingFamily, SettingKey } from "./table";

/** The formats of one file, each with what a text in it begins with, and where its tool keeps its file. */
const formats: readonly { readonly begins: RegExp; readonly ownPath: string; readonly read: ReadProfiles }[] =
  [
    { begins: /^\s*\{/, ownPath: ".hcloud/config.json", read: readKooCliProfiles },
    { begins: /^/, ownPath: ".huaweicloud/credentials", read: readIniProfiles },
  ];

/** Where profiles are looked for. */
export interface ProfilePlace {
  /** The user's own folder; without one there is no file that nobody has named. */
  readonly home: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The profiles of one file. */
export interface ProfileFile {
  readonly path: string;
  readonly names: readonly string[];
  /** The profile of a name, or the one that the file itself chooses. */
  readonly familyOf: (wanted: string | undefined) => SettingFamily;
}

/**
 * The chosen profile of the file that the settings name, else of the files where the tools keep theirs.
 * Undefined when nothing is named and no tool has left a file.
 */
export function profileFamily(
  profile: FoundSetting | undefined,
  file: FoundSetting | undefined,
  place: ProfilePlace,
): SettingFamily | undefined {
  for (const { read } of readersOf(file, place)) {
    const found = read();
    if (found) {
      return found.familyOf(profile?.value);
    }
  }
  if (profile) {
    const where = readersOf(file, place).map(({ path }) => path);
    throw profileProblem(
      `${profile.from} names a profile, but there is no ${where.join(" and no ") || "home folder to look for its file in"}`,
    );
  }
  return undefined;
}

/** All profiles of the file that the settings name, else of each where the tools keep theirs. */
export function profileFiles(
  file: FoundSetting | undefined,
  place: ProfilePlace,
  onUnreadable: (error: VpcepError) => void,
): ProfileFile[] {
  return readersOf(file, place).flatMap(({ read }) => {
    try {
      return read() ?? [];
    } catch (error) {
      onUnreadable(error as VpcepError);
      return [];
    }
  });
}

/** What reads each file, where there is one. */
interface Reader {
  readonly path: string;
  readonly read: () => ProfileFile | undefined;
}

function readersOf(file: FoundSetting | undefined, place: ProfilePlace): Reader[] {
  const { home } = place;
  if (file) {
    const path = inHome(file.value, home);
    return [/\.ya?ml$/.test(path) ? cloudsReader(place, { path, from: file.from }) : reader(path, file)];
  }
  return home === undefined
    ? []
    : [...formats.map(({ ownPath }) => reader(join(home, ownPath), undefined)), cloudsReader(place)];
}

function reader(path: string, named: FoundSetting | undefined): Reader {
  const read = () => {
    const text = readText(path, named);
    if (text === undefined) {
      return undefined;
    }
    const format = formats.find(({ begins }) => begins.test(text)) as (typeof formats)[number];
    const { names, choose } = format.read(text, path);
    return { path, names, familyOf: (wanted: string | undefined) => profileSettings(choose(wanted)) };
  };
  return { path, read };
}

function cloudsReader(place: ProfilePlace, file?: { readonly path: string; readonly from: string }): Reader {
  const read = () => {
    const machine = { ...place, workingFolder: process.cwd(), platform: process.platform };
    const clouds = cloudsOf(machine, file);
    // A file without a cloud is there for something else.
    return clouds && (clouds.names.length > 0 || file)
      ? { ...clouds, familyOf: (wanted: string | undefined) => cloudSettings(clouds.choose(wanted)) }
      : undefined;
  };
  return { path: file?.path ?? "clouds.yaml", read };
}

/** A cloud of clouds.yaml as a family of settings. Without a region it is of the one that its IAM is of. */
export function cloudSettings({ label, settings: own }: Cloud): SettingFamily {
  const settings: Profile["settings"] = own;
  const textFor = (key: SettingKey) => settings.get(key)?.value;
  const all = new Map(settings);
  const address = textFor("authUrl") ?? "";
  if (textFor("region") === undefined && URL.canParse(address)) {
    all.set("region", { name: `the host of auth_url in ${label}`, value: regionOfOrigin(address) });
  }
  const { besideCredential: _, ...family } = profileSettings({ settings: all });
  return {
    ...family,
    // Where an agency is entered, a project of the cloud is one of the account that is entered.
    ...(textFor("assumeRole.agencyName") === undefined ? { besideCredential: true } : {}),
    ...(textFor("projectId") === undefined && textFor("projectName") === undefined
      ? { tokenHasProject: true }
      : {}),
    chosen: label,
  };
}

/** A file of profiles is far smaller than this. */
const mostBytes = 1024 * 1024;

function readText(path: string, named: FoundSetting | undefined): string | undefined {
  try {
    // Editors of Windows begin a file with a mark of its coding.
    return readTextFile(path, mostBytes).replace(/^\ufeff/, "");
  } catch (error) {
    const { code, message } = error as FileProblem;
    if ((code === "ENOENT" || code === "ENOTDIR") && !named) {
      return undefined;
    }
    throw profileProblem(`${path} (${named?.from ?? "a profile file"}) ${message}`);
  }
}
