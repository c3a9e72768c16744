// Identical lookups that run at the same time are one. Used by client.ts; imports the deadline alone.
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

  /** The work's value. An aborted signal ends this caller's wait at once, with the signal's reason. */
  async run(key: string, work: (deadline: Deadline) => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    signal?.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#start(key, work);
    flight.waiting++;
    if (!signal) {
      return flight.promise;
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
      return await Promise.race([flight.promise, left]);
    } finally {
      signal.removeEventListener("abort", leave);
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
