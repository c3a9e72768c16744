// Which credential a lookup uses: the sources are asked in order, the first one begun decides, and a credential is
// taken whole from one family of names, with the role of the same family. Sends nothing; called by
// client/configuration.ts. Long for the places in which a profile may stand.
// This room knows the way from settings to the headers of an authenticated request; requests/ and client/ may enter.
import { VpcepError } from "../errors/errors";
import { headerValueProblem } from "../schema/identity";
import type { Asker } from "../settings/addresses";
import { profileFamily } from "../settings/profile";
import {
  findSetting,
  membersOf,
  type SettingFamily,
  type SettingKey,
  type SettingSources,
} from "../settings/table";
import type { Authentication } from "./chosen";
import { keysKind } from "./kinds/keys";
import type { CredentialKind, GivenCredential } from "./kinds/kind";
import { metadataCredential, metadataKind } from "./kinds/metadata";
import { oidcKind } from "./kinds/oidc";
import type { Machine } from "./kinds/parts";
import { passwordKind } from "./kinds/password";
import { tokenKind } from "./kinds/token";
import { inOrderOf, type Namer, namerOf } from "./namer";
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
  /** The family that says it is to come from the server's metadata. */
  readonly wanting?: SettingFamily | undefined;
}

const nowhere: Machine = { home: undefined, environment: {} };

/** The credential to use. Its characters are checked here, so that none can break a header apart. */
export function chooseCredential(sources: SettingSources, machine: Machine = nowhere): ChosenCredential {
  for (const families of sources) {
    for (const kind of kinds) {
      const family = families.find((candidate) => begins(kind, candidate));
      if (family) {
        return { credential: takeWhole(kind, family, machine), kind, family };
      }
    }
    const wanting = families.find(({ wantsMetadata }) => wantsMetadata !== undefined);
    if (wanting?.wantsMetadata !== undefined) {
      return { ...fromMetadata([wanting.wantsMetadata]), wanting };
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

function begins(kind: Kind, family: SettingFamily): boolean {
  return kind.begins.some((key) => findSetting(family, key));
}

/** The first name under which a family says who asks; undefined where it does not. */
function beginningIn(family: SettingFamily): string | undefined {
  const begun = kinds.flatMap(({ begins }) => begins.flatMap((key) => findSetting(family, key)?.from ?? []));
  return family.wantsMetadata ?? begun[0];
}

function fromMetadata(lookedAt: readonly string[]): ChosenCredential {
  return { credential: metadataCredential(lookedAt), kind: metadataKind, family: undefined };
}

/** Who asks, and what else is set for that. */
export interface Choice {
  readonly authentication: Authentication;
  /** Whose credential it is, as addresses are for it or not. */
  readonly asker: Asker;
  /** Where all other settings come from. */
  readonly sources: SettingSources;
}

/** The sources with the profile file that joins them, where it is named or decides. */
export interface JoinedSources {
  /** Every source: for all other settings, a profile comes after so many of them. */
  readonly all: SettingSources;
  /** In the order in which they are asked who asks. */
  readonly order: SettingSources;
  /** The profile that is named, and what names it. */
  readonly named?: { readonly namer: Namer; readonly family: SettingFamily } | undefined;
}

/**
 * Has a profile join the sources, after so many of them. One that an option, a configuration or an account names comes right
 * after that where it is asked who asks; any other is the last of all, since what is in the environment comes before files.
 */
export function joinProfile(
  sources: SettingSources,
  machine: Machine,
  profileAt = sources.length,
): JoinedSources {
  const families = sources.flat();
  const unreadable = families.find(({ problem }) => problem)?.problem;
  if (unreadable) {
    throw unreadable;
  }
  const namer = namerOf(sources);
  const isBegun = families.some((family) => kinds.some((kind) => begins(kind, family)));
  const family = isBegun && !namer ? undefined : profileFamily(namer?.profile, namer?.file, machine);
  if (!family) {
    return { all: sources, order: sources };
  }
  const all = sources.toSpliced(profileAt, 0, [family]);
  const named = namer && { namer, family };
  return namer && isOnPurpose(namer)
    ? { all, order: inOrderOf(sources, namer, family), named }
    : { all, order: all, named };
}

/** Whether whoever names a profile means it for this lookup: a variable is there for many. */
function isOnPurpose({ family }: Namer): boolean {
  return family.place !== "environment";
}

/**
 * The credential to use, and the role over it.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` for a family that has a credential and names a profile that has one.
 */
export function chooseOf({ all, order, named }: JoinedSources, machine: Machine): Choice {
  if (named && isOnPurpose(named.namer)) {
    checkOneAsks(named.namer, named.family);
  }
  const chosen = chooseCredential(order, machine);
  return choiceOf(chosen, all, named && { namer: named.namer.family, family: named.family });
}

/** Refuses a credential beside a profile that has one, where both are of one family: nobody knows which is meant. */
function checkOneAsks({ family, profile, file }: Namer, named: SettingFamily): void {
  const [own, other] = [beginningIn(family), beginningIn(named)];
  if (own === undefined || other === undefined) {
    return;
  }
  throw new VpcepError(
    "VPCEP_CONFIG",
    `${(profile ?? file)?.from} names a profile with a credential (${other}), but ${own} is set too: nobody knows which is to ask. Unset one of them`,
    { fault: { settings: [own] } },
  );
}

/** The choice of a credential. A profile belongs to the family that names it. */
function choiceOf(
  { credential, kind, family, wanting }: ChosenCredential,
  sources: SettingSources,
  named?: { readonly namer: SettingFamily; readonly family: SettingFamily },
): Choice {
  const owner = family ?? wanting;
  const namer = named && owner === named.family ? named.namer : undefined;
  // A profile that only says where to ask says it for the credential beside its name.
  const beside = named && owner === named.namer ? named.family : namer;
  const names = family ? kind.parts.flatMap((key) => findSetting(family, key)?.from ?? []) : [];
  return {
    authentication: { credential, kind, names, role: roleOver(family, credential.from, sources, namer) },
    asker: { from: credential.from, families: [owner ?? [], beside ?? []].flat() },
    sources,
  };
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
