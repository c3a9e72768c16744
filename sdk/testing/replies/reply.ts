// Scripted replies: what a test may put in the place of the emulator's own answer, and when.
// This room knows one request as it came and all that can be sent back. It imports no other; all but options may enter.
// Imports the recorded request. Called by emulator.ts; sendReply.ts puts one on the wire.
import type { RecordedRequest } from "./requests";

/**
 * How the next request is answered instead.
 *
 * Without `status`, `headers`, `body` and `raw` the emulator's own answer is kept, and only the way it is sent
 * changes: `{ delayMs: 50 }` is a slow but real answer.
 */
export interface Reply {
  /** The HTTP status. Default 200. */
  readonly status?: number;
  /**
   * Headers in addition to `Content-Type: application/json`, `Date` and `X-Request-Id`; names in any case.
   * `undefined` leaves out one of these.
   */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body: text and bytes as they are, anything else as JSON. Default empty. */
  readonly body?: unknown;
  /** The whole HTTP answer, byte for byte, valid or not; the connection is then closed. */
  readonly raw?: string | Uint8Array;
  /** How long the first byte is held back, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** Sends the body (or `raw`) in pieces of so many bytes, one at each interval in milliseconds. */
  readonly drip?: { readonly bytes: number; readonly intervalMs: number };
  /**
   * How the end of the body is told: by its length, by chunks, or by closing the connection and nothing else.
   * Default `length`.
   */
  readonly framing?: "length" | "chunks" | "close";
  /**
   * Breaks the answer off after so many bytes of the body (or `raw`); without `afterBytes`, before the status
   * line. `close` ends the connection in order, `reset` ends it at once (`ECONNRESET`), `silence` leaves it
   * open and never sends another byte.
   */
  readonly breakOff?: { readonly by: "close" | "reset" | "silence"; readonly afterBytes?: number };
}

/** Chooses the reply to a request; `undefined` leaves the request to the next rule, then to the emulator. */
export type ReplyFunction = (request: RecordedRequest) => Reply | undefined | Promise<Reply | undefined>;

/** The rules in the order they were given. */
export class Script {
  #rules: ReplyFunction[] = [];

  add(rule: ReplyFunction): void {
    this.#rules.push(rule);
  }

  /** The reply to a request; an empty one stands for the emulator's own answer. */
  async next(request: RecordedRequest): Promise<Reply> {
    for (const rule of this.#rules) {
      const reply = await rule(request);
      if (reply !== undefined) {
        return reply;
      }
    }
    return {};
  }

  clear(): void {
    this.#rules = [];
  }
}

/** A rule that gives each reply once, to the requests whose path has the given part. */
export function inSequence(path: string | RegExp, replies: readonly Reply[]): ReplyFunction {
  const left = [...replies];
  return (request) => {
    const isMeant = typeof path === "string" ? request.path.includes(path) : path.test(request.path);
    return isMeant ? left.shift() : undefined;
  };
}
