// Which credential a lookup uses: the sources are asked in order, the first one begun decides, and a credential is
// taken whole from one family of names. Sends nothing; called by client/configuration.ts.
import { VpcepError } from "../errors/errors";
import { isHeaderValue } from "../schema/identity";
import { profileFamily } from "../settings/profile";
import {
  findSetting,
  type SettingFamily,
  type SettingKey,
  type SettingSources,
  searcher,
} from "../settings/table";
import type { Credential } from "./credential";

/** One way to authenticate: what begins it, and what it needs. */
interface CredentialKind {
  readonly begins: readonly SettingKey[];
  readonly needs: readonly SettingKey[];
  readonly build: (part: (key: SettingKey) => string | undefined, from: string) => Credential;
}

/** In the order in which one source is searched. */
const credentialKinds: readonly CredentialKind[] = [
  {
    begins: ["token"],
    needs: ["token"],
    build: (part, from) => ({ kind: "token", token: part("token") ?? "", from }),
  },
  {
    begins: ["accessKey", "secretKey", "securityToken"],
    needs: ["accessKey", "secretKey"],
    build: (part, from) => ({
      kind: "keys",
      accessKey: part("accessKey") ?? "",
      secretKey: part("secretKey") ?? "",
      securityToken: part("securityToken"),
      from,
    }),
  },
  {
    begins: ["userName", "password"],
    needs: ["userName", "password", "domainName"],
    build: (part, from) => ({
      kind: "password",
      userName: part("userName") ?? "",
      password: part("password") ?? "",
      domainName: part("domainName") ?? "",
      from,
    }),
  },
];

/** The settings that are parts of a credential. */
export const credentialKeys: ReadonlySet<SettingKey> = new Set(
  credentialKinds.flatMap(({ begins, needs }) => [...begins, ...needs]),
);

/** Values that go into a header, where a space or a line break would break it apart. */
const headerKeys: readonly SettingKey[] = ["token", "accessKey", "secretKey", "securityToken"];

/** A credential, and the family of names it was taken from; none where it may come from the server's metadata. */
export interface ChosenCredential {
  readonly credential: Credential;
  readonly family: SettingFamily | undefined;
}

/** The credential to use. Its characters are checked here, so that none can break a header apart. */
export function chooseCredential(sources: SettingSources): ChosenCredential {
  for (const families of sources) {
    for (const kind of credentialKinds) {
      const family = families.find((candidate) => kind.begins.some((key) => findSetting(candidate, key)));
      if (family) {
        return { credential: takeWhole(kind, family), family };
      }
    }
  }
  const lookedAt = sources
    .flat()
    .flatMap((family) => credentialKinds.flatMap(({ begins }) => family.namesOf(begins[0] ?? "token", "")));
  return { credential: { kind: "metadata", lookedAt, from: "the server's metadata" }, family: undefined };
}

/**
 * The credential to use, and the sources that a profile file has joined, where it is named or decides. `home` is where
 * profile files are looked for.
 */
export function chooseWithProfile(
  sources: SettingSources,
  home: string | undefined,
): { readonly credential: Credential; readonly sources: SettingSources } {
  const find = searcher(sources.flat());
  const [profile, file] = [find("profile"), find("sharedConfigFile")];
  const chosen = chooseCredential(sources);
  if (chosen.family && !profile && !file) {
    return { credential: chosen.credential, sources };
  }
  const family = profileFamily(profile, file, home);
  const all = family ? [...sources, [family]] : sources;
  return { credential: chooseCredential(all).credential, sources: all };
}

function takeWhole(kind: CredentialKind, family: SettingFamily): Credential {
  const found = [...new Set([...kind.begins, ...kind.needs])]
    .map((key) => ({ key, setting: findSetting(family, key) }))
    .filter((part) => part.setting !== undefined);
  const names = found.map(({ setting }) => setting?.from).join(", ");
  for (const key of kind.needs) {
    if (!found.some((part) => part.key === key)) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${names} is set, but ${family.namesOf(key, "")[0]} is not: a credential is taken whole from one family of names. Set what is missing, or unset the rest`,
      );
    }
  }
  for (const { key, setting } of found) {
    if (headerKeys.includes(key) && !isHeaderValue(setting?.value)) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${setting?.from} holds a space, a line break or another character that no credential has: set it again`,
      );
    }
  }
  return kind.build((key) => findSetting(family, key)?.value, names);
}
