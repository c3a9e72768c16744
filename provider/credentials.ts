// Which credential a lookup uses: the sources are asked in order, the first one begun decides, and a credential is
// taken whole from one family of names. Pure; called by settings.ts.
import { VpcepError } from "./errors";
import { findSetting, type SettingFamily, type SettingKey, type SettingSources } from "./settingsTable";

/** A credential as the user gave it. `from` says where, as an error calls it. */
export type Credential =
  | { readonly kind: "token"; readonly token: string; readonly from: string }
  | {
      readonly kind: "keys";
      readonly accessKey: string;
      readonly secretKey: string;
      readonly securityToken: string | undefined;
      readonly from: string;
    };

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
];

/** The credential to use. Its characters are checked here, so that none can break a header apart. */
export function readCredential(sources: SettingSources): Credential {
  for (const families of sources) {
    for (const kind of credentialKinds) {
      const family = families.find((candidate) => kind.begins.some((key) => findSetting(candidate, key)));
      if (family) {
        return takeWhole(kind, family);
      }
    }
  }
  const places = sources
    .flat()
    .flatMap((family) => credentialKinds.flatMap(({ begins }) => family.namesOf(begins[0] ?? "token", "")));
  throw new VpcepError(
    "VPCEP_CONFIG",
    `No credential found; looked at ${places.join(", ")}. Shortest fix: set HW_ACCESS_KEY and HW_SECRET_KEY in the environment`,
  );
}

function takeWhole(kind: CredentialKind, family: SettingFamily): Credential {
  const found = kind.begins.map((key) => findSetting(family, key)).filter((part) => part !== undefined);
  const names = found.map(({ from }) => from).join(", ");
  for (const key of kind.needs) {
    if (!findSetting(family, key)) {
      const wanted = family.namesOf(key, "")[0];
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${names} is set, but ${wanted} is not: set both, or neither. A credential is taken whole from one family of names`,
      );
    }
  }
  for (const { value, from } of found) {
    if (!/^[\x21-\x7e]{1,32768}$/.test(value)) {
      throw new VpcepError(
        "VPCEP_CONFIG",
        `${from} holds a space, a line break or another character that no credential has: set it again`,
      );
    }
  }
  return kind.build((key) => findSetting(family, key)?.value, names);
}
