// A request that needs no credential: sent again when any other would be, within the time of its work. Called by client.ts
// for the server's metadata.

import type { Deadline } from "../http/deadline";
import type { HttpTransport } from "../http/http";
import { HttpProblem } from "../http/httpProblem";
import type { HttpAnswer, HttpRequest } from "../http/message";
import { judgeAnswer, judgeProblem, pauseMs, retryAfterMs } from "./retryStrategy";
import type { Session } from "./session";

/** Does work in a time of its own, with what sends its requests. */
export function openWork<Value>(
  session: Session,
  maxAttempts: number,
  timeoutMs: number,
  work: (send: (request: HttpRequest) => Promise<HttpAnswer>) => Promise<Value>,
): Promise<Value> {
  return session.share(timeoutMs, (deadline) =>
    work((request) => sendOpenly(request, session.transport, deadline, maxAttempts)),
  );
}

/** Sends a request until its answer would not be another the next time; fails with an {@link HttpProblem}. */
async function sendOpenly(
  request: HttpRequest,
  transport: HttpTransport,
  deadline: Deadline,
  maxAttempts: number,
): Promise<HttpAnswer> {
  for (let failures = 1; ; failures++) {
    const outcome = await transport
      .send(request, deadline.within(deadline.timeoutMs), deadline.signal, deadline.timeoutMs)
      .catch((error: unknown) => {
        if (error instanceof HttpProblem) {
          return error;
        }
        throw error;
      });
    const isProblem = outcome instanceof HttpProblem;
    const verdict = isProblem ? judgeProblem(outcome) : judgeAnswer(outcome.status, undefined);
    const waitMs = isProblem ? 0 : retryAfterMs(outcome.headers, undefined, outcome.receivedAt);
    const pause = pauseMs(verdict, failures, waitMs, Math.random());
    if (verdict !== "final" && failures < maxAttempts && pause < deadline.leftMs) {
      await deadline.sleep(pause);
    } else if (isProblem) {
      throw outcome;
    } else {
      return outcome;
    }
  }
}
