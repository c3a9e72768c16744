// A request as it leaves and an answer as it came. Types alone; used by whoever sends, signs or reads one.
import type { IncomingHttpHeaders } from "node:http";

/** A request as it leaves. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly origin: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The largest answer that is read, in bytes; 1 MiB where nothing is said. */
  readonly answerBytes?: number;
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
