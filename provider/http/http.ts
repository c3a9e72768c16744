// One HTTP exchange with undici: bounded in time and size, no redirect followed, whatever the server sends.
// This room knows connections and documents, and nothing of VPCEP, credentials or retries; requests/, credentials/ and what
// is above may enter. Called by attempt.ts and metadata.ts.
import type { Dispatcher } from "undici";
import { describeTime } from "../errors/describeValue";
import { decode, decodeWhatGoes, decorationBytes, tooLarge } from "./bodies";
import { httpBounds } from "./bounds";
import type { Connection, Connections } from "./connection";
import { HttpProblem, problemOf } from "./httpProblem";
import { type AnswerHeaders, type HttpAnswer, type HttpRequest, headerOf } from "./message";

/** Sends requests over the connections of one session. */
export class HttpTransport {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /**
   * Sends a request and reads the answer within `timeoutMs`; fails with an {@link HttpProblem}, or the signal's reason.
   * `wholeMs` is the time that an error names, where this exchange has the rest of it.
   */
  async send(
    request: HttpRequest,
    timeoutMs: number,
    signal: AbortSignal,
    wholeMs = timeoutMs,
  ): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const { origin } = request;
    const largest = request.answerBytes ?? httpBounds.answerBytes;
    const exchange = new Exchange(largest, request.expectedStatus ?? 200);
    const timers = [
      setTimeout(() => exchange.passDeadline(wholeMs), timeoutMs),
      setTimeout(() => exchange.passConnectDeadline(), httpBounds.connectTimeoutMs),
    ];
    const cancel = () => exchange.end(signal.reason);
    signal.addEventListener("abort", cancel);
    const sentAt = Date.now();
    let connection: Connection | undefined;
    try {
      connection = this.#connections.take(origin);
      const { status, headers, body, isWhole } = await exchange.run(connection.dispatcher, request);
      if (isWhole) {
        this.#connections.giveBack(connection);
        connection = undefined;
      }
      const coding = headerOf(headers, "content-encoding");
      const text = exchange.isDecoration ? decodeWhatGoes(body, coding) : decode(body, coding, largest);
      if (typeof text !== "string") {
        throw new HttpProblem(text.kind, text.message);
      }
      return {
        status,
        headers,
        text,
        sentAt,
        receivedAt: Date.now(),
      };
    } catch (error) {
      throw signal.aborted || !connection
        ? (signal.reason ?? error)
        : problemOf(error, connection.progress(!exchange.answerBegun));
    } finally {
      // Whatever did not come to its end takes its connection with it, made or not.
      void (connection && this.#connections.end(connection));
      timers.forEach(clearTimeout);
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Fails with a {@link VpcepError} where no request could be sent to an origin, whatever answers there. */
  check(origin: string): void {
    this.#connections.check(origin);
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    await this.#connections.close();
  }
}

interface RawAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
  /** Whether the body has come to its end. */
  readonly isWhole: boolean;
}

/** One dispatch to undici, below its `request`: here the phase is known and a part of a body is never an answer. */
class Exchange implements Dispatcher.DispatchHandler {
  #phase: "connecting" | "waiting for the answer to begin" | "reading the answer" = "connecting";
  #resolve: (answer: RawAnswer) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #status = 0;
  #headers: AnswerHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;
  readonly #largest: number;
  readonly #expectedStatus: number;

  constructor(largest: number, expectedStatus: number) {
    this.#largest = largest;
    this.#expectedStatus = expectedStatus;
  }

  /** Whether the status has said what counts: the body beside it is cut, and never the reason of an error. */
  get isDecoration(): boolean {
    return this.#status !== 0 && this.#status !== this.#expectedStatus;
  }

  get answerBegun(): boolean {
    return this.#phase === "reading the answer";
  }

  run(dispatcher: Dispatcher, { method, origin, path, headers, body }: HttpRequest): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      dispatcher.dispatch({ method, origin, path, headers, body: body ?? null }, this);
    });
  }

  /** Ends the exchange at its deadline. */
  passDeadline(wholeMs: number): void {
    this.#fail(
      new HttpProblem("timeout", `no whole answer within ${describeTime(wholeMs)}, while ${this.#phase}`),
    );
  }

  /** Ends the exchange if it has no connection yet: TCP, a proxy's answer and TLS share one time. */
  passConnectDeadline(): void {
    if (this.#phase === "connecting") {
      this.end(new HttpProblem("timeout", "no connection in time, while connecting"));
    }
  }

  /** Ends the exchange for whoever waits; its connection is ended by who gave it. */
  end(reason: unknown): void {
    this.#reject(reason);
  }

  onRequestStart(): void {
    this.#phase = "waiting for the answer to begin";
  }

  onResponseStarted(): void {
    this.#phase = "reading the answer";
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > (this.isDecoration ? decorationBytes : this.#largest)) {
      const { kind, message } = tooLarge(this.#largest);
      this.#fail(new HttpProblem(kind, message));
    } else {
      this.#chunks.push(chunk);
    }
  }

  onResponseEnd(): void {
    this.#answer(true);
  }

  #answer(isWhole: boolean): void {
    const body = Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body, isWhole });
  }

  /** Something is wrong with the exchange, which is of no interest any more once a status has said enough. */
  #fail(error: unknown): void {
    if (this.isDecoration) {
      this.#answer(false);
    } else {
      this.#reject(error);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }
}
