// One request: authenticated anew, sent, and judged by what came of it. Called by the loop in attempts.ts.

import { authenticationHeaders } from "../credentials/authentication";
import type { CredentialProvider, SentCredential } from "../credentials/kinds/credential";
import type { SettingNames } from "../errors/failures";
import { heldUp } from "../errors/nextSteps";
import { httpBounds } from "../http/bounds";
import { type Deadline, DeadlinePassed, type Wait } from "../http/deadline";
import { HttpProblem } from "../http/httpProblem";
import type { HttpAnswer } from "../http/message";
import { mayHoldMark } from "../schema/marks";
import { jsonOfAnswer, refusedAnswer } from "./answers";
import type { ApiRequest } from "./apiRequest";
import { mostClockCorrections } from "./clock";
import type { Leave } from "./credentialGate";
import {
  type Answered,
  asKept,
  askedApi,
  asMetByAnother,
  type Failed,
  isAccepted,
  isRefusedCredential,
} from "./outcome";
import { judgeAnswer, judgeProblem, retryAfterMs } from "./retryStrategy";
import type { HostState, Session } from "./session";

/** What a request needs beside itself. */
export interface RequestContext {
  readonly session: Session;
  readonly provider: Pick<CredentialProvider, "from" | "current" | "renew">;
  readonly deadline: Deadline;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
  readonly settingNames: SettingNames;
}

/** What has been sent for one request so far. */
export interface Sent {
  attempts: number;
  /** How often the server's time was taken into account. */
  clockCorrections: number;
}

/** Sends one request, if the credential's standing allows it. */
export async function attempt(
  request: ApiRequest,
  credential: SentCredential,
  context: RequestContext,
  host: HostState,
  sent: Sent,
): Promise<Answered | Failed> {
  const gate = context.session.gate(credential, request.origin);
  const scope = `${request.origin} ${request.scope ?? ""}`;
  const end = { verdict: "final", waitMs: 0, clockCorrected: false } as const;
  let leave: Leave | undefined;
  try {
    leave = await gate.enter(host.host, scope, context.deadline);
  } catch (error) {
    if (!(error instanceof DeadlinePassed)) {
      throw error;
    }
    // What the lookups before this one have met says more than that it has waited for them.
    if (!gate.unanswered) {
      const nextStep = gate.triedHost && heldUp(gate.triedHost);
      throw new DeadlinePassed({ phase: error.phase, nextStep }, error.timeoutMs);
    }
    const { asked, problem } = gate.unanswered;
    return { ...end, cause: { problem: asMetByAnother(problem, asked.host) }, asked };
  }
  const refusal = leave ? undefined : gate.refusal(scope);
  if (refusal) {
    const { asked, answer: refused, signedWithMs, until } = refusal;
    return { ...end, cause: { refused, signedWithMs, rememberedMs: until - performance.now() }, asked };
  }
  let outcome: Answered | Failed | undefined;
  try {
    outcome = await exchange(request, credential, context, host, sent);
    return outcome;
  } finally {
    if (outcome && isRefusedCredential(outcome)) {
      const { refused: answer, signedWithMs = 0 } = outcome.cause;
      gate.refuse(scope, {
        asked: outcome.asked,
        answer: asKept(answer, context.session.secrets),
        signedWithMs,
      });
    }
    if (outcome && "cause" in outcome && "problem" in outcome.cause) {
      gate.unanswered = { asked: outcome.asked, problem: outcome.cause.problem };
    }
    const accepted = outcome !== undefined && isAccepted(outcome);
    if (accepted) {
      host.clock.confirm();
    }
    leave?.(accepted);
  }
}

async function exchange(
  request: ApiRequest,
  credential: SentCredential,
  { session, deadline, attemptTimeoutMs }: RequestContext,
  host: HostState,
  sent: Sent,
): Promise<Answered | Failed> {
  using connection = host.connections.acquire(session);
  if (connection.granted) {
    await deadline.wait(() => connectionWait(session, host), connection.granted);
  }
  try {
    sent.attempts++;
    const signedWithMs = credential.kind === "keys" ? host.clock.differenceMs : 0;
    const { method, origin, path, body, expectedStatus = 200 } = request;
    const { answerBytes = httpBounds.answerBytes, answerValues = httpBounds.answerValues } = request;
    const headers = {
      accept: "application/json",
      "accept-encoding": "identity",
      "content-type": "application/json",
      "user-agent": "pulumi-vpcep",
      ...request.headers,
      ...authenticationHeaders(request, credential, host.host, Date.now() + signedWithMs),
    };
    const timeoutMs = deadline.within(attemptTimeoutMs);
    const answer = await session.transport.send(
      { method, origin, path, headers, answerBytes, expectedStatus, ...(body === undefined ? {} : { body }) },
      timeoutMs,
      deadline.signal,
      // The lookup's own end cuts its last attempt, which may have had a moment only.
      timeoutMs < attemptTimeoutMs ? deadline.timeoutMs : attemptTimeoutMs,
    );
    return answer.status === expectedStatus
      ? {
          json: jsonOfAnswer(answer, session.secrets, answerValues),
          bytes: Buffer.byteLength(answer.text),
          mayHoldMark: mayHoldMark(answer.text),
          headers: answer.headers,
          attempts: sent.attempts,
        }
      : refusalOf(answer, request, credential, session, host, sent, signedWithMs);
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

/** What a request for a connection waits for, which may be none of its own session's doing. */
function connectionWait(session: Session, { connections }: HostState): Wait {
  const phase = "waiting for a free connection";
  const others = connections.heldBesides(session);
  if (others === 0) {
    return { phase };
  }
  const all = others === connections.size;
  return {
    phase: `${phase}, of which lookups of other accounts or clients have ${all ? "all " : `${others} of `}${connections.size}`,
    // Whoever has some of them waits for lookups of its own.
    nextStep: all ? "Those lookups hang or are many: see what they say, or run them apart" : undefined,
  };
}

/** What an answer other than success means; takes note of what it tells of the host. */
function refusalOf(
  answer: HttpAnswer,
  request: ApiRequest,
  credential: SentCredential,
  session: Session,
  host: HostState,
  sent: Sent,
  signedWithMs: number,
): Failed {
  const refused = refusedAnswer(answer);
  const waitMs = retryAfterMs(answer.headers, refused.errorMessage, answer.receivedAt);
  const verdict = judgeAnswer(refused.status, refused.errorCode);
  if (verdict === "throttled" && waitMs > 0) {
    host.throttled = { until: performance.now() + waitMs, answer: asKept(refused, session.secrets) };
  }
  const clockCorrected =
    credential.kind === "keys" &&
    sent.clockCorrections < mostClockCorrections &&
    host.clock.correct(answer, refused, signedWithMs);
  sent.clockCorrections += clockCorrected ? 1 : 0;
  return {
    verdict,
    waitMs,
    cause: { refused, signedWithMs },
    asked: askedApi(request, host),
    clockCorrected,
  };
}
