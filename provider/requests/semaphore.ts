// A fair queue for a fixed number of permits: a lookup's attempt starts its clock when it has a connection.
// A leaf; kept by session.ts for each host, used by attempt.ts.

/** A permit, or a place in the queue for one. Disposed of in either state, it is gone, once and for all. */
export interface Permit extends Disposable {
  /** Fulfils when the permit is there; undefined when it is there already. */
  readonly granted: Promise<void> | undefined;
}

/** Hands out `size` permits, first come, first served. */
export class Semaphore {
  #free: number;
  readonly #queue = new Set<{ grant(): void }>();

  constructor(size: number) {
    this.#free = size;
  }

  /** Asks for a permit. */
  acquire(): Permit {
    if (this.#free > 0) {
      this.#free--;
      return this.#permit(undefined);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = { grant: resolve };
    this.#queue.add(waiting);
    return this.#permit(promise, waiting);
  }

  #permit(granted: Promise<void> | undefined, waiting?: { grant(): void }): Permit {
    let gone = false;
    return {
      granted,
      [Symbol.dispose]: () => {
        if (!gone && !(waiting && this.#queue.delete(waiting))) {
          this.#release();
        }
        gone = true;
      },
    };
  }

  /** Passes a permit on to the one who has waited longest. */
  #release(): void {
    const [next] = this.#queue;
    if (next) {
      this.#queue.delete(next);
      next.grant();
    } else {
      this.#free++;
    }
  }
}

const byOrigin = new Map<string, Semaphore>();

/** The permits for connections to an origin, which all sessions of the process share. */
export function connectionsTo(origin: string, most: number): Semaphore {
  let connections = byOrigin.get(origin);
  if (!connections) {
    connections = new Semaphore(most);
    byOrigin.set(origin, connections);
  }
  return connections;
}
