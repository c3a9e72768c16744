// What the chain chooses. A type alone; made by chain.ts, used by credentialProvider.ts and client/.
import type { CredentialKind, GivenCredential } from "./kinds/kind";
import type { Role } from "./role";

/** Who asks: a credential as it was given, its kind, and the role over it. */
export interface Authentication {
  readonly credential: GivenCredential;
  readonly kind: CredentialKind<GivenCredential>;
  /** The names that the credential was set under; none where it was not set. */
  readonly names: readonly string[];
  readonly role: Role | undefined;
}
