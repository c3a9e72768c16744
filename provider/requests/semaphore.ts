// A fair queue for a fixed number of permits: a lookup's attempt starts its clock when it has a connection. Sessions share
// them evenly, so that one account whose lookups hang or are many holds another one up for an attempt at most.
// A leaf; kept by session.ts for each host, used by attempt.ts.

/** A permit, or a place in the queue for one. Disposed of in either state, it is gone, once and for all. */
export interface Permit extends Disposable {
  /** Fulfils when the permit is there; undefined when it is there already. */
  readonly granted: Promise<void> | undefined;
}

/** One who waits for a permit. */
interface Waiting {
  readonly grant: () => void;
}

/**
 * Hands out `size` permits: the next one to the owner that has the fewest of those that wait, of like ones in turn, and what
 * one of them asks for is served in the order in which it came.
 */
export class Semaphore {
  readonly size: number;
  /** The owner of each permit that is out. */
  readonly #holders: object[] = [];
  /** Who waits, by owner; of like owners the first one is next. */
  readonly #queues = new Map<object, Set<Waiting>>();

  constructor(size: number) {
    this.size = size;
  }

  /** Asks for a permit. */
  acquire(owner: object): Permit {
    if (this.#holders.length < this.size) {
      this.#holders.push(owner);
      return this.#permit(owner, undefined);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = { grant: resolve };
    const queue = this.#queues.get(owner) ?? new Set();
    this.#queues.set(owner, queue.add(waiting));
    return this.#permit(owner, promise, waiting);
  }

  /** How many permits are out to others. */
  heldBesides(owner: object): number {
    return this.#holders.length - this.#heldBy(owner);
  }

  #heldBy(owner: object): number {
    return this.#holders.filter((holder) => holder === owner).length;
  }

  #permit(owner: object, granted: Promise<void> | undefined, waiting?: Waiting): Permit {
    let gone = false;
    return {
      granted,
      [Symbol.dispose]: () => {
        if (!gone && !(waiting && this.#leave(owner, waiting))) {
          this.#release(owner);
        }
        gone = true;
      },
    };
  }

  /** Takes one who waits out of the queue; answers whether it was still there. */
  #leave(owner: object, waiting: Waiting): boolean {
    const queue = this.#queues.get(owner);
    const waited = queue?.delete(waiting) === true;
    if (queue?.size === 0) {
      this.#queues.delete(owner);
    }
    return waited;
  }

  /** Passes a permit on to the owner that has the fewest; of those that have as few its next turn is last. */
  #release(owner: object): void {
    this.#holders.splice(this.#holders.indexOf(owner), 1);
    let fewest = Number.POSITIVE_INFINITY;
    let next: object | undefined;
    for (const waiting of this.#queues.keys()) {
      const held = this.#heldBy(waiting);
      if (held < fewest) {
        [fewest, next] = [held, waiting];
      }
    }
    const queue = next && this.#queues.get(next);
    const [first] = queue ?? [];
    if (!next || !queue || !first) {
      return;
    }
    this.#queues.delete(next);
    queue.delete(first);
    if (queue.size > 0) {
      this.#queues.set(next, queue);
    }
    this.#holders.push(next);
    first.grant();
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
