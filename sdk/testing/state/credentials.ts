// Who may call: listed and issued tokens, access keys with their failures and locks, users.
// Imports options and defaults. Called by authentication.ts, signatureCheck.ts, identity.ts and metadata.ts.
import { emulatorDefaults } from "../options/defaults";
import type { EmulatorOptions, Key, User } from "../options/options";

const permittedFailures = 5;
const lockMs = 5 * 60_000;

/** A token's reach and end. */
export interface Grant {
  /** The project it is scoped to; `undefined` for a listed token, which reaches all. */
  readonly projectId: string | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export class Credentials {
  readonly keys: readonly Key[];
  readonly users: readonly User[];
  readonly #tokens = new Map<string, Grant>();
  readonly #failures = new Map<string, { count: number; lockedUntil: number }>();
  readonly #now: () => number;
  #issued = 0;

  constructor(options: EmulatorOptions, now: () => number) {
    this.keys = options.keys ?? [emulatorDefaults.key, emulatorDefaults.temporaryKey];
    this.users = options.users ?? [emulatorDefaults.user];
    this.#now = now;
    for (const token of options.tokens ?? [emulatorDefaults.token]) {
      this.#tokens.set(token, { projectId: undefined, expiresAt: Number.POSITIVE_INFINITY });
    }
  }

  issueToken(projectId: string, expiresAt: number): string {
    this.#issued += 1;
    const token = `issued-token-${this.#issued}`;
    this.#tokens.set(token, { projectId, expiresAt });
    return token;
  }

  /** Ends a token; it is still known, so that its user is told to renew it. */
  revokeToken(token: string): void {
    const grant = this.#tokens.get(token);
    if (grant !== undefined) {
      this.#tokens.set(token, { ...grant, expiresAt: Number.NEGATIVE_INFINITY });
    }
  }

  grantOf(token: string): Grant | undefined {
    return this.#tokens.get(token);
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
