// Every error of this package and the one mapping from an answer of the API to an error.
// Imports the transport's problem, no code else. Thrown by every module of provider/; exported to users.
import type { HttpProblem } from "./httpProblem";

/** The stable code of a {@link VpcepError}; the README's table of errors explains each. */
export type VpcepErrorCode =
  | "VPCEP_CONFIG"
  | "VPCEP_NOT_FOUND"
  | "VPCEP_AUTH"
  | "VPCEP_FORBIDDEN"
  | "VPCEP_THROTTLED"
  | "VPCEP_API"
  | "VPCEP_CONNECTION"
  | "VPCEP_TIMEOUT"
  | "VPCEP_RESPONSE"
  | "VPCEP_FAILED"
  | "VPCEP_AMBIGUOUS"
  | "VPCEP_EXPECTATION";

/** What an error knows beside its message. */
export interface VpcepErrorDetails {
  /** The HTTP status of the last answer. */
  readonly status?: number | undefined;
  /** The API's own error code, for example `EndPoint.0005`. */
  readonly errorCode?: string | undefined;
  /** The `X-Request-Id` of the last answer, which the cloud's support asks for. */
  readonly requestId?: string | undefined;
  /** How many requests were sent for the lookup. */
  readonly attempts?: number | undefined;
}

/**
 * The error of a lookup: its message says what happened, where, and what to do next, and ends with the code in
 * brackets. It never holds a credential.
 *
 * @example
 * ```ts
 * import { createVpcepClient, VpcepError } from "pulumi-vpcep/provider";
 *
 * const client = createVpcepClient({ region: "eu-de" });
 * const service = await client
 *   .getEndpointService({ id: "4189d3c2-8882-4871-a3c2-d380272eed83" })
 *   .catch((error: unknown) => {
 *     if (error instanceof VpcepError && error.code === "VPCEP_NOT_FOUND") return undefined;
 *     throw error;
 *   });
 * ```
 */
export class VpcepError extends Error {
  override readonly name = "VpcepError";
  /** What kind of failure this is. */
  readonly code: VpcepErrorCode;
  /** The HTTP status of the last answer, where there was one. */
  readonly status: number | undefined;
  /** The API's own error code, where it sent one. */
  readonly errorCode: string | undefined;
  /** The `X-Request-Id` of the last answer, where it had one. */
  readonly requestId: string | undefined;
  /** How many requests were sent for the lookup. */
  readonly attempts: number;

  constructor(code: VpcepErrorCode, message: string, details: VpcepErrorDetails = {}) {
    super(`${message} [${code}]`);
    this.code = code;
    this.status = details.status;
    this.errorCode = details.errorCode;
    this.requestId = details.requestId;
    this.attempts = details.attempts ?? 0;
  }

  /**
   * The same error of a certain lookup, which has sent so many requests. Several lookups may wait for one request, and
   * each names itself. `clean` has the last word on the text.
   * @internal
   */
  about(subject: string, attempts = this.attempts, clean = (text: string) => text): VpcepError {
    const what = this.message.slice(0, -` [${this.code}]`.length);
    const { status, errorCode, requestId } = this;
    const details = { status, errorCode, requestId, attempts: Math.max(attempts, this.attempts) };
    return new VpcepError(this.code, clean(`${subject}: ${what}`), details);
  }
}

/** Where an outcome was met: what the messages name. */
export interface FailureContext {
  /** The host that was asked. */
  readonly host: string;
  /** Where the credential came from. */
  readonly credentialFrom: string;
  /** The permission that the request needs. */
  readonly permission: string;
  readonly attempts: number;
  /** How far the host's clock is ahead of this machine's, in milliseconds. */
  readonly clockDifferenceMs: number;
}

/** An answer that is not the record that was asked for. */
export interface RefusedAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly errorCode: string | undefined;
  /** The API's own words, redacted. */
  readonly errorMessage: string | undefined;
}

/** The one mapping from an answer to an error. Codes win over the status, compared without case. */
export function codeOfAnswer({
  status,
  errorCode = "",
}: Pick<RefusedAnswer, "status" | "errorCode">): VpcepErrorCode {
  const code = errorCode.toLowerCase();
  if (status === 429 || /^apigw?\.0308$/.test(code) || code === "endpoint.0022") {
    return "VPCEP_THROTTLED";
  }
  if ((status === 404 && code.startsWith("endpoint.")) || (status === 400 && code === "endpoint.2003")) {
    return "VPCEP_NOT_FOUND";
  }
  if (status === 401 || /^apigw?\.030[1357]$/.test(code)) {
    return "VPCEP_AUTH";
  }
  if (status === 403) {
    return "VPCEP_FORBIDDEN";
  }
  return status >= 200 && status < 300 ? "VPCEP_RESPONSE" : "VPCEP_API";
}

