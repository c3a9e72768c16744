// How far this machine's clock is off, as the gateway tells when it refuses a signature. Kept by session.ts for each host,
// used by attempt.ts.
import { codeOfAnswer } from "../errors/answerCodes";
import type { RefusedAnswer } from "../errors/failures";
import { dateOf, type HttpAnswer } from "../http/message";

/** Smaller differences are the network's; the gateway tolerates 15 minutes. */
const smallestMs = 240_000;
const largestMs = 86_400_000;

/** A host may tell a wrong time, and then the right one; one that tells a third is not believed. */
export const mostClockCorrections = 2;

/** What one host has said of the time. */
export class HostClock {
  #differenceMs = 0;
  #corrections = 0;

  /** How far the host's clock is ahead of this machine's, in milliseconds, once it has said so. */
  get differenceMs(): number {
    return this.#differenceMs;
  }

  /**
   * Takes note of the time that a refusal tells. Answers whether that can be why, so that a signature which takes it into
   * account may be accepted.
   */
  correct(answer: HttpAnswer, refused: RefusedAnswer, signedWithMs: number): boolean {
    const difference = clockDifferenceMs(answer, refused, signedWithMs);
    if (difference === undefined) {
      return false;
    }
    // Of several requests under way one has told it before.
    if (Math.abs(difference - this.#differenceMs) >= smallestMs) {
      if (this.#corrections >= mostClockCorrections) {
        return false;
      }
      this.#corrections++;
      this.#differenceMs = difference;
    }
    return true;
  }

  /** The host has accepted a credential. */
  confirm(): void {
    this.#corrections = 0;
  }
}

/**
 * How far the server's clock is ahead of this machine's, in milliseconds, as the next signature takes it into account;
 * undefined where the answer does not say so, or it cannot be why a signature that was made with `signedWithMs` was
 * refused. 0 where the two agree: this machine's clock may have been set right since, or a server was wrong before.
 */
export function clockDifferenceMs(
  answer: HttpAnswer,
  refused: RefusedAnswer,
  signedWithMs: number,
): number | undefined {
  if (codeOfAnswer(refused) !== "VPCEP_AUTH") {
    return undefined;
  }
  const told = /server time:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(refused.errorMessage ?? "");
  const serverTime = told
    ? Date.parse(`${told[1]}-${told[2]}-${told[3]}T${told[4]}:${told[5]}:${told[6]}Z`)
    : dateOf(answer.headers);
  const difference = serverTime - (answer.sentAt + answer.receivedAt) / 2;
  if (!(Math.abs(difference - signedWithMs) >= smallestMs && Math.abs(difference) <= largestMs)) {
    return undefined;
  }
  return Math.abs(difference) < smallestMs ? 0 : Math.round(difference);
}
