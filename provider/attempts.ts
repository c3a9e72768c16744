// The loop around one request: authenticate anew, send, judge, pause, send again, within the lookup's deadline.
// Called by client.ts and identity.ts; the one place that turns what happened into an error.
import { jsonOfAnswer, refusedAnswer } from "./answers";
import { authenticationHeaders } from "./authentication";
import { clockDifferenceMs } from "./clock";
import type { Credential } from "./credentials";
import { type Deadline, DeadlinePassed } from "./deadline";
import { httpBounds } from "./dispatchers";
import { codeOfAnswer, errorOfAnswer, errorOfProblem, errorOfTimeout, type RefusedAnswer } from "./errors";
import type { HttpAnswer, HttpRequest } from "./http";
import { HttpProblem } from "./httpProblem";
import { judgeAnswer, judgeProblem, pauseMs, retryAfterMs, type Verdict } from "./retry";
import type { HostState, Session } from "./session";

/** A request before it is authenticated. */
export interface ApiRequest extends Omit<HttpRequest, "headers"> {
  /** The project whose resource is asked for; IAM's calls have none. */
  readonly projectId?: string;
  /** The status of success; 200 where nothing else is said. */
  readonly expectedStatus?: number;
  /** The permission that the request needs, as an error asks for it. */
  readonly permission: string;
}

/** Where the credential of a request comes from. */
export interface CredentialSupply {
  readonly from: string;
  current(deadline: Deadline): Promise<Credential>;
  /** Another credential in place of one that was refused, where there can be one. */
  renew?(refused: Credential, deadline: Deadline): Promise<Credential>;
}

/** What a request needs beside itself. */
export interface RequestContext {
  readonly session: Session;
  readonly supply: CredentialSupply;
  readonly deadline: Deadline;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
}

/** A successful answer. */
export interface Answered {
  readonly json: Record<string, unknown>;
  readonly headers: HttpAnswer["headers"];
  /** How many requests it took. */
  readonly attempts: number;
}

interface Failed {
  readonly verdict: Verdict;
  /** How long the server asks to wait. */
  readonly waitMs: number;
  readonly cause: { readonly refused: RefusedAnswer } | { readonly problem: HttpProblem };
  /** Whether the answer has told that this machine's clock is off, which the next signature takes into account. */
  readonly clockCorrected: boolean;
}

/** Sends a request until it is answered with a JSON object, or fails with a {@link VpcepError}. */
export async function sendUntilAnswered(request: ApiRequest, context: RequestContext): Promise<Answered> {
  const { session, supply, deadline, maxAttempts } = context;
  const host = session.host(request.origin);
  const sent = { attempts: 0 };
  const fail = ({ cause, waitMs }: Failed) => {
    const failure = {
      host: host.host,
      credentialFrom: supply.from,
      permission: request.permission,
      attempts: sent.attempts,
      clockDifferenceMs: session.clockDifferenceMs,
    };
    return "refused" in cause
      ? errorOfAnswer(cause.refused, failure, waitMs)
      : errorOfProblem(cause.problem, failure);
  };
  const spent = new Set<string>();
  const firstTime = (reason: string) => !spent.has(reason) && spent.add(reason).has(reason);
  let failures = 0;
  let borrowed = 0;
  try {
    let credential = await supply.current(deadline);
    for (;;) {
      if (host.throttled) {
        await throttlePassed(host, deadline, fail);
      }
      const outcome = await attempt(request, credential, context, host, sent);
      if ("json" in outcome) {
        session.budget.giveBack(borrowed);
        return outcome;
      }
      const { verdict } = outcome;
      let pause: number | undefined;
      if ((outcome.clockCorrected && firstTime("clock")) || (verdict === "now" && firstTime("now"))) {
        pause = 0;
      } else if (isRefusedCredential(outcome) && supply.renew && firstTime("credential")) {
        credential = await supply.renew(credential, deadline);
        pause = 0;
      } else if (verdict === "once") {
        pause = firstTime("once") ? pauseMs("transient", 1, 0, Math.random()) : undefined;
      } else if (verdict !== "final") {
        failures++;
        pause =
          failures < maxAttempts ? pauseMs(verdict, failures, outcome.waitMs, Math.random()) : undefined;
      }
      const cost = pause === undefined || pause === 0 ? 0 : session.budget.take(verdict);
      if (pause === undefined || pause >= deadline.leftMs || (pause > 0 && cost === 0)) {
        throw fail(outcome);
      }
      borrowed += cost;
      await deadline.sleep(pause);
    }
  } catch (error) {
    throw error instanceof DeadlinePassed
      ? errorOfTimeout(error.phase, deadline.timeoutMs, sent.attempts)
      : error;
  }
}

