// Interim answers, such as 100 Continue, which may come before an answer unasked: undici calls that one a bad response.
// Used by connection.ts for every connection that answers.
import type { Socket } from "node:net";

/** The first line of an interim answer; 101 is none, since what follows it is no HTTP. */
const interim = /^HTTP\/1\.1 1(?!01)\d\d[ \r]/;
const lineBytes = 13;
/** The largest interim answer that is waited for, as Node bounds a head. */
const headBytes = 16 * 1024;
const none = Buffer.alloc(0);

/** Leaves out of what a connection reads the interim answers before each answer. */
export class InterimFilter {
  #beforeAnswer = true;
  #held: Buffer = none;

  /** A request goes out: the next bytes are the beginning of its answer. */
  expectAnswer(): void {
    this.#beforeAnswer = true;
  }

  /** Filters what undici reads of a socket. */
  attach(socket: Socket): void {
    const read = socket.read.bind(socket);
    this.#held = none;
    socket.read = (size?: number) => {
      // Node itself reads with a size of 0, to have more bytes come.
      if (size !== undefined) {
        return read(size);
      }
      for (;;) {
        const chunk: Buffer | null = read();
        const passed = chunk && this.#beforeAnswer ? this.#pass(chunk) : chunk;
        if (passed === null || passed.length > 0) {
          return passed;
        }
      }
    };
  }

  /** What undici gets of the bytes before an answer: none while they can still be an interim one. */
  #pass(chunk: Buffer): Buffer {
    let bytes = Buffer.concat([this.#held, chunk]);
    this.#held = none;
    for (;;) {
      const line = bytes.toString("latin1", 0, lineBytes);
      const end = interim.test(line) ? bytes.indexOf("\r\n\r\n") : -1;
      if (!canBeInterim(line) || (end < 0 && bytes.length > headBytes)) {
        this.#beforeAnswer = false;
        return bytes;
      }
      if (end < 0) {
        this.#held = bytes;
        return none;
      }
      bytes = bytes.subarray(end + 4);
    }
  }
}

function canBeInterim(line: string): boolean {
  return line.length < lineBytes ? "HTTP/1.1 1".startsWith(line.slice(0, 10)) : interim.test(line);
}
