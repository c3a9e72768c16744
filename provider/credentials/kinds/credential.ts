// What authenticates a request, as data, and who provides it. Types alone; used from the client down to an attempt.
// This room knows every kind of credential: what begins it, what it needs, and how it becomes one that authenticates a
// request. The chain and the roles in credentials/ may enter, and whoever sends a request for these types.
import type { Deadline, Wait } from "../../http/deadline";

/** A credential that authenticates a request as it is. `from` says where it came from, as an error calls it. */
export type UsableCredential =
  | {
      readonly kind: "token";
      readonly token: string;
      /** The project that it is for, where that is known. */
      readonly projectId?: string | undefined;
      /** Whether it is for one that IAM tells. */
      readonly hasProject?: true;
      readonly from: string;
    }
  | {
      readonly kind: "keys";
      readonly accessKey: string;
      readonly secretKey: string;
      readonly securityToken: string | undefined;
      readonly from: string;
      /** What to do when it is refused, where that is known of its source. */
      readonly remedy?: string | undefined;
    };

/** What a request is sent with: one that authenticates it, or one that it has in its body. */
export type SentCredential =
  | UsableCredential
  | {
      readonly kind: "inBody";
      /** What tells it from others: its secrets among it. */
      readonly parts: readonly (string | undefined)[];
      readonly from: string;
    };

/** A value and when it ends, in milliseconds since 1970. */
export interface Expiring<Value> {
  readonly value: Value;
  readonly expiresAt: number;
  /** When it was issued by the clock that has set its end; this machine's where nothing is said. */
  readonly issuedAt?: number;
}

/** One of those who ask in turn: the credential that was given, then each role that is assumed. */
export interface ChainLink {
  /** For example `a key pair`, or `the agency "reader" of the account "shared"`; no secret. */
  readonly who: string;
  /** Where it was set. */
  readonly from: string;
  /** When what it has now ends, in milliseconds since 1970; undefined where it has nothing yet, or it does not end. */
  readonly expiresAt: number | undefined;
}

/** Where the credential of a request comes from. */
export interface CredentialProvider {
  readonly from: string;
  /** Everybody from the credential that was given to the one who asks VPCEP; tells no secret. */
  chain(): readonly ChainLink[];
  current(deadline: Deadline): Promise<SentCredential>;
  /** What those wait for who wait for it, where it is obtained from somebody. */
  asking?(): Wait | undefined;
  /** Another credential in place of one that was refused, where there can be one. */
  renew?(refused: SentCredential, deadline: Deadline): Promise<SentCredential>;
  /** The project that the credential is for, where it is for one. */
  projectId?(deadline: Deadline): Promise<string | undefined>;
}
