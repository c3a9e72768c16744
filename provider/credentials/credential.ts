// What a credential is, as data, and who provides one to a request. Types alone; used from the client down to an attempt.
import type { Deadline } from "../http/deadline";

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

/** Where the credential of a request comes from. */
export interface CredentialProvider {
  readonly from: string;
  current(deadline: Deadline): Promise<Credential>;
  /** Another credential in place of one that was refused, where there can be one. */
  renew?(refused: Credential, deadline: Deadline): Promise<Credential>;
  /** The project that the credential is for, where it is for one. */
  projectId?(deadline: Deadline): Promise<string | undefined>;
}
