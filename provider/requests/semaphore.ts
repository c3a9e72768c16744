// A fair queue for a fixed number of places: a lookup's attempt starts its clock when it has a connection.
// A leaf; used by attempt.ts.

/** Hands out `size` places, first come, first served. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  /** Takes a place; the promise fulfils when there is one. Undefined when one is free at once. */
  take(): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free--;
      return undefined;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Gives a place back, to the one who has waited longest. */
  give(): void {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#free++;
    }
  }
}