/** The error for an answer that is not the record; `waitMs` is how long the server asks to wait. */
export function errorOfAnswer(answer: RefusedAnswer, context: FailureContext, waitMs: number): VpcepError {
  const code = codeOfAnswer(answer);
  // IAM's error code is the status once more.
  const errorCode = answer.errorCode === String(answer.status) ? undefined : answer.errorCode;
  const errorMessage = answer.errorMessage?.replace(/[.\s]+$/, "");
  const said = [errorCode, errorMessage].filter((part) => part !== undefined).join(": ");
  const requestId = answer.requestId === undefined ? [] : [`request id ${answer.requestId}`];
  const facts = inBrackets(context.attempts, requestId);
  return new VpcepError(
    code,
    `${context.host} answered ${answer.status}${said === "" ? "" : ` ${said}`}${facts}. ${nextStep(code, answer, context, waitMs)}`,
    { ...answer, attempts: context.attempts },
  );
}

/** The error for an exchange that gave no answer, or none that can be used. */
export function errorOfProblem({ kind, message }: HttpProblem, context: FailureContext): VpcepError {
  const { host, attempts } = context;
  const after = inBrackets(attempts);
  switch (kind) {
    case "answer":
    case "damaged":
      return new VpcepError(
        "VPCEP_RESPONSE",
        `the answer of ${host} cannot be used: ${message}${after}. ${wrongHost(host)}`,
        { attempts },
      );
    case "timeout":
      return new VpcepError("VPCEP_TIMEOUT", `${host} gave ${message}${after}. ${unreachable(host)}`, {
        attempts,
      });
    default:
      return new VpcepError("VPCEP_CONNECTION", `${message}${after}. ${unreachable(host)}`, { attempts });
  }
}

/** The error for a lookup whose time ran out while it waited for its turn. */
export function errorOfTimeout(phase: string, timeoutMs: number, attempts: number): VpcepError {
  return new VpcepError(
    "VPCEP_TIMEOUT",
    `no answer within ${timeoutMs / 1_000} s, while ${phase}${inBrackets(attempts)}. Look up fewer services at a time, or raise vpcep:timeoutMs`,
    { attempts },
  );
}

function inBrackets(attempts: number, others: readonly string[] = []): string {
  const all = [...others, ...(attempts > 1 ? [`${attempts} attempts`] : [])];
  return all.length === 0 ? "" : ` (${all.join(", ")})`;
}

function unreachable(host: string): string {
  return `Check the region, the endpoint and the proxy settings, and that this machine can reach ${host}`;
}

function wrongHost(host: string): string {
  return `Check that ${host} is the cloud's own host, and that no proxy answers in its place`;
}

function nextStep(
  code: VpcepErrorCode,
  { status, errorCode = "" }: RefusedAnswer,
  context: FailureContext,
  waitMs: number,
): string {
  switch (code) {
    case "VPCEP_NOT_FOUND":
      return "Check the id, and that the service is in this region and project: a service of another project is not visible here";
    case "VPCEP_AUTH":
      if (context.clockDifferenceMs !== 0) {
        const minutes = Math.round(context.clockDifferenceMs / 60_000);
        return `Set this machine's clock: it is ${Math.abs(minutes)} minutes ${minutes > 0 ? "behind" : "ahead of"} the server's, and a signature corrected by that was refused too`;
      }
      return `Check the credential from ${context.credentialFrom}: it is wrong, has expired (a token lives 24 hours), or is for another region`;
    case "VPCEP_FORBIDDEN":
      return `Give the user of the credential from ${context.credentialFrom} the permission ${context.permission} in this project`;
    case "VPCEP_THROTTLED":
      return `Run again ${waitMs > 0 ? `in ${Math.ceil(waitMs / 1_000)} s` : "in a minute"}, or look up fewer services at a time`;
    case "VPCEP_RESPONSE":
      return wrongHost(context.host);
    default:
      if (status >= 300 && status < 400) {
        return "Redirects are not followed, so that a credential stays with its host: check the region and the endpoint";
      }
      if (status === 404) {
        return `${context.host} does not serve this call of VPCEP: check the region and the endpoint`;
      }
      return status >= 500
        ? "The fault is on the cloud's side: run again later, and give its support the request id"
        : `Look up ${errorCode === "" ? `status ${status}` : errorCode} in VPCEP's table of error codes`;
  }
}
