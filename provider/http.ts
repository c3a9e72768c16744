// One HTTP exchange with undici: bounded in time and size, no redirect followed, whatever the server sends.
// Knows nothing of VPCEP, credentials or retries; called by attempts.ts.
import type { IncomingHttpHeaders } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { isLoopback } from "./hosts";
import { HttpProblem, problemOf } from "./httpProblem";

/** A request as it leaves. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly origin: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, read whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** When the request was sent and the answer had come, by the machine's clock, in milliseconds. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** The bounds of one connection and of one answer; the README's section on reliability quotes them. */
export const httpBounds = {
  connections: 8,
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 5_000,
  answerBytes: 1024 * 1024,
} as const;

/** The connections of one client. */
export class HttpTransport {
  readonly #direct: Dispatcher;
  readonly #proxied: Dispatcher;

  constructor() {
    const tls = {
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      timeout: httpBounds.connectTimeoutMs,
    } as const;
    const options = {
      connections: httpBounds.connections,
      pipelining: 1,
      allowH2: false,
      headersTimeout: httpBounds.headersTimeoutMs,
      bodyTimeout: httpBounds.bodyTimeoutMs,
      keepAliveMaxTimeout: 30_000,
      connect: tls,
    };
    this.#direct = new Agent(options);
    this.#proxied = new EnvHttpProxyAgent({ ...options, requestTls: tls, proxyTls: tls });
  }

  /** Sends a request and reads the answer; fails with an {@link HttpProblem} and nothing else. */
  async send(request: HttpRequest, timeoutMs: number): Promise<HttpAnswer> {
    const exchange = new Exchange();
    const timer = setTimeout(() => exchange.stop(timeoutMs), timeoutMs);
    const sentAt = Date.now();
    try {
      const { status, headers, body } = await exchange.run(
        isLoopback(request.origin) ? this.#direct : this.#proxied,
        request,
      );
      return {
        status,
        headers,
        text: decode(body, headers["content-encoding"]),
        sentAt,
        receivedAt: Date.now(),
      };
    } catch (error) {
      throw problemOf(error, new URL(request.origin).host);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    await Promise.all([this.#direct.destroy(), this.#proxied.destroy()]);
  }
}

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One dispatch to undici, below its `request`: here the phase is known and a part of a body is never an answer. */
class Exchange implements Dispatcher.DispatchHandler {
  #phase = "connecting";
  #controller: Dispatcher.DispatchController | undefined;
  #resolve: (answer: RawAnswer) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #stopped: HttpProblem | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  run(dispatcher: Dispatcher, { method, origin, path, headers, body }: HttpRequest): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      dispatcher.dispatch({ method, origin, path, headers, body: body ?? null }, this);
    });
  }

  /** Ends the exchange at its deadline, whatever undici waits for: while it connects it hears no abort. */
  stop(timeoutMs: number): void {
    this.#end(
      new HttpProblem("timeout", `no whole answer within ${timeoutMs / 1000} s, while ${this.#phase}`),
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#phase = "waiting for the answer to begin";
    if (this.#stopped) {
      controller.abort(this.#stopped);
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    this.#phase = "reading the answer";
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > httpBounds.answerBytes) {
      this.#end(tooLarge());
    } else {
      this.#chunks.push(chunk);
    }
  }

  onResponseEnd(): void {
    this.#resolve({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }

  #end(problem: HttpProblem): void {
    this.#stopped = problem;
    this.#reject(problem);
    this.#controller?.abort(problem);
  }
}

const decoders: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync as typeof gunzipSync,
};

/** The text of a body. The request asked for no coding; one is undone all the same, within the same bound. */
function decode(body: Buffer, coding: string | undefined): string {
  let bytes = body;
  if (coding && coding !== "identity") {
    const decoder = decoders[coding.trim().toLowerCase()];
    if (!decoder) {
      throw new HttpProblem("answer", "its content coding is unknown");
    }
    try {
      bytes = decoder(body, { maxOutputLength: httpBounds.answerBytes });
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
        ? tooLarge()
        : new HttpProblem("damaged", "its compressed body is damaged");
    }
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem("answer", "it is not UTF-8 text");
  }
}

function tooLarge(): HttpProblem {
  return new HttpProblem("answer", `it is larger than ${httpBounds.answerBytes / 1024 / 1024} MiB`);
}
