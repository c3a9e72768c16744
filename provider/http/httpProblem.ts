// Why an exchange failed, and the one reading of undici's, Node's and OpenSSL's errors.
// A leaf; thrown by http.ts, judged by retryStrategy.ts and answerErrors.ts.

import type { ProblemKind } from "../errors/failures";

/** A failed exchange. Its message is a clause that never holds a header or a body. */
export class HttpProblem extends Error {
  readonly kind: ProblemKind;
  /** Node's or undici's code, where there is one. */
  readonly errorCode: string | undefined;
  /** Whether the server had closed an idle connection that the request then went out on: no fault at all. */
  readonly staleConnection: boolean;

  constructor(kind: ProblemKind, message: string, errorCode?: string, staleConnection = false) {
    super(message);
    this.kind = kind;
    this.errorCode = errorCode;
    this.staleConnection = staleConnection;
  }
}

const connectionProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "reset the connection",
  EPIPE: "reset the connection",
  UND_ERR_SOCKET: "closed the connection",
  ETIMEDOUT: "did not answer in time",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  ENETDOWN: "cannot be reached",
  EHOSTDOWN: "cannot be reached",
  EAI_AGAIN: "has a name that cannot be resolved now",
  ENOTFOUND: "has a name that does not exist",
};

const answerProblems: Readonly<Record<string, string>> = {
  UND_ERR_HEADERS_OVERFLOW: "its headers are too large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "its length is not what it says",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "it is too large",
};

/** How a connection ends that the server had closed before the request came. */
const closings = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"];

/**
 * What an error of the transport means. `host` is the one that was asked; `unanswered` is whether the request went out on
 * a connection of an earlier one, and nothing came back.
 */
export function problemOf(error: unknown, host: string, unanswered: boolean): HttpProblem {
  if (error instanceof HttpProblem) {
    return error;
  }
  const { name, code, message } = origin(error);
  if (connectionProblems[code]) {
    const words = `${host} ${connectionProblems[code]} (${code})`;
    return new HttpProblem("connection", words, code, unanswered && closings.includes(code));
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT") {
    return new HttpProblem("timeout", "no connection in time, while connecting", code);
  }
  if (answerProblems[code]) {
    return new HttpProblem("answer", answerProblems[code], code);
  }
  if (name === "HTTPParserError" || code.startsWith("HPE_")) {
    return new HttpProblem("answer", "it is not HTTP", code);
  }
  if (/^Proxy response \(\d+\)/.test(message) || code.startsWith("UND_ERR_PRX")) {
    const status = /\((\d+)\)/.exec(message)?.[1] ?? "";
    return new HttpProblem(
      status.startsWith("5") ? "connection" : "refused",
      `the proxy refused to connect to ${host} (${status || code})`,
      code,
    );
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_SSL|ERR_TLS|HOSTNAME_MISMATCH/.test(code)) {
    return new HttpProblem("refused", `the TLS connection to ${host} cannot be trusted (${code})`, code);
  }
  return new HttpProblem(
    "refused",
    `the request to ${host} could not be sent (${code || "unknown cause"})`,
    code,
  );
}

interface TransportError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** The error that says most: the innermost cause with a code, and of several addresses tried the last. */
function origin(error: unknown): TransportError {
  let found: TransportError = { name: "", code: "", message: "" };
  let current = error as (Partial<TransportError> & { cause?: unknown; errors?: unknown[] }) | undefined;
  for (let depth = 0; depth < 10 && typeof current === "object" && current !== null; depth++) {
    if (typeof current.code === "string" || found.code === "") {
      found = {
        name: String(current.name ?? ""),
        code: typeof current.code === "string" ? current.code : found.code,
        message: String(current.message ?? ""),
      };
    }
    current = (current.errors?.at(-1) ?? current.cause) as typeof current;
  }
  return found;
}
