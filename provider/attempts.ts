// The loop around one request: authenticate anew, send, judge, pause, send again, within the lookup's deadline.
// Called by client.ts; the one place that turns what happened into the lookup's error.
import { setTimeout as sleep } from "node:timers/promises";
import { jsonOfAnswer, refusedAnswer } from "./answers";
import { authenticationHeaders } from "./authentication";
import type { Credential } from "./credentials";
import { type Deadline, DeadlinePassed } from "./deadline";
import {
  errorOfAnswer,
  errorOfProblem,
  type FailureContext,
  type RefusedAnswer,
  type VpcepError,
} from "./errors";
import type { HttpAnswer, HttpTransport } from "./http";
import { HttpProblem } from "./httpProblem";
import { judgeAnswer, judgeProblem, pauseMs, type RetryBudget, retryAfterMs, type Verdict } from "./retry";
import type { Slots } from "./slots";

/** What the requests of a client share. */
export interface SharedState {
  readonly transport: HttpTransport;
  readonly slots: Slots;
  readonly budget: RetryBudget;
  readonly credential: Credential;
  readonly secrets: readonly string[];
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
}

/** A request before it is authenticated. */
export interface ApiRequest {
  readonly origin: string;
  readonly path: string;
  readonly projectId: string;
}

type Outcome =
  | { readonly json: Record<string, unknown> }
  | { readonly verdict: Verdict; readonly waitMs: number; readonly refused: RefusedAnswer }
  | { readonly verdict: Verdict; readonly waitMs: 0; readonly problem: HttpProblem };

/** Sends a request until it is answered with a JSON object, or fails with the lookup's {@link VpcepError}. */
export async function sendUntilAnswered(
  request: ApiRequest,
  shared: SharedState,
  deadline: Deadline,
  context: Omit<FailureContext, "attempts">,
): Promise<Record<string, unknown>> {
  let attempts = 0;
  let failures = 0;
  const spent = new Set<Verdict>();
  for (;;) {
    let outcome: Outcome;
    try {
      outcome = await attempt(request, shared, deadline);
    } catch (error) {
      throw error instanceof DeadlinePassed
        ? timedOut(error.phase, deadline, { ...context, attempts })
        : error;
    }
    attempts++;
    if ("json" in outcome) {
      shared.budget.giveBack(failures);
      return outcome.json;
    }
    const extra = (outcome.verdict === "once" || outcome.verdict === "now") && !spent.has(outcome.verdict);
    spent.add(outcome.verdict);
    failures += extra ? 0 : 1;
    const pause =
      outcome.verdict === "now" ? 0 : pauseMs(outcome.verdict, failures || 1, outcome.waitMs, Math.random());
    const again =
      (extra ||
        (failures < shared.maxAttempts && outcome.verdict !== "final" && outcome.verdict !== "once")) &&
      pause < deadline.leftMs &&
      shared.budget.take(outcome.verdict);
    if (!again) {
      throw errorOf(outcome, { ...context, attempts });
    }
    await sleep(pause);
  }
}

async function attempt(request: ApiRequest, shared: SharedState, deadline: Deadline): Promise<Outcome> {
  const place = shared.slots.take();
  if (place) {
    try {
      await deadline.wait("waiting for a free connection", place);
    } catch (error) {
      void place.then(() => shared.slots.give());
      throw error;
    }
  }
  try {
    const answer = await shared.transport.send(
      {
        method: "GET",
        origin: request.origin,
        path: request.path,
        headers: {
          accept: "application/json",
          "accept-encoding": "identity",
          "content-type": "application/json",
          "user-agent": "pulumi-vpcep",
          ...authenticationHeaders(
            { method: "GET", origin: request.origin, path: request.path },
            shared.credential,
            request.projectId,
            Date.now(),
          ),
        },
      },
      Math.max(1, Math.min(shared.attemptTimeoutMs, deadline.leftMs)),
    );
    return answer.status === 200 ? { json: jsonOfAnswer(answer) } : refusal(answer, shared.secrets);
  } catch (error) {
    if (!(error instanceof HttpProblem)) {
      throw error;
    }
    return { verdict: judgeProblem(error), waitMs: 0, problem: error };
  } finally {
    shared.slots.give();
  }
}

function refusal(answer: HttpAnswer, secrets: readonly string[]): Outcome {
  const refused = refusedAnswer(answer, secrets);
  return {
    verdict: judgeAnswer(refused.status, refused.errorCode),
    waitMs: retryAfterMs(answer.headers, refused.errorMessage, answer.receivedAt),
    refused,
  };
}

function errorOf(outcome: Exclude<Outcome, { json: unknown }>, context: FailureContext): VpcepError {
  if ("refused" in outcome) {
    return errorOfAnswer(outcome.refused, context, outcome.waitMs);
  }
  const { kind, message } = outcome.problem;
  switch (kind) {
    case "timeout":
      return errorOfProblem("VPCEP_TIMEOUT", `${context.host} gave ${message}`, context, checkReach(context));
    case "connection":
    case "refused":
      return errorOfProblem("VPCEP_CONNECTION", message, context, checkReach(context));
    default:
      return errorOfProblem(
        "VPCEP_RESPONSE",
        `the answer of ${context.host} cannot be used: ${message}`,
        context,
        `Check that ${context.host} is VPCEP's endpoint, and that no proxy answers in its place`,
      );
  }
}

function checkReach({ host }: FailureContext): string {
  return `Check the region, the endpoint and the proxy settings, and that this machine can reach ${host}`;
}

function timedOut(phase: string, deadline: Deadline, context: FailureContext): VpcepError {
  return errorOfProblem(
    "VPCEP_TIMEOUT",
    `the lookup took longer than ${deadline.timeoutMs / 1_000} s, while ${phase}`,
    context,
    "Look up fewer services at a time, or raise vpcep:timeoutMs",
  );
}
