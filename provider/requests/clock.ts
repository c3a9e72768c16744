// How far this machine's clock is off, as the gateway tells when it refuses a signature. Pure; called by attempt.ts.
import { codeOfAnswer } from "../errors/answerErrors";
import type { RefusedAnswer } from "../errors/failures";
import { type HttpAnswer, headerOf } from "../http/message";

/** Smaller differences are the network's; the gateway tolerates 15 minutes. */
const smallestMs = 240_000;
const largestMs = 86_400_000;

/**
 * How far the server's clock is ahead of this machine's, in milliseconds; undefined where the answer does not say so,
 * or the difference cannot be why the signature was refused.
 */
export function clockDifferenceMs(answer: HttpAnswer, refused: RefusedAnswer): number | undefined {
  if (codeOfAnswer(refused) !== "VPCEP_AUTH") {
    return undefined;
  }
  const told = /server time:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(refused.errorMessage ?? "");
  const serverTime = told
    ? Date.parse(`${told[1]}-${told[2]}-${told[3]}T${told[4]}:${told[5]}:${told[6]}Z`)
    : // A cache's answer has an age, and the time of another moment.
      Date.parse(answer.headers["age"] === undefined ? (headerOf(answer.headers, "date") ?? "") : "");
  const difference = serverTime - (answer.sentAt + answer.receivedAt) / 2;
  return Math.abs(difference) >= smallestMs && Math.abs(difference) <= largestMs
    ? Math.round(difference)
    : undefined;
}
