// The time one lookup has, what it waits for, and its end before time. A leaf; made for every lookup, and passed down
// to everything that takes time: a lookup does one thing after the other, so one interruption is enough.

/** The lookup's time ran out while it waited for `phase`. */
export class DeadlinePassed extends Error {
  readonly phase: string;

  constructor(phase: string) {
    super(phase);
    this.phase = phase;
  }
}

/** A moment on the steady clock, which no correction of the machine's time moves. */
export class Deadline {
  readonly timeoutMs: number;
  readonly #endsAt: number;
  readonly #parts = new Set<Deadline>();
  #interrupt: ((reason: unknown) => void) | undefined;
  #cancelled: { readonly reason: unknown } | undefined;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
    this.#endsAt = performance.now() + timeoutMs;
  }

  /** How long is left, in milliseconds; never negative. */
  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** Ends what the lookup does now, and all it would do next, with a reason. */
  cancel(reason: unknown): void {
    this.#cancelled ??= { reason };
    this.#interrupt?.(reason);
    for (const part of this.#parts) {
      part.cancel(reason);
    }
  }

  /** Runs one request of a lookup that has many: with the whole time for itself, and cancelled with the lookup. */
  async part<Value>(work: (deadline: Deadline) => Promise<Value>): Promise<Value> {
    if (this.#cancelled) {
      throw this.#cancelled.reason;
    }
    const part = new Deadline(this.timeoutMs);
    this.#parts.add(part);
    try {
      return await work(part);
    } finally {
      this.#parts.delete(part);
    }
  }

  /** Runs something that takes time; `interrupt` is called when the lookup is cancelled meanwhile. */
  async interruptible<Value>(
    work: () => Promise<Value>,
    interrupt: (reason: unknown) => void,
  ): Promise<Value> {
    if (this.#cancelled) {
      throw this.#cancelled.reason;
    }
    this.#interrupt = interrupt;
    try {
      return await work();
    } finally {
      this.#interrupt = undefined;
    }
  }

  /** Waits for a promise until the deadline. `giveUp` undoes what the promise brings when it comes too late. */
  async wait<Value>(phase: string, promise: Promise<Value>, giveUp: () => void = () => {}): Promise<Value> {
    if (this.#cancelled) {
      promise.then(giveUp, () => {});
      throw this.#cancelled.reason;
    }
    let end: (reason: unknown) => void = () => {};
    const ended = new Promise<never>((_, reject) => {
      end = (reason) => {
        promise.then(giveUp, () => {});
        reject(reason);
      };
    });
    const timer = setTimeout(() => end(new DeadlinePassed(phase)), this.leftMs);
    try {
      return await this.interruptible(() => Promise.race([promise, ended]), end);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Pauses, for less than is left. */
  async sleep(pauseMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.interruptible(
        () =>
          new Promise<void>((resolve, reject) => {
            timer = setTimeout(resolve, pauseMs);
            this.#interrupt = reject;
          }),
        () => {},
      );
    } finally {
      clearTimeout(timer);
    }
  }
}
