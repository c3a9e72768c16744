// When a failed request is sent again, and after how long. Pure: chance and clocks are arguments.
// Called by attempts.ts. The numbers are in docs/reliability.md.
import { codeOfAnswer } from "../errors/answerCodes";
import type { HttpProblem } from "../http/httpProblem";
import { type AnswerHeaders, headerOf } from "../http/message";

/**
 * - `final`: sending it again would not help
 * - `transient`, `throttled`: again after a pause, while attempts are left
 * - `once`: one more try after a pause, beside the attempts' count
 * - `now`: one more try at once, beside the attempts' count
 */
export type Verdict = "final" | "transient" | "throttled" | "once" | "now";

const transientStatuses: readonly number[] = [408, 425, 500, 502, 503, 504];

/** What to do after an answer other than 200. */
export function judgeAnswer(status: number, errorCode: string | undefined): Verdict {
  if (codeOfAnswer({ status, errorCode }) === "VPCEP_THROTTLED") {
    return "throttled";
  }
  return transientStatuses.includes(status) ? "transient" : "final";
}

/** What to do after an exchange without a usable answer. */
export function judgeProblem(problem: HttpProblem): Verdict {
  if (problem.staleConnection) {
    return "now";
  }
  if (problem.kind === "damaged" || problem.errorCode === "ENOTFOUND") {
    return "once";
  }
  return problem.kind === "connection" || problem.kind === "timeout" ? "transient" : "final";
}

/** The pause before the next request, in milliseconds; `failures` counts from 1, `random` is in [0, 1). */
export function pauseMs(verdict: Verdict, failures: number, retryAfterMs: number, random: number): number {
  const doubled = 2 ** (failures - 1);
  const backoff =
    verdict === "throttled"
      ? Math.min(20_000, 1_000 * doubled) * (0.5 + random / 2)
      : Math.min(5_000, 200 * doubled) * random;
  return Math.max(backoff, retryAfterMs + random * Math.min(1_000, retryAfterMs / 10));
}

/** A longer wait is as good as none, in a run that ends before. */
const longestWaitMs = 86_400_000;

/** How long the server asks to wait, in milliseconds, at most a day; 0 when it asks nothing that can be understood. */
export function retryAfterMs(headers: AnswerHeaders, errorMessage: string | undefined, now: number): number {
  const serverTime = Date.parse(headerOf(headers, "date") ?? "");
  const waits = [headers["retry-after"] ?? []].flat().map((value) => {
    const text = value.trim();
    if (/^\d+$/.test(text)) {
      return Number(text) * 1_000;
    }
    const date = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
    return Number.isNaN(date) ? 0 : Math.max(0, date - (Number.isNaN(serverTime) ? now : serverTime));
  });
  return Math.min(longestWaitMs, Math.max(0, throttleWindowMs(errorMessage), ...waits));
}

const unitMs: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** The gateway's throttling window, which it tells in words alone: `limit:200,time:5 minute`; at most 5 minutes. */
function throttleWindowMs(errorMessage = ""): number {
  const window = /limit:\d{1,9},time:(\d{1,6}) (second|minute|hour|day)/.exec(errorMessage);
  return window ? Math.min(300_000, Number(window[1]) * (unitMs[window[2] ?? ""] ?? 0)) : 0;
}

/** What one more retry costs all lookups together. */
export function retryCost(verdict: Verdict): number {
  return verdict === "throttled" ? 5 : 14;
}
