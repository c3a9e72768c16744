// One credential's standing with the cloud. The gateway locks a key after five wrong signatures, for everybody who
// uses it: so one request goes first, and a credential that was refused is not sent again.
// Used by attempts.ts around every request; imports the deadline and the shape of a refusal.
import type { Deadline } from "./deadline";
import type { RefusedAnswer } from "./errors";

/** How long the gateway locks a key. */
const lockMs = 300_000;

/** Lets one request at a time through until the credential has been accepted once, and none after it was refused. */
export class CredentialGate {
  #accepted = false;
  #refused: { readonly answer: RefusedAnswer; readonly until: number } | undefined;
  #first: Promise<void> | undefined;

  /** How the server has refused this credential in the last five minutes. */
  get refusal(): RefusedAnswer | undefined {
    return this.#refused && performance.now() < this.#refused.until ? this.#refused.answer : undefined;
  }

  /** Takes note that the server refuses the credential. */
  refuse(answer: RefusedAnswer): void {
    this.#accepted = false;
    this.#refused = { answer, until: performance.now() + lockMs };
  }

  /** Waits until a request may be sent. Whoever gets a function goes alone, and says with it whether it was accepted. */
  async enter(deadline: Deadline): Promise<((accepted: boolean) => void) | undefined> {
    while (this.#first) {
      await deadline.wait("waiting for another lookup to try the credential", this.#first);
    }
    if (this.#accepted || this.refusal) {
      return undefined;
    }
    let end = () => {};
    this.#first = new Promise((resolve) => {
      end = resolve;
    });
    return (accepted) => {
      this.#first = undefined;
      this.#accepted = accepted;
      end();
    };
  }
}
