// One credential's standing with the cloud. The gateway locks a key after five wrong signatures, for everybody who
// uses it: so few requests go first, and a credential that was refused is not sent again.
// Used by attempt.ts around every request.

import type { AskedApi, Problem, RefusedAnswer } from "../errors/failures";
import { type Deadline, DeadlinePassed } from "../http/deadline";

/** How long the gateway locks a key. */
const lockMs = 300_000;

/** So many requests try a credential at the same time, one less than the failures that lock a key, */
const mostTries = 4;
/** and the next one when those before it have had no answer for so long. */
const silentMs = 2_000;

/** So many refusals, each for another scope, are the credential's own fault where no scope has taken it. */
const mostRefusals = 3;

/** How a server has refused a credential. */
export interface Refusal {
  readonly asked: AskedApi;
  readonly answer: RefusedAnswer;
  /** The difference of the clocks that the refused signature took into account. */
  readonly signedWithMs: number;
  /** Until when, on the steady clock, the credential is not sent again. */
  readonly until: number;
}

/** A request that waits for its turn, or tries the credential. */
interface Try {
  readonly host: string;
  readonly scope: string;
  readonly turn: PromiseWithResolvers<void>;
  /** When it was let through, on the steady clock. */
  began: number;
}

/** How a request that went first has ended: whether the server has taken the credential. */
export type Leave = (accepted: boolean) => void;

/**
 * Lets few requests through until the credential has been accepted once: one, and the next when those before it are
 * silent, at another host before the same, where one service may hang and the others answer. None goes after it was
 * refused. A refusal counts for its scope alone, a host and what of it is asked for: a password is refused for a project
 * that it does not reach, and a key by a host of another cloud, which an account may name by mistake.
 */
export class CredentialGate {
  readonly #silentMs: number;
  readonly #accepted = new Set<string>();
  readonly #refusals = new Map<string, Refusal>();
  readonly #waiting = new Set<Try>();
  /** The requests that try the credential now. */
  readonly #tries = new Set<Try>();
  /** When each host was last tried: the one that has waited longest is next. */
  readonly #tried = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /** How the last request without an answer failed. */
  unanswered: { readonly asked: AskedApi; readonly problem: Problem } | undefined;

  constructor(silentAfterMs = silentMs) {
    this.#silentMs = silentAfterMs;
  }

  /** The host that one who tries the credential has waited for longest. */
  get triedHost(): string | undefined {
    const [first] = this.#tries;
    return first?.host;
  }

  /** How a server has refused this credential for the scope in the last five minutes. */
  refusal(scope: string): Refusal | undefined {
    for (const [key, { until }] of this.#refusals) {
      if (until <= performance.now()) {
        this.#refusals.delete(key);
      }
    }
    const all = [...this.#refusals.values()];
    return (
      this.#refusals.get(scope) ??
      (this.#accepted.size === 0 && all.length >= mostRefusals ? all.at(-1) : undefined)
    );
  }

  /** Takes note that a server refuses the credential. */
  refuse(scope: string, refusal: Omit<Refusal, "until">): void {
    this.#accepted.delete(scope);
    this.#refusals.set(scope, { ...refusal, until: performance.now() + lockMs });
    this.#dismiss();
  }

  /** Waits until a request may be sent. Whoever gets a function tries the credential, and says with it what came of it. */
  async enter(host: string, scope: string, deadline: Deadline): Promise<Leave | undefined> {
    if (this.#isJudged(scope)) {
      return undefined;
    }
    const entry: Try = { host, scope, turn: Promise.withResolvers(), began: 0 };
    const phase = "waiting for another lookup to try the credential";
    this.#waiting.add(entry);
    this.#serve();
    try {
      await deadline.wait(phase, entry.turn.promise);
      if (deadline.leftMs === 0) {
        throw new DeadlinePassed({ phase }, deadline.timeoutMs);
      }
    } catch (error) {
      this.#waiting.delete(entry);
      this.#end(entry);
      throw error;
    }
    if (!this.#tries.has(entry)) {
      return undefined;
    }
    return (accepted) => {
      if (accepted) {
        this.#accepted.add(scope);
        this.unanswered = undefined;
      }
      this.#end(entry);
    };
  }

  #isJudged(scope: string): boolean {
    return this.#accepted.size > 0 || this.refusal(scope) !== undefined;
  }

  #end(entry: Try): void {
    if (this.#tries.delete(entry)) {
      this.#dismiss();
      this.#serve();
    }
  }

  /** Ends the wait of all for whom the credential is judged by now. */
  #dismiss(): void {
    for (const entry of this.#waiting) {
      if (this.#isJudged(entry.scope)) {
        this.#waiting.delete(entry);
        entry.turn.resolve();
      }
    }
  }

  /** Lets the next ones try. */
  #serve(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    const lastBegan = Math.max(...[...this.#tries].map(({ began }) => began));
    const silentIn = lastBegan + this.#silentMs - now;
    if (this.#waiting.size === 0 || this.#tries.size >= mostTries) {
      return;
    }
    if (silentIn > 0) {
      this.#timer = setTimeout(() => this.#serve(), silentIn).unref();
      return;
    }
    const next = this.#next();
    if (next) {
      next.began = now;
      this.#waiting.delete(next);
      this.#tries.add(next);
      this.#tried.set(next.host, now);
      next.turn.resolve();
      this.#serve();
    }
  }

  /** The first of those who wait for the host that fewest try, of like ones for that which was not tried for the longest time. */
  #next(): Try | undefined {
    let next: Try | undefined;
    const tried = (entry: Try) => [...this.#tries].filter(({ host }) => host === entry.host).length;
    const triedAt = ({ host }: Try) => this.#tried.get(host) ?? 0;
    for (const entry of this.#waiting) {
      const more = next ? tried(entry) - tried(next) : -1;
      if (more < 0 || (more === 0 && next && triedAt(entry) < triedAt(next))) {
        next = entry;
      }
    }
    return next;
  }
}
