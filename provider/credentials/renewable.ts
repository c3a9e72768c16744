// A value that expires: obtained when first asked for, renewed before it ends while it is still used, once however many
// ask for it.
// The one place that renews; used by credentialProvider.ts and project.ts for tokens, projects and temporary keys.
import { type Deadline, DeadlinePassed } from "../http/deadline";
import type { Expiring } from "./kinds/credential";

/** Renewed when less than this is left, or than this part of its life, whichever is shorter, */
const earlyMs = 300_000;
const earlyPart = 1 / 5;
/** and not more often than this. */
const betweenMs = 30_000;

/** Whether a value that lives so long is to be renewed when so much of its life is left. */
export function isRenewalDue(leftMs: number, lifeMs: number): boolean {
  return leftMs < Math.min(earlyMs, lifeMs * earlyPart);
}

/** Holds one value that expires. */
export class Renewable<Value> {
  readonly #obtain: (asks: (origin: string) => void) => Promise<Expiring<Value>>;
  /** Whom it asks, or will ask first. */
  #host: string;
  #held: (Expiring<Value> & { readonly lifeMs: number }) | undefined;
  #pending: Promise<Expiring<Value>> | undefined;
  /** When it was last renewed early, on the steady clock. */
  #renewedAt = Number.NEGATIVE_INFINITY;

  /**
   * `obtain` asks the host at an origin, and tells when it goes on to another one. It has a deadline of its own: whoever
   * asked first may be gone before the others.
   */
  constructor(origin: string, obtain: (asks: (origin: string) => void) => Promise<Expiring<Value>>) {
    this.#host = new URL(origin).host;
    this.#obtain = obtain;
  }

  /** When the value that it has now ends, in milliseconds since 1970; undefined where it has none. */
  get expiresAt(): number | undefined {
    return this.#held?.expiresAt;
  }

  /** The value, for as long as it lives; nobody waits for one that is renewed early. */
  async current(deadline: Deadline): Promise<Value> {
    const held = this.#held;
    const leftMs = held ? held.expiresAt - Date.now() : 0;
    if (!held || leftMs <= 0) {
      return this.#obtained(deadline);
    }
    if (isRenewalDue(leftMs, held.lifeMs) && performance.now() - this.#renewedAt >= betweenMs) {
      this.#renewedAt = performance.now();
      // Whoever needs it once it has ended hears why it cannot be had.
      this.#obtainOnce().catch(() => {});
    }
    return held.value;
  }

  /** Another value than `stale`, which the server no longer takes. */
  async renew(stale: Value, deadline: Deadline): Promise<Value> {
    if (this.#held && this.#held.value !== stale) {
      return this.#held.value;
    }
    return this.#obtained(deadline);
  }

  async #obtained(deadline: Deadline): Promise<Value> {
    try {
      return (await deadline.wait("waiting for a credential", this.#obtainOnce())).value;
    } catch (error) {
      const host = this.#host;
      const phase = `waiting for ${host}, which the credential or its project comes from`;
      throw error instanceof DeadlinePassed ? new DeadlinePassed(phase, error.timeoutMs, host) : error;
    }
  }

  #obtainOnce(): Promise<Expiring<Value>> {
    this.#pending ??= this.#obtain((origin) => {
      this.#host = new URL(origin).host;
    })
      .then((obtained) => {
        this.#held = { ...obtained, lifeMs: obtained.expiresAt - Date.now() };
        return obtained;
      })
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }
}
