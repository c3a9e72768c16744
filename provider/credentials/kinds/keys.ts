// A key pair, or a temporary one with its security token: signs as it is. Listed in chain.ts.
import type { UsableCredential } from "./credential";
import type { CredentialKind } from "./kind";

/** A key pair as it was given. */
export type KeysCredential = Extract<UsableCredential, { kind: "keys" }>;

export const keysKind: CredentialKind<KeysCredential> = {
  label: "a key pair",
  begins: ["accessKey", "secretKey", "securityToken"],
  parts: ["accessKey", "secretKey", "securityToken"],
  missing: (has) => (["accessKey", "secretKey"] as const).find((key) => !has(key)),
  build: ({ get, from, family }) => ({
    kind: "keys",
    accessKey: get("accessKey") ?? "",
    secretKey: get("secretKey") ?? "",
    securityToken: get("securityToken"),
    from,
    ...(family.remedy ? { remedy: family.remedy } : {}),
  }),
  underRole: ({ securityToken }) => (securityToken === undefined ? "keys" : "temporaryKeys"),
};
