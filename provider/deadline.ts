// The time a lookup has, and what it waits for. A leaf; made by client.ts for every lookup, passed down to every wait.

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
  readonly #endsAt: number;
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
    this.#endsAt = performance.now() + timeoutMs;
  }

  /** How long is left, in milliseconds; never negative. */
  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** Waits for a promise until the deadline, whatever the promise does after. */
  async wait<T>(phase: string, promise: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DeadlinePassed(phase)), this.leftMs);
    });
    try {
      return await Promise.race([promise, passed]);
    } finally {
      clearTimeout(timer);
    }
  }
}
