// Which credential a lookup uses: the sources are asked in order, the first one begun decides, and a credential is
// taken whole from one family of names, with the role of the same family. Sends nothing; called by
// client/configuration.ts.
// This room knows the way from settings to the headers of an authenticated request; requests/ and client/ may enter.
import { VpcepError } from "../errors/errors";
import { headerValueProblem } from "../schema/identity";
import { profileFamily } from "../settings/profile";
import {
  type FoundSetting,
  findSetting,
  membersOf,
  type SettingFamily,
  type SettingKey,
  type SettingSources,
  searcher,
} from "../settings/table";
import type { Authentication } from "./chosen";
import { keysKind } from "./kinds/keys";
import type { CredentialKind, GivenCredential } from "./kinds/kind";
import { metadataCredential, metadataKind } from "./kinds/metadata";
import { oidcKind } from "./kinds/oidc";
import type { Machine } from "./kinds/parts";
import { passwordKind } from "./kinds/password";
import { tokenKind } from "./kinds/token";
import { roleOver } from "./role";

/** Values that go into a header, where a space or a line break would break it apart. */
const headerKeys: readonly SettingKey[] = ["token", "accessKey", "secretKey", "securityToken", "oidc.idpId"];

type Kind = CredentialKind<GivenCredential>;

/** In the order in which one source is searched. What the metadata of the server has needs no setting, and comes last. */
const kinds: readonly Kind[] = [tokenKind, oidcKind, keysKind, passwordKind];

/** How a credential of each kind is called. */
export const kindLabels = [...kinds, metadataKind].map(({ label }) => label);

/** The settings that are parts of a credential, or of the role over it. */
export const credentialKeys: ReadonlySet<SettingKey> = new Set([
  ...kinds.flatMap(({ parts }) => parts),
  ...(membersOf.get("assumeRole") ?? []),
]);

/** A credential, and the family of names it was taken from; none where it may come from the server's metadata. */
export interface ChosenCredential {
  readonly credential: GivenCredential;
  readonly kind: Kind;
  readonly family: SettingFamily | undefined;
}

const nowhere: Machine = { home: undefined, environment: {} };

/** The credential to use. Its characters are checked here, so that none can break a header apart. */
export function chooseCredential(sources: SettingSources, machine: Machine = nowhere): ChosenCredential {
  for (const families of sources) {
    for (const kind of kinds) {
      const family = families.find((candidate) => kind.begins.some((key) => findSetting(candidate, key)));
      if (family) {
        return { credential: takeWhole(kind, family, machine), kind, family };
      }
    }
    const wanted = families.find(({ wantsMetadata }) => wantsMetadata !== undefined)?.wantsMetadata;
    if (wanted !== undefined) {
      return fromMetadata([wanted]);
    }
    const chosen = families.find((family) => family.chosen !== undefined)?.chosen;
    if (chosen !== undefined) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${chosen} has no credential of the kind that it says it has: give it a token, a user and a password, or a key pair in its auth`,
      );
    }
  }
  const lookedAt = sources
    .flat()
    .flatMap((family) => kinds.flatMap(({ begins }) => (begins[0] ? family.namesOf(begins[0], "") : [])));
  return fromMetadata(lookedAt);
}

function fromMetadata(lookedAt: readonly string[]): ChosenCredential {
  return { credential: metadataCredential(lookedAt), kind: metadataKind, family: undefined };
}

/** The sources with the profile file that joins them, where it is named or decides. */
export interface JoinedSources {
  readonly all: SettingSources;
  /** The profile, and the families that name it. */
  readonly profile: SettingFamily | undefined;
  readonly naming: readonly SettingFamily[];
}

/** Has a profile join the sources, after so many of them. */
export function joinProfile(
  sources: SettingSources,
  machine: Machine,
  profileAt = sources.length,
): JoinedSources {
  const find = searcher(sources.flat());
  const [named, file] = [find("profile"), find("sharedConfigFile")];
  const isBegun = sources
    .flat()
    .some((family) => kinds.some(({ begins }) => begins.some((key) => findSetting(family, key))));
  const profile = isBegun && !named && !file ? undefined : profileFamily(named, file, machine);
  const all = profile ? sources.toSpliced(profileAt, 0, [profile]) : sources;
  return { all, profile, naming: profile ? namers(sources, [named, file]) : [] };
}

/** The credential to use, and the role over it. */
export function chooseOf({ all, profile, naming }: JoinedSources, machine: Machine): Authentication {
  const { credential, kind, family } = chooseCredential(all, machine);
  // Whoever names a profile takes its credential as a part of their own.
  const owners = family !== undefined && family === profile ? naming : [];
  const names = family ? kind.parts.flatMap((key) => findSetting(family, key)?.from ?? []) : [];
  return { credential, kind, names, role: roleOver(family, credential.from, all, owners) };
}

/** The families in which one of these was found. */
function namers(
  sources: SettingSources,
  found: readonly (FoundSetting | undefined)[],
): readonly SettingFamily[] {
  const names = found.flatMap((setting) => setting?.from ?? []);
  return sources
    .flat()
    .filter((family) =>
      (["profile", "sharedConfigFile"] as const).some((key) =>
        names.includes(findSetting(family, key)?.from ?? ""),
      ),
    );
}

function takeWhole(kind: Kind, family: SettingFamily, machine: Machine): GivenCredential {
  const found = new Map(
    kind.parts.flatMap((key) => {
      const setting = findSetting(family, key);
      return setting ? [[key, setting] as const] : [];
    }),
  );
  const names = [...found.values()].map(({ from }) => from).join(", ");
  const missing = kind.missing((key) => found.has(key));
  if (missing !== undefined) {
    const [name = missing] = family.namesOf(missing, "");
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${names} is set, but ${name} is not: the parts of a credential are set together, under names that begin alike. Set what is missing, or unset the rest`,
      { fault: { settings: [name], missing: "all" } },
    );
  }
  for (const [key, { value, from }] of found) {
    const problem = headerKeys.includes(key) ? headerValueProblem(value) : undefined;
    if (problem !== undefined) {
      throw new VpcepError("VPCEP_CONFIG", `${from} ${problem}: set it again`, {
        fault: { settings: [from] },
      });
    }
  }
  const get = (key: SettingKey) => found.get(key)?.value;
  return kind.build({ get, nameOf: (key) => found.get(key)?.from, from: names, family, machine });
}
