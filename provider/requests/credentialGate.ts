// One credential's standing with the cloud. The gateway locks a key after five wrong signatures, for everybody who
// uses it: so one request goes first, and a credential that was refused is not sent again.
// Used by attempt.ts around every request.

import type { AskedApi, Problem, RefusedAnswer } from "../errors/failures";
import { type Deadline, DeadlinePassed } from "../http/deadline";

/** How long the gateway locks a key. */
const lockMs = 300_000;

/** How a server has refused a credential, and until when, on the steady clock, the credential is not sent again. */
export interface Refusal {
  readonly asked: AskedApi;
  readonly answer: RefusedAnswer;
  readonly until: number;
}

/** Lets one request at a time through until the credential has been accepted once, and none after it was refused. */
export class CredentialGate {
  #accepted = false;
  #refusal: Refusal | undefined;
  #first: Promise<void> | undefined;

  /** How the last request without an answer failed. */
  unanswered: { readonly asked: AskedApi; readonly problem: Problem } | undefined;

  /** Whether a server has taken the credential, and none has refused it since. */
  get accepted(): boolean {
    return this.#accepted;
  }

  /** How a server has refused this credential in the last five minutes. */
  get refusal(): Refusal | undefined {
    return this.#refusal && performance.now() < this.#refusal.until ? this.#refusal : undefined;
  }

  /** Takes note that a server refuses the credential. */
  refuse(asked: AskedApi, answer: RefusedAnswer): void {
    this.#accepted = false;
    this.#refusal = { asked, answer, until: performance.now() + lockMs };
  }

  /** Waits until a request may be sent. Whoever gets a function goes alone, and says with it whether it was accepted. */
  async enter(deadline: Deadline): Promise<((accepted: boolean) => void) | undefined> {
    const phase = "waiting for another lookup to try the credential";
    while (this.#first) {
      await deadline.wait(phase, this.#first);
    }
    if (this.#accepted || this.refusal) {
      return undefined;
    }
    if (deadline.leftMs === 0) {
      throw new DeadlinePassed(phase);
    }
    let end = () => {};
    this.#first = new Promise((resolve) => {
      end = resolve;
    });
    return (accepted) => {
      this.#first = undefined;
      this.#accepted = accepted;
      this.unanswered = accepted ? undefined : this.unanswered;
      end();
    };
  }
}
