// The record of each request, so that a test can assert what was really sent.
// Imports nothing of the project. Called by emulator.ts; read by users and every handler.
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A request as the emulator received it, and how it was answered. */
export interface RecordedRequest {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The path as sent, percent-encoded. */
  readonly path: string;
  /** The query as sent, without the question mark; empty when there is none. */
  readonly query: string;
  /** The headers, names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** The body as text; empty when there is none, or while it is still arriving. */
  readonly body: string;
  /** Which kind of credentials the headers carry, right or wrong. */
  readonly authentication: "none" | "token" | "signature";
  /** The moment it arrived, in milliseconds since 1970 on the emulator's clock. */
  readonly time: number;
  /** The id sent back as `X-Request-Id`. */
  readonly requestId: string;
  /** The HTTP status answered; `undefined` until then, and for ever when no status line is sent. */
  readonly status: number | undefined;
}

/** A record that is still being filled in. */
export type OpenRecord = { -readonly [Name in keyof RecordedRequest]: RecordedRequest[Name] };

/** The record of a request whose headers have just arrived. */
export function recordRequest(message: IncomingMessage, time: number): OpenRecord {
  const [path = "", ...query] = (message.url ?? "").split("?");
  return {
    method: message.method ?? "",
    path,
    query: query.join("?"),
    headers: message.headers,
    body: "",
    authentication: authenticationOf(message.headers),
    time,
    requestId: randomUUID().replaceAll("-", ""),
    status: undefined,
  };
}

/** The whole body as text; rejects when the client goes away before its end. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

function authenticationOf(headers: IncomingHttpHeaders): RecordedRequest["authentication"] {
  if (headers.authorization?.startsWith("SDK-HMAC-SHA256 ")) {
    return "signature";
  }
  return headers["x-auth-token"] === undefined ? "none" : "token";
}
