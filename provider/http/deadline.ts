// The time one lookup has, and the signal that ends it before time. A leaf; made for every lookup, and passed down to
// everything that takes time, to an exchange over HTTP as a signal and a number.
import { setTimeout as pause } from "node:timers/promises";

/** A host that is waited for; of what its address is, or what to check of it. */
export interface AskedHost {
  readonly host: string;
  readonly address: string | { readonly check: string };
}

/** What a lookup waits for, as the error says it whose time ends meanwhile. */
export interface Wait {
  readonly phase: string;
  /** What to do, where it is known better than for any wait. */
  readonly nextStep?: string | undefined;
  /** The host that is waited for. */
  readonly asked?: AskedHost | undefined;
}

/** The lookup's time ran out while it waited for `phase`. */
export class DeadlinePassed extends Error implements Wait {
  readonly phase: string;
  readonly timeoutMs: number;
  readonly nextStep: string | undefined;
  readonly asked: AskedHost | undefined;

  constructor({ phase, nextStep, asked }: Wait, timeoutMs: number) {
    super(phase);
    this.phase = phase;
    this.timeoutMs = timeoutMs;
    this.nextStep = nextStep;
    this.asked = asked;
  }
}

/** A moment on the steady clock, which no correction of the machine's time moves. */
export class Deadline {
  readonly timeoutMs: number;
  readonly #endsAt: number;
  readonly #controller: AbortController;

  constructor(timeoutMs: number, controller = new AbortController()) {
    this.timeoutMs = timeoutMs;
    this.#endsAt = performance.now() + timeoutMs;
    this.#controller = controller;
  }

  /** How long is left, in milliseconds; never negative. */
  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** A time of its own for one step, within what is left: whole milliseconds, at least one. */
  within(stepMs: number): number {
    return Math.max(1, Math.min(stepMs, Math.ceil(this.leftMs)));
  }

  /** Aborted when the lookup is cancelled, and not when its time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends what the lookup does now, and all it would do next, with a reason. */
  cancel(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Runs one request of a lookup that has many: with a time for itself, all of it by default, and cancelled with the lookup. */
  async part<Value>(
    work: (deadline: Deadline) => Promise<Value>,
    timeoutMs = this.timeoutMs,
  ): Promise<Value> {
    this.signal.throwIfAborted();
    return work(new Deadline(timeoutMs, this.#controller));
  }

  /** Waits for a promise until the deadline; `what` is told at the end of it. */
  async wait<Value>(what: string | (() => Wait), promise: Promise<Value>): Promise<Value> {
    const { signal } = this;
    signal.throwIfAborted();
    const ended = Promise.withResolvers<never>();
    const cancel = () => ended.reject(signal.reason);
    const end = () => {
      const wait = typeof what === "string" ? { phase: what } : what();
      ended.reject(new DeadlinePassed(wait, this.timeoutMs));
    };
    const timer = setTimeout(end, this.leftMs);
    signal.addEventListener("abort", cancel);
    try {
      return await Promise.race([promise, ended.promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Pauses, for less than is left. */
  async sleep(pauseMs: number): Promise<void> {
    const { signal } = this;
    try {
      await pause(pauseMs, undefined, { signal });
    } catch {
      // The platform's own error has the reason as its cause.
      throw signal.reason;
    }
  }
}
