// Who may call: listed and issued tokens and access keys, with their ends, failures and locks.
// Imports options and the accounts. Called by the room of identities.
import type { Key, Project } from "../options/options";
import type { Account } from "./account";

const permittedFailures = 5;
const lockMs = 5 * 60_000;

/** Who a token or a key is, as STS tells it. */
export interface Principal {
  readonly urn: string;
  readonly id: string;
}

/** Whose a token or a key is, what it reaches, and until when. */
export interface Grant {
  readonly account: Account;
  readonly principal: Principal;
  /** One project, all of the account, or none: an unscoped token can only be exchanged. */
  readonly scope: Project | "account" | "none";
  /** How a token was obtained, as IAM calls it. */
  readonly method: string;
  /** The provider whose identity token was exchanged. */
  readonly identityProvider?: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export class Credentials {
  readonly #tokens = new Map<string, Grant>();
  readonly #keys = new Map<string, { readonly key: Key; readonly grant: Grant }>();
  readonly #failures = new Map<string, { count: number; lockedUntil: number }>();
  readonly #now: () => number;
  #issued = 0;

  constructor(accounts: readonly Account[], now: () => number) {
    this.#now = now;
    for (const account of accounts) {
      const name = account.users[0]?.userName ?? "emulator-user";
      const grant: Grant = {
        account,
        principal: { urn: `iam::${account.id}:user:${name}`, id: name },
        scope: "account",
        method: "password",
        issuedAt: now(),
        expiresAt: Number.POSITIVE_INFINITY,
      };
      for (const token of account.tokens) {
        this.#tokens.set(token, grant);
      }
      for (const key of account.keys) {
        this.#keys.set(key.accessKey, { key, grant });
      }
    }
  }

  issueToken(grant: Grant): string {
    this.#issued += 1;
    const token = `issued-token-${this.#issued}`;
    this.#tokens.set(token, grant);
    return token;
  }

  /** A temporary key: of 20 and 40 characters, as the clouds' own are. */
  issueKey(grant: Grant): Required<Key> {
    this.#issued += 1;
    const number = String(this.#issued);
    const key = {
      accessKey: `ISSUEDKEY${number.padStart(11, "0")}`,
      secretKey: `issued-secret-key-${number.padStart(22, "0")}`,
      securityToken: `issued-security-token-${number.padStart(11, "0")}`,
    };
    this.#keys.set(key.accessKey, { key, grant });
    return key;
  }

  /** Ends a token; it is still known, so that its user is told to renew it. */
  revokeToken(token: string): void {
    const grant = this.#tokens.get(token);
    if (grant !== undefined) {
      this.#tokens.set(token, { ...grant, expiresAt: Number.NEGATIVE_INFINITY });
    }
  }

  revokeKey(accessKey: string): void {
    this.#keys.delete(accessKey);
  }

  grantOf(token: string): Grant | undefined {
    return this.#tokens.get(token);
  }

  keyOf(accessKey: string): { readonly key: Key; readonly grant: Grant } | undefined {
    return this.#keys.get(accessKey);
  }

  isLocked(accessKey: string): boolean {
    return (this.#failures.get(accessKey)?.lockedUntil ?? 0) > this.#now();
  }

  /** Counts a wrong signature; the sixth in a row locks the key for five minutes. */
  recordFailure(accessKey: string): void {
    const count = (this.#failures.get(accessKey)?.count ?? 0) + 1;
    const locks = count > permittedFailures;
    this.#failures.set(accessKey, {
      count: locks ? 0 : count,
      lockedUntil: locks ? this.#now() + lockMs : 0,
    });
  }

  recordSuccess(accessKey: string): void {
    this.#failures.delete(accessKey);
  }

  /** Unlocks every key. */
  forgetFailures(): void {
    this.#failures.clear();
  }
}
