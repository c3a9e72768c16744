// Why an exchange failed and who is to blame: the one reading of undici's and Node's errors; of TLS, in tlsProblem.ts.
// Made by http.ts, judged by retryStrategy.ts and answerErrors.ts.

import type { Problem, ProblemKind } from "../errors/failures";
import { type Progress, TunnelRefused } from "./message";
import { type Explained, explainTls } from "./tlsProblem";

/** A failed exchange. Its message is a clause that never holds a header or a body. */
export class HttpProblem extends Error implements Problem {
  readonly kind: ProblemKind;
  /** Node's or undici's code, where there is one. */
  readonly errorCode: string | undefined;
  /** Whether the server had closed an idle connection that the request then went out on: no fault at all. */
  readonly staleConnection: boolean;
  readonly nextStep: string | undefined;
  untrusted: Problem["untrusted"];
  proxy: Problem["proxy"];
  route: Problem["route"];

  constructor(
    kind: ProblemKind,
    message: string,
    errorCode?: string,
    staleConnection = false,
    nextStep?: string,
  ) {
    super(message);
    this.kind = kind;
    this.errorCode = errorCode;
    this.staleConnection = staleConnection;
    this.nextStep = nextStep;
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
  EAI_AGAIN: "cannot be looked up: DNS does not answer",
  ENOTFOUND: "has no address in DNS",
};

const answerProblems: Readonly<Record<string, string>> = {
  UND_ERR_HEADERS_OVERFLOW: "its headers are too large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "its length is not what it says",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "it is too large",
};

/** How a connection ends that the server had closed before the request came. */
const closings = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"];

/** What an error of the transport means. */
export function problemOf(error: unknown, progress: Progress): HttpProblem {
  const problem = error instanceof HttpProblem ? error : translated(error, progress);
  problem.proxy ??= progress.stage === "proxy" ? progress.proxy : undefined;
  problem.route ??= progress.route;
  return problem;
}

function translated(error: unknown, progress: Progress): HttpProblem {
  const { host, proxy, stage, unanswered } = progress;
  const asked = proxy && stage !== "host" ? `the proxy ${proxy.host} (${proxy.from})` : host;
  const past = `Check that the proxy can reach ${host} and may, or name ${host} in NO_PROXY if it needs none`;
  // What speaks TLS hangs up on a plain request, or answers that it is a bad one.
  const whetherTls = proxy && !proxy.isSecure ? `Check whether ${proxy.from} must begin with https://` : "";
  if (error instanceof TunnelRefused) {
    const { status } = error;
    const step =
      status === 407
        ? `Check the user name and the password in ${proxy?.from}`
        : whetherTls && status === 400
          ? `${whetherTls}. ${past}`
          : past;
    const kind = status >= 500 ? "connection" : "refused";
    return new HttpProblem(
      kind,
      `${asked} refused to connect to ${host} (${status})`,
      undefined,
      false,
      step,
    );
  }
  const { name, code } = origin(error);
  const isClosed = unanswered && closings.includes(code);
  const refused = ({ message, nextStep, untrusted }: Explained) => {
    const words = code === "" ? message : `${message} (${code})`;
    return Object.assign(new HttpProblem("refused", words, code, false, nextStep), { untrusted });
  };
  // A server that misses the client's certificate tells so, or just hangs up.
  if (progress.certificateAsked && (isClosed || code.includes("_ALERT_"))) {
    return refused({
      message: `${stage === "tunnel" ? host : asked} demands a certificate of the client, which is not supported`,
      nextStep: `Use ${stage === "proxy" ? "a proxy" : "an endpoint"} that demands none`,
    });
  }
  if (connectionProblems[code]) {
    const hint =
      whetherTls && isClosed && stage === "proxy"
        ? `${whetherTls}, and that this machine can reach ${proxy?.host}`
        : undefined;
    const [to, step] = stage === "tunnel" ? [` to ${host}`, past] : ["", hint];
    const words = `${asked} ${connectionProblems[code]}${to} (${code})`;
    return new HttpProblem("connection", words, code, isClosed && progress.reused, step);
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT") {
    return new HttpProblem("timeout", "no connection in time, while connecting", code);
  }
  const isHttp = name !== "HTTPParserError" && !code.startsWith("HPE_");
  const unusable = answerProblems[code] ?? (isHttp ? undefined : "it is not HTTP");
  if (unusable !== undefined) {
    return stage === "host"
      ? new HttpProblem("answer", unusable, code)
      : refused({
          message: `the answer of ${asked} cannot be used: ${unusable}`,
          nextStep: `Check that ${proxy?.from} names a proxy, and whether it begins with https://`,
        });
  }
  return refused(
    explainTls(code, { asked, host, proxy, stage }) ?? {
      message: `the request to ${host} could not be sent`,
    },
  );
}

interface TransportError {
  readonly name: string;
  readonly code: string;
}

/** The error that says most: the innermost cause with a code, and of several addresses tried the last. */
function origin(error: unknown): TransportError {
  let found: TransportError = { name: "", code: "" };
  let current = error as (Partial<TransportError> & { cause?: unknown; errors?: unknown[] }) | undefined;
  for (let depth = 0; depth < 10 && typeof current === "object" && current !== null; depth++) {
    if (typeof current.code === "string" || found.code === "") {
      found = {
        name: String(current.name ?? ""),
        code: typeof current.code === "string" ? current.code : found.code,
      };
    }
    current = (current.errors?.at(-1) ?? current.cause) as typeof current;
  }
  return found;
}
