// Which credential a lookup uses: the sources are asked in order, the first one begun decides, and a credential is
// taken whole from one family of names. Pure; called by settings.ts.
import { VpcepError } from "../errors/errors";
import { findSetting, type SettingFamily, type SettingKey, type SettingSources } from "../settings/table";

/** A credential that authenticates a request as it is. `from` says where it came from, as an error calls it. */
export type UsableCredential =
  | { readonly kind: "token"; readonly token: string; readonly from: string }
  | {
      readonly kind: "keys";
      readonly accessKey: string;
      readonly secretKey: string;
      readonly securityToken: string | undefined;
      readonly from: string;
    };

/** A credential as the user gave it, some of which are first exchanged for a usable one. */
export type Credential =
  | UsableCredential
  | {
      readonly kind: "password";
      readonly userName: string;
      readonly password: string;
      readonly domainName: string;
      readonly from: string;
    }
  /** None was given: the server's own metadata may have one. `lookedAt` are the names that were looked at. */
  | { readonly kind: "metadata"; readonly lookedAt: readonly string[]; readonly from: string };

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
    if (headerKeys.includes(key) && !/^[\x21-\x7e]{1,32768}$/.test(setting?.value ?? "")) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${setting?.from} holds a space, a line break or another character that no credential has: set it again`,
      );
    }
  }
  return kind.build((key) => findSetting(family, key)?.value, names);
}
