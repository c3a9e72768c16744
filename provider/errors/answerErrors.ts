// The one mapping from what happened to a request to the error of its lookup. Pure; called by attempts.ts, by attempt.ts
// and retryStrategy.ts for the code of an answer, and by identity.ts and record.ts for what every error over an answer says.

import { VpcepError, type VpcepErrorCode } from "./errors";
import type { AskedApi, Problem, RefusedAnswer } from "./failures";

/** Where an outcome was met: what the messages name. */
export interface FailureContext extends AskedApi {
  /** Where the credential came from. */
  readonly credentialFrom: string;
  /** The permission that the request needs. */
  readonly permission: string;
  readonly attempts: number;
  /** Whether one object was asked for, so that the API may not know it; never at IAM. */
  readonly mayBeMissing?: boolean | undefined;
  /** How far the host's clock is ahead of this machine's, in milliseconds. */
  readonly clockDifferenceMs: number;
  /** Where the answer was one to an earlier request: for how long, in milliseconds, none is sent. */
  readonly rememberedMs?: number | undefined;
  /** What the server wrote, fit for an error. */
  readonly quoted: (text: string) => string;
  /** Whether it would have been tried again, had the lookups together not failed so often. */
  readonly retriesSpent?: boolean;
}

/** The one mapping from an answer to an error, where one object was asked for. Codes win over the status, compared without case. */
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

/** The error for an answer that is not the record: judged as it came, shown redacted. `waitMs` is how long to wait. */
export function errorOfAnswer(answer: RefusedAnswer, context: FailureContext, waitMs: number): VpcepError {
  const meant = codeOfAnswer(answer);
  // The path of a list that is not there says nothing of what the list would have shown.
  const code = meant === "VPCEP_NOT_FOUND" && !context.mayBeMissing ? "VPCEP_API" : meant;
  const { status } = answer;
  const [errorCode, errorMessage, requestId] = [answer.errorCode, answer.errorMessage, answer.requestId].map(
    (text) => text && context.quoted(text),
  );
  const shown = { status, errorCode, errorMessage, requestId };
  // IAM's error code is the status once more.
  const codeSaid = answer.errorCode === String(status) ? undefined : errorCode;
  const said = [codeSaid, errorMessage?.replace(/[.\s]+$/, "")].filter(Boolean).join(": ");
  const facts = inBrackets(requestId, context.attempts);
  const answered = context.rememberedMs === undefined ? "answered" : "answered an earlier request with";
  return new VpcepError(
    code,
    `${context.host} ${answered} ${status}${said === "" ? "" : ` ${said}`}${facts}. ${notTried(context)}${nextStep(code, shown, context, waitMs)}`,
    { ...shown, attempts: context.attempts },
  );
}

/** The error for an exchange that gave no answer, or none that can be used. */
export function errorOfProblem(problem: Problem, context: FailureContext): VpcepError {
  const { kind, message, proxy, route } = problem;
  const { host, attempts } = context;
  const after = inBrackets(undefined, attempts);
  const known = `${notTried(context)}${route === undefined ? "" : `Proxy: ${route}. `}`;
  const step =
    problem.nextStep ??
    (proxy ? `Check ${proxy.from}, and that this machine can reach ${proxy.host}` : unreachable(context));
  switch (kind) {
    case "answer":
    case "damaged":
      return errorOfUnusable(host, message, attempts, known);
    case "timeout":
      return new VpcepError(
        "VPCEP_TIMEOUT",
        `${proxy ? `the proxy ${proxy.host} (${proxy.from})` : host} gave ${message}${after}. ${known}${step}`,
        { attempts },
      );
    default:
      return new VpcepError("VPCEP_CONNECTION", `${message}${after}. ${known}${step}`, { attempts });
  }
}

/** The error for an answer that is none of this API; `what` says why. */
export function errorOfUnusable(host: string, what: string, attempts = 0, known = ""): VpcepError {
  return new VpcepError(
    "VPCEP_RESPONSE",
    `the answer of ${host} cannot be used: ${what}${inBrackets(undefined, attempts)}. ${known}${wrongHost(host)}`,
    { attempts },
  );
}

/** The error for a lookup whose time ran out while it waited for its turn, or for what others have asked of IAM. */
export function errorOfTimeout(
  {
    phase,
    timeoutMs,
    host,
  }: { readonly phase: string; readonly timeoutMs: number; readonly host?: string | undefined },
  attempts: number,
): VpcepError {
  const step =
    host === undefined
      ? "Look up fewer services at a time, or raise vpcep:timeoutMs"
      : `Check the region, ${addressOf.IAM} and the proxy settings, and that this machine can reach ${host}`;
  return new VpcepError(
    "VPCEP_TIMEOUT",
    `no answer within ${timeoutMs / 1_000} s, while ${phase}${inBrackets(undefined, attempts)}. ${step}`,
    { attempts },
  );
}

/** What support asks for, and how often it was tried: after the sentence they belong to. */
export function inBrackets(requestId: string | undefined, attempts = 1): string {
  const all = [
    ...(requestId === undefined ? [] : [`request id ${requestId}`]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ];
  return all.length === 0 ? "" : ` (${all.join(", ")})`;
}

/** How the address of an API is set, beside by the region. */
const addressOf = {
  VPCEP: "the endpoint",
  IAM: "the address of IAM (vpcep:authUrl or HW_AUTH_URL)",
} as const;

function unreachable({ host, api }: FailureContext): string {
  return `Check the region, ${addressOf[api]} and the proxy settings, and that this machine can reach ${host}`;
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
        return `Set this machine's clock: it is ${Math.abs(minutes)} minutes ${minutes > 0 ? "behind" : "ahead of"} the server's, and a signature corrected by that was refused too${notAgain(context)}`;
      }
      return `Check the credential from ${context.credentialFrom}: it is wrong, has expired (a token lives 24 hours), or is for another region${context.api === "IAM" ? " or project" : ""}${notAgain(context)}`;
    case "VPCEP_FORBIDDEN":
      return `Give the user of the credential from ${context.credentialFrom} the permission ${context.permission} in this project`;
    case "VPCEP_THROTTLED":
      return `Run again ${waitMs > 0 ? `in ${Math.ceil(waitMs / 1_000)} s` : "in a minute"}, or look up fewer services at a time`;
    case "VPCEP_RESPONSE":
      return wrongHost(context.host);
    default:
      if (status >= 300 && status < 400) {
        return `Redirects are not followed, so that a credential stays with its host: check the region and ${addressOf[context.api]}`;
      }
      if (status === 404) {
        return `${context.host} does not serve this call of ${context.api}: check the region and ${addressOf[context.api]}`;
      }
      return status >= 500
        ? "The fault is on the cloud's side: run again later, and give its support the request id"
        : `Look up ${errorCode === "" ? `status ${status}` : errorCode} in ${context.api}'s table of error codes`;
  }
}

function notTried({ retriesSpent }: FailureContext): string {
  return retriesSpent
    ? "It was not tried again, since the lookups of this run have spent the retries that they share. "
    : "";
}

function notAgain({ rememberedMs }: FailureContext): string {
  return rememberedMs === undefined
    ? ""
    : `. It is not sent again for ${Math.ceil(rememberedMs / 60_000)} minutes, since the gateway locks a key for everybody after five failures`;
}
