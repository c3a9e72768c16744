// One request: authenticated anew, sent, and judged by what came of it. Called by the loop in attempts.ts.

import { authenticationHeaders } from "../credentials/authentication";
import type { Credential, CredentialProvider } from "../credentials/credential";
import { codeOfAnswer } from "../errors/answerErrors";
import type { AskedApi, Problem, RefusedAnswer } from "../errors/failures";
import { type Deadline, DeadlinePassed } from "../http/deadline";
import { httpBounds } from "../http/dispatchers";
import { HttpProblem } from "../http/httpProblem";
import type { HttpAnswer } from "../http/message";
import { jsonOfAnswer, refusedAnswer } from "./answers";
import type { ApiRequest } from "./apiRequest";
import { clockDifferenceMs } from "./clock";
import { judgeAnswer, judgeProblem, retryAfterMs, type Verdict } from "./retryStrategy";
import type { HostState, Session } from "./session";

/** What a request needs beside itself. */
export interface RequestContext {
  readonly session: Session;
  readonly provider: CredentialProvider;
  readonly deadline: Deadline;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
}

/** A successful answer. */
export interface Answered {
  readonly json: Record<string, unknown>;
  /** How long its text was. */
  readonly bytes: number;
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
    | { readonly refused: RefusedAnswer; readonly rememberedMs?: number }
    | { readonly problem: Problem };
  /** Where it was met. */
  readonly asked: AskedApi;
  /** Whether the answer has told that this machine's clock is off, which the next signature takes into account. */
  readonly clockCorrected: boolean;
}

/** Sends one request, if the credential's standing allows it. */
export async function attempt(
  request: ApiRequest,
  credential: Credential,
  context: RequestContext,
  host: HostState,
  sent: { attempts: number },
): Promise<Answered | Failed> {
  const gate = context.session.gate(credential, request.origin);
  const end = { verdict: "final", waitMs: 0, clockCorrected: false } as const;
  let leave: Awaited<ReturnType<typeof gate.enter>>;
  try {
    leave = await gate.enter(context.deadline);
  } catch (error) {
    // What the lookups before this one have met says more than that it has waited for them.
    if (!(error instanceof DeadlinePassed && gate.unanswered)) {
      throw error;
    }
    const { asked, problem } = gate.unanswered;
    const message = `${problem.message}, as another lookup found that tried the credential first`;
    return { ...end, cause: { problem: { kind: problem.kind, message } }, asked };
  }
  const { refusal } = gate;
  if (!leave && refusal) {
    const rememberedMs = refusal.until - performance.now();
    return { ...end, cause: { refused: refusal.answer, rememberedMs }, asked: refusal.asked };
  }
  let outcome: Answered | Failed | undefined;
  try {
    outcome = await exchange(request, credential, context, host, sent);
    return outcome;
  } finally {
    // A password that was taken before is refused for a project of its own, which is no reason to hold it back.
    const knownGood = credential.kind === "password" && gate.accepted;
    if (outcome && isRefusedCredential(outcome) && !knownGood) {
      gate.refuse(outcome.asked, outcome.cause.refused);
    }
    if (outcome && "cause" in outcome && "problem" in outcome.cause) {
      gate.unanswered = { asked: outcome.asked, problem: outcome.cause.problem };
    }
    leave?.(outcome !== undefined && wasJudged(outcome));
  }
}

async function exchange(
  request: ApiRequest,
  credential: Credential,
  { session, deadline, attemptTimeoutMs }: RequestContext,
  host: HostState,
  sent: { attempts: number },
): Promise<Answered | Failed> {
  using connection = host.connections.acquire();
  if (connection.granted) {
    await deadline.wait("waiting for a free connection", connection.granted);
  }
  try {
    sent.attempts++;
    const signedWithMs = session.clockDifferenceMs;
    const { method, origin, path, body, expectedStatus = 200 } = request;
    const { answerBytes = httpBounds.answerBytes, answerValues = httpBounds.answerValues } = request;
    const headers = {
      accept: "application/json",
      "accept-encoding": "identity",
      "content-type": "application/json",
      "user-agent": "pulumi-vpcep",
      ...authenticationHeaders(request, credential, host.host, Date.now() + signedWithMs),
    };
    const answer = await session.transport.send(
      { method, origin, path, headers, answerBytes, expectedStatus, ...(body === undefined ? {} : { body }) },
      deadline.within(attemptTimeoutMs),
      deadline.signal,
    );
    return answer.status === expectedStatus
      ? {
          json: jsonOfAnswer(answer, session.secrets, answerValues),
          bytes: Buffer.byteLength(answer.text),
          headers: answer.headers,
          attempts: sent.attempts,
        }
      : refusalOf(answer, request, credential, session, host, signedWithMs);
  } catch (error) {
    if (!(error instanceof HttpProblem)) {
      throw error;
    }
    return {
      verdict: judgeProblem(error),
      waitMs: 0,
      cause: { problem: error },
      asked: askedApi(request, host),
      clockCorrected: false,
    };
  }
}

/** What an answer other than success means; takes note of what it tells of the host. */
function refusalOf(
  answer: HttpAnswer,
  request: ApiRequest,
  credential: Credential,
  session: Session,
  host: HostState,
  signedWithMs: number,
): Failed {
  const refused = refusedAnswer(answer);
  const waitMs = retryAfterMs(answer.headers, refused.errorMessage, answer.receivedAt);
  const verdict = judgeAnswer(refused.status, refused.errorCode);
  if (verdict === "throttled" && waitMs > 0) {
    host.throttled = { until: performance.now() + waitMs, answer: refused };
  }
  const difference = credential.kind === "keys" ? clockDifferenceMs(answer, refused) : undefined;
  const clockCorrected = difference !== undefined && Math.abs(difference - signedWithMs) > 60_000;
  if (clockCorrected) {
    session.clockDifferenceMs = difference;
  }
  return { verdict, waitMs, cause: { refused }, asked: askedApi(request, host), clockCorrected };
}

/** Who a request asks. */
export function askedApi({ projectId }: ApiRequest, { host }: HostState): AskedApi {
  return { host, api: projectId === undefined ? "IAM" : "VPCEP" };
}

/** Whether the credential was refused, and not for the clock. */
export function isRefusedCredential(
  outcome: Answered | Failed,
): outcome is Failed & { readonly cause: { readonly refused: RefusedAnswer } } {
  return (
    "cause" in outcome &&
    "refused" in outcome.cause &&
    !outcome.clockCorrected &&
    codeOfAnswer(outcome.cause.refused) === "VPCEP_AUTH"
  );
}

/** Whether the server has looked at the credential and found it good. */
function wasJudged(outcome: Answered | Failed): boolean {
  if ("json" in outcome || "problem" in outcome.cause) {
    return "json" in outcome;
  }
  const { refused } = outcome.cause;
  return refused.status < 500 && !["VPCEP_AUTH", "VPCEP_THROTTLED"].includes(codeOfAnswer(refused));
}
