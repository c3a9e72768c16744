// The family of names that names a profile, whose credential is then that family's own. Pure; called by chain.ts.
import {
  type FoundSetting,
  findSetting,
  type SettingFamily,
  type SettingSources,
  searcher,
} from "../settings/table";

/** A family that names a profile, or the file of one. */
export interface Namer {
  readonly family: SettingFamily;
  readonly profile: FoundSetting | undefined;
  readonly file: FoundSetting | undefined;
}

/** The family that names the profile; where none does, the one that names the file. */
export function namerOf(sources: SettingSources): Namer | undefined {
  const families = sources.flat();
  const find = searcher(families);
  const [profile, file] = [find("profile"), find("sharedConfigFile")];
  const family = (["profile", "sharedConfigFile"] as const).flatMap(
    (key) => families.find((candidate) => findSetting(candidate, key)) ?? [],
  )[0];
  return family && { family, profile, file };
}

/** The sources with the profile right after the family that names it, and before all that come after that. */
export function inOrderOf(sources: SettingSources, namer: Namer, profile: SettingFamily): SettingSources {
  return sources.flatMap((families) => {
    const after = families.indexOf(namer.family) + 1;
    return after === 0 ? [families] : [families.slice(0, after), [profile], families.slice(after)];
  });
}
