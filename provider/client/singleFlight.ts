// Identical lookups that run at the same time are one. Used by client.ts.
import { Deadline } from "../http/deadline";

interface Flight<Value> {
  readonly promise: Promise<Value>;
  readonly deadline: Deadline;
  waiting: number;
}

/** Runs work once for all who ask for the same key meanwhile; it is cancelled when the last of them has gone. */
export class SingleFlight<Value> {
  readonly #flights = new Map<string, Flight<Value>>();
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * The work's value, which is JSON, for each of several callers one of its own. An aborted signal ends this caller's wait at once, with
   * the signal's reason.
   */
  async run(key: string, work: (deadline: Deadline) => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    signal?.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#start(key, work);
    flight.waiting++;
    const own = (value: Value) => (flight.waiting > 1 ? (JSON.parse(JSON.stringify(value)) as Value) : value);
    if (!signal) {
      return own(await flight.promise);
    }
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        reject(signal.reason);
        flight.waiting--;
        if (flight.waiting === 0) {
          this.#flights.delete(key);
          flight.deadline.cancel(signal.reason);
        }
      };
    });
    signal.addEventListener("abort", leave, { once: true });
    try {
      return own(await Promise.race([flight.promise, left]));
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  /** Ends all that runs, with a reason for whoever waits. */
  close(reason: unknown): void {
    for (const { deadline } of this.#flights.values()) {
      deadline.cancel(reason);
    }
  }

  #start(key: string, work: (deadline: Deadline) => Promise<Value>): Flight<Value> {
    const deadline = new Deadline(this.#timeoutMs);
    const flight: Flight<Value> = {
      deadline,
      waiting: 0,
      promise: work(deadline).finally(() => {
        if (this.#flights.get(key) === flight) {
          this.#flights.delete(key);
        }
      }),
    };
    this.#flights.set(key, flight);
    return flight;
  }
}

/** Arguments as JSON, the same for equal ones whatever the order of their members. */
export function textInOrder(args: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1));
  const isFlat = entries.every(([, value]) => typeof value !== "object");
  return JSON.stringify(Object.fromEntries(entries), isFlat ? undefined : membersInOrder);
}

function membersInOrder(_: string, part: unknown): unknown {
  return typeof part === "object" && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part;
}
