// A token that the user has obtained: used as it is, until it ends. Listed in chain.ts.
import type { UsableCredential } from "./credential";
import type { CredentialKind } from "./kind";

/** A token as it was given. */
export type TokenCredential = Extract<UsableCredential, { kind: "token" }>;

export const tokenKind: CredentialKind<TokenCredential> = {
  label: "a token",
  begins: ["token"],
  parts: ["token"],
  missing: () => undefined,
  build: ({ get, from, family }) => ({
    kind: "token",
    token: get("token") ?? "",
    from,
    ...(family.tokenHasProject ? { hasProject: true } : {}),
  }),
  underRole: () => "token",
};
