// A value that expires: obtained when first asked for, renewed before it ends, once however many wait for it.
// A leaf but for the deadline; used by credentialProvider.ts and project.ts for tokens, projects and temporary keys.
import type { Deadline } from "../http/deadline";

/** A value and when it ends, in milliseconds since 1970. */
export interface Expiring<Value> {
  readonly value: Value;
  readonly expiresAt: number;
}

/** Renewed this long before it ends. */
const earlyMs = 300_000;

/** Holds one value that expires. */
export class Renewable<Value> {
  readonly #obtain: () => Promise<Expiring<Value>>;
  #held: Expiring<Value> | undefined;
  #pending: Promise<Expiring<Value>> | undefined;

  /** `obtain` has a deadline of its own: whoever asked first may be gone before the others. */
  constructor(obtain: () => Promise<Expiring<Value>>) {
    this.#obtain = obtain;
  }

  /** The value, obtained or renewed where it has to be. */
  async current(deadline: Deadline): Promise<Value> {
    const held = this.#held;
    const leftMs = held ? held.expiresAt - Date.now() : 0;
    if (held && leftMs > earlyMs) {
      return held.value;
    }
    try {
      return (await this.#renewOnce(deadline)).value;
    } catch (error) {
      if (held && leftMs > 0) {
        return held.value;
      }
      throw error;
    }
  }

  /** Another value than `stale`, which the server no longer takes. */
  async renew(stale: Value, deadline: Deadline): Promise<Value> {
    if (this.#held && this.#held.value !== stale) {
      return this.#held.value;
    }
    return (await this.#renewOnce(deadline)).value;
  }

  #renewOnce(deadline: Deadline): Promise<Expiring<Value>> {
    this.#pending ??= this.#obtain()
      .then((obtained) => {
        this.#held = obtained;
        return obtained;
      })
      .finally(() => {
        this.#pending = undefined;
      });
    return deadline.wait("waiting for a credential", this.#pending);
  }
}
