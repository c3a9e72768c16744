// What a format of profile files makes of one profile, and the family of settings that this is. Used by the formats, each a
// file beside this one, and by profile.ts.
import { VpcepError } from "../errors/errors";
import type { SettingFamily, SettingKey } from "./table";

/** One profile, read. */
export interface Profile {
  /** What it has, and what it could have: the name of each setting, as an error calls it, and its value. */
  readonly settings: ReadonlyMap<SettingKey, { readonly name: string; readonly value: string | undefined }>;
  /** What names the metadata of the server as its credential, as an error calls it. */
  readonly wantsMetadata?: string | undefined;
  /** What to do when its key is refused. */
  readonly remedy?: string | undefined;
}

/** The profiles of one file. */
export interface Profiles {
  readonly names: readonly string[];
  /** The profile of a name, or the one that the file itself chooses. */
  readonly choose: (wanted: string | undefined) => Profile;
}

/** Reads a file's profiles. */
export type ReadProfiles = (text: string, path: string) => Profiles;

/** The names that a format has for settings. */
export type Spelling = { readonly [Key in SettingKey]?: string };

/** The settings of a profile's fields; `label` is how an error calls the profile. */
export function settingsIn(
  fields: Readonly<Record<string, unknown>>,
  spelling: Spelling,
  label: string,
): Profile["settings"] {
  return new Map(
    Object.entries(spelling).map(([key, field]) => {
      const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
      const name = `${field} in ${label}`;
      return [key as SettingKey, { name, value: typeof value === "string" ? value : undefined }];
    }),
  );
}

/** A profile as a family of settings. */
export function profileSettings({ settings, wantsMetadata, remedy }: Profile): SettingFamily {
  const byName = new Map([...settings.values()].map(({ name, value }) => [name, value]));
  return {
    place: "file",
    besideCredential: true,
    addressesFor: "itself",
    wantsMetadata,
    remedy,
    namesOf: (key) => [settings.get(key)?.name ?? []].flat(),
    get: (name) => byName.get(name),
  };
}

/** How an error calls a profile. */
export function labelOf(name: string, path: string): string {
  return `profile ${JSON.stringify(name)} of ${path}`;
}

/** The error for a profile that is not in its file. */
export function noProfile(path: string, name: string, known: readonly string[]): VpcepError {
  return profileProblem(
    `${path} has no profile ${JSON.stringify(name)}; it has ${known.join(", ") || "none"}`,
  );
}

/** The error for something that stands in a file more than once; `places` says where. */
export function repeated(what: string, places: readonly string[]): VpcepError {
  return profileProblem(
    `${what} stands there more than once, at ${places.join(" and ")}: nobody knows which is meant. Remove all but one`,
  );
}

/** The error for a file or a profile that cannot be used. */
export function profileProblem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
