// What came of one request, as data, and what it says of the credential, to this lookup and to others. Made by attempt.ts, judged by attempts.ts.
import { codeOfAnswer } from "../errors/answerCodes";
import type { AskedApi, Problem, RefusedAnswer } from "../errors/failures";
import { heldUp } from "../errors/nextSteps";
import type { Secrets } from "../errors/redaction";
import type { HttpAnswer } from "../http/message";
import type { ApiRequest } from "./apiRequest";
import type { Verdict } from "./retryStrategy";

/** A successful answer. */
export interface Answered {
  readonly json: Record<string, unknown>;
  /** How long its text was. */
  readonly bytes: number;
  /** Whether a record in it may hold what Pulumi would not take as it is. */
  readonly mayHoldMark: boolean;
  readonly headers: HttpAnswer["headers"];
  /** How many requests it took. */
  readonly attempts: number;
}

/** A request that gave no record, or that was not sent because of what an earlier one met. */
export interface Failed {
  readonly verdict: Verdict;
  /** How long the server asks to wait. */
  readonly waitMs: number;
  readonly cause:
    | {
        readonly refused: RefusedAnswer;
        /** The difference of the clocks that the signature took into account. */
        readonly signedWithMs?: number;
        readonly rememberedMs?: number;
      }
    | { readonly problem: Problem };
  /** Where it was met. */
  readonly asked: AskedApi;
  /** Whether the answer has told that the signature's time was off, which the next one takes into account. */
  readonly clockCorrected: boolean;
}

/** Who a request asks; `host` is what is known of its host. */
export function askedApi({ api, projectId }: ApiRequest, { host }: Pick<AskedApi, "host">): AskedApi {
  return { host, api: api ?? (projectId === undefined ? "IAM" : "VPCEP") };
}

/** Whether the credential was refused, and not for the clock. */
export function isRefusedCredential(outcome: Answered | Failed): outcome is Failed & {
  readonly cause: { readonly refused: RefusedAnswer; readonly signedWithMs?: number };
} {
  return (
    "cause" in outcome &&
    "refused" in outcome.cause &&
    !outcome.clockCorrected &&
    codeOfAnswer(outcome.cause.refused) === "VPCEP_AUTH"
  );
}

/** Whether the server has looked at the credential and found it good. */
export function isAccepted(outcome: Answered | Failed): boolean {
  if ("json" in outcome || "problem" in outcome.cause) {
    return "json" in outcome;
  }
  const { refused } = outcome.cause;
  return refused.status < 500 && !["VPCEP_AUTH", "VPCEP_THROTTLED"].includes(codeOfAnswer(refused));
}

/** An answer as other lookups may tell it, which do not know the secrets of this one. */
export function asKept(answer: RefusedAnswer, secrets: Secrets): RefusedAnswer {
  const { requestId, errorMessage } = answer;
  return {
    ...answer,
    requestId: requestId && secrets.quoted(requestId),
    errorMessage: errorMessage && secrets.quoted(errorMessage),
  };
}

/** What another lookup met that tried the credential first. Silence may be that of what it asked for alone. */
export function asMetByAnother(problem: Problem, host: string): Problem {
  const { kind, message, proxy } = problem;
  return kind === "timeout" && !proxy
    ? {
        ...problem,
        message: `${message}, to another lookup that tried the credential before this one was sent`,
        nextStep: heldUp(host),
      }
    : { ...problem, message: `${message}, as another lookup found that tried the credential first` };
}
