// A value that expires: obtained when first asked for, renewed before it ends while it is still used, once however many
// ask for it.
// The one place that renews; used by credentialProvider.ts and project.ts for tokens, projects and temporary keys.
import type { Deadline, Wait } from "../http/deadline";
import type { Asks } from "./kinds/asking";
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

/** How long a value lives, and until when by this machine's clock. */
interface Life {
  readonly lifeMs: number;
  readonly endsAt: number;
}

/**
 * The life of a new value by the clock that has set its end: this machine's may be off. One that has ended already may be
 * taken all the same, and is used until it is refused, since the next one would be like it; but not for long.
 */
function lifeOf({ expiresAt, issuedAt = Date.now() }: Expiring<unknown>): Life {
  const lifeMs = expiresAt > issuedAt ? expiresAt - issuedAt : betweenMs;
  return { lifeMs, endsAt: Date.now() + lifeMs };
}

/** Holds one value that expires. */
export class Renewable<Value> {
  readonly #obtain: (asks: Asks) => Promise<Expiring<Value>>;
  /** Whom it asks, since the last value was asked for. */
  #whom: () => Wait = () => ({ phase: "waiting for a credential" });
  /** How many wait for it. */
  #waiting = 0;
  #held: (Expiring<Value> & Life) | undefined;
  #pending: Promise<Expiring<Value>> | undefined;
  /** When it was last renewed early, on the steady clock. */
  #renewedAt = Number.NEGATIVE_INFINITY;

  /**
   * `obtain` tells whom it asks, at first and when it goes on to another one. It has a deadline of its own: whoever asked
   * first may be gone before the others.
   */
  constructor(obtain: (asks: Asks) => Promise<Expiring<Value>>) {
    this.#obtain = obtain;
  }

  /** When the value that it has now ends, in milliseconds since 1970; undefined where it has none. */
  get expiresAt(): number | undefined {
    return this.#held?.expiresAt;
  }

  /** What those wait for who wait for it; undefined where nobody does. */
  asking(): Wait | undefined {
    return this.#waiting > 0 ? this.#whom() : undefined;
  }

  /** The value, for as long as it lives; nobody waits for one that is renewed early. */
  async current(deadline: Deadline): Promise<Value> {
    const held = this.#held;
    const leftMs = held ? held.endsAt - Date.now() : 0;
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
    this.#waiting++;
    try {
      return (await deadline.wait(() => this.#whom(), this.#obtainOnce())).value;
    } finally {
      this.#waiting--;
    }
  }

  #obtainOnce(): Promise<Expiring<Value>> {
    this.#pending ??= this.#obtain((whom) => {
      this.#whom = whom;
    })
      .then((obtained) => {
        this.#held = { ...obtained, ...lifeOf(obtained) };
        return obtained;
      })
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }
}