/** Waits for the window in which the host wants no requests, or fails at once where the lookup's time ends before. */
async function throttlePassed(
  host: HostState,
  deadline: Deadline,
  fail: (outcome: Failed) => Error,
): Promise<void> {
  for (let waitMs = 0; host.throttled; ) {
    waitMs = host.throttled.until - performance.now();
    if (waitMs <= 0) {
      host.throttled = undefined;
    } else if (waitMs >= deadline.leftMs) {
      throw fail({
        verdict: "final",
        waitMs,
        cause: { refused: host.throttled.answer },
        clockCorrected: false,
      });
    } else {
      await deadline.sleep(waitMs);
    }
  }
}

/** One request, if the credential's standing allows it. */
async function attempt(
  request: ApiRequest,
  credential: Credential,
  context: RequestContext,
  host: HostState,
  sent: { attempts: number },
): Promise<Answered | Failed> {
  const gate = context.session.gate(credential, request.origin);
  const leave = await gate.enter(context.deadline);
  if (!leave && gate.refusal) {
    return { verdict: "final", waitMs: 0, cause: { refused: gate.refusal }, clockCorrected: false };
  }
  let outcome: Answered | Failed | undefined;
  try {
    outcome = await exchange(request, credential, context, host, sent);
    return outcome;
  } finally {
    const refused = outcome && isRefusedCredential(outcome) ? outcome.cause.refused : undefined;
    if (refused) {
      gate.refuse(refused);
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
  const place = host.slots.take();
  if (place) {
    await deadline.wait("waiting for a free connection", place, () => host.slots.give());
  }
  try {
    sent.attempts++;
    const signedWithMs = session.clockDifferenceMs;
    const { method, origin, path, body, answerBytes = httpBounds.answerBytes } = request;
    const headers = {
      accept: "application/json",
      "accept-encoding": "identity",
      "content-type": "application/json",
      "user-agent": "pulumi-vpcep",
      ...authenticationHeaders(request, credential, host.host, Date.now() + signedWithMs),
    };
    const answer = await session.transport.send(
      { method, origin, path, headers, answerBytes, ...(body === undefined ? {} : { body }) },
      deadline,
      attemptTimeoutMs,
    );
    return answer.status === (request.expectedStatus ?? 200)
      ? { json: jsonOfAnswer(answer, session.secrets), headers: answer.headers, attempts: sent.attempts }
      : refusal(answer, credential, session, host, signedWithMs);
  } catch (error) {
    if (!(error instanceof HttpProblem)) {
      throw error;
    }
    return { verdict: judgeProblem(error), waitMs: 0, cause: { problem: error }, clockCorrected: false };
  } finally {
    host.slots.give();
  }
}

/** What an answer other than success means; takes note of what it tells of the host. */
function refusal(
  answer: HttpAnswer,
  credential: Credential,
  session: Session,
  host: HostState,
  signedWithMs: number,
): Failed {
  const refused = refusedAnswer(answer, session.secrets);
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
  return { verdict, waitMs, cause: { refused }, clockCorrected };
}

function isRefusedCredential(
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
  if ("json" in outcome) {
    return true;
  }
  return (
    "refused" in outcome.cause &&
    outcome.cause.refused.status < 500 &&
    !["VPCEP_AUTH", "VPCEP_THROTTLED"].includes(codeOfAnswer(outcome.cause.refused))
  );
}
