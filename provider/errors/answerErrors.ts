// The one mapping from what happened to a request to the error of its lookup. Pure; called by attempts.ts, and by record.ts
// and whoever reads an answer of IAM for what every error over an answer says.

import { codeOfAnswer } from "./answerCodes";
import { anyOf, describeTime } from "./describeValue";
import { type Fault, VpcepError } from "./errors";
import type { Problem, RefusedAnswer, SettingNames } from "./failures";
import { type FailureContext, nextStep, toReach, toTrust, wrongHost } from "./nextSteps";

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
    { ...shown, attempts: context.attempts, fault: faultOf(context) },
  );
}

/** The error for an exchange that gave no answer, or none that can be used. */
export function errorOfProblem(problem: Problem, context: FailureContext): VpcepError {
  const { kind, message, proxy, route, untrusted } = problem;
  const { host, attempts } = context;
  const fault = { host, ...(untrusted ? { kind: "certificate" as const } : {}) };
  const after = inBrackets(undefined, attempts);
  const known = `${notTried(context)}${route === undefined ? "" : `Proxy: ${route}. `}`;
  const step =
    problem.nextStep ??
    (untrusted && toTrust(untrusted, context.settingNames)) ??
    (proxy
      ? `Check ${proxy.from}, and that this machine can reach ${proxy.host}`
      : toReach({ host: context.host, address: context.api }, context.settingNames));
  switch (kind) {
    case "answer":
    case "damaged":
      return errorOfUnusable(host, message, attempts, known, fault);
    case "timeout":
      return new VpcepError(
        "VPCEP_TIMEOUT",
        `${proxy ? `the proxy ${proxy.host} (${proxy.from})` : host} gave ${message}${after}. ${known}${step}`,
        { attempts, fault },
      );
    default:
      return new VpcepError("VPCEP_CONNECTION", `${message}${after}. ${known}${step}`, { attempts, fault });
  }
}

/** The error for an answer that is none of this API; `what` says why. */
export function errorOfUnusable(
  host: string,
  what: string,
  attempts = 0,
  known = "",
  fault: Fault = { host },
): VpcepError {
  return new VpcepError(
    "VPCEP_RESPONSE",
    `the answer of ${host} cannot be used: ${what}${inBrackets(undefined, attempts)}. ${known}${wrongHost(host)}`,
    { attempts, fault },
  );
}

/** The error for a lookup whose time ran out while it waited for its turn, or for what others have asked of IAM. */
export function errorOfTimeout(
  {
    phase,
    timeoutMs,
    nextStep: step,
    asked,
  }: {
    readonly phase: string;
    readonly timeoutMs: number;
    readonly nextStep?: string | undefined;
    readonly asked?: Parameters<typeof toReach>[0] | undefined;
  },
  names: SettingNames,
  attempts: number,
): VpcepError {
  const otherwise = asked
    ? toReach(asked, names)
    : `Look up fewer services at a time${orRaise(names.timeoutMs)}`;
  return new VpcepError(
    "VPCEP_TIMEOUT",
    `no answer within ${describeTime(timeoutMs)}, while ${phase}${inBrackets(undefined, attempts)}. ${step ?? otherwise}`,
    { attempts, ...(asked ? { fault: { host: asked.host } } : {}) },
  );
}

/** That more time may be given, where whoever asks can set it: a clause after another one. */
export function orRaise(names: readonly string[]): string {
  return names.length === 0 ? "" : `, or raise ${anyOf(names)}`;
}

function faultOf({ host, clockDifferenceMs }: FailureContext): Fault {
  return clockDifferenceMs === 0 ? { host } : { host, kind: "clock" };
}

/** What support asks for, and how often it was tried: after the sentence they belong to. */
export function inBrackets(requestId: string | undefined, attempts = 1): string {
  const all = [
    ...(requestId === undefined ? [] : [`request id ${requestId}`]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ];
  return all.length === 0 ? "" : ` (${all.join(", ")})`;
}

function notTried({ retriesSpent }: FailureContext): string {
  return retriesSpent
    ? "It was not tried again, since the lookups of this run have spent the retries that they share. "
    : "";
}
