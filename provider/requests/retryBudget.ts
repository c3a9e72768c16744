// What all lookups of a session may spend on retries together, so that a dead service is not stormed. Imports the deadline
// alone; kept by session.ts, spent by attempts.ts.
import { type Deadline, DeadlinePassed } from "../http/deadline";

const whole = 500;

/** One who waits for the cost of a retry. */
interface Waiting {
  readonly cost: number;
  readonly answer: PromiseWithResolvers<boolean>;
}

/** A number of tokens that retries take, and that successes give back. */
export class RetryBudget {
  #tokens = whole;
  #underWay = 0;
  readonly #waiting = new Set<Waiting>();

  /**
   * Takes the cost of one retry, which is under way from then on. Where the budget has not that much, it waits for what
   * the retries under way give back, and answers false once there is none left, or when the time is over.
   */
  async take(cost: number, deadline: Deadline): Promise<boolean> {
    const waiting: Waiting = { cost, answer: Promise.withResolvers() };
    this.#waiting.add(waiting);
    this.#serve();
    try {
      return await deadline.wait("waiting for the retries of other lookups", waiting.answer.promise);
    } catch (error) {
      if (!this.#waiting.delete(waiting) && (await waiting.answer.promise)) {
        this.giveBack(cost, true);
      }
      if (error instanceof DeadlinePassed) {
        return false;
      }
      throw error;
    }
  }

  /** Gives so many tokens back, and says whether a retry has ended with that. */
  giveBack(tokens: number, retryEnded: boolean): void {
    this.#tokens = Math.min(whole, this.#tokens + tokens);
    this.#underWay -= retryEnded ? 1 : 0;
    this.#serve();
  }

  /** First come, first served. */
  #serve(): void {
    for (const waiting of this.#waiting) {
      const enough = this.#tokens >= waiting.cost;
      if (!enough && this.#underWay > 0) {
        return;
      }
      if (enough) {
        this.#tokens -= waiting.cost;
        this.#underWay++;
      }
      this.#waiting.delete(waiting);
      waiting.answer.resolve(enough);
    }
  }
}

/** The retries of one request, and what they have taken of the budget; disposed of when the request has ended. */
export class Retries implements Disposable {
  readonly #budget: RetryBudget;
  #taken = 0;
  #underWay = false;

  constructor(budget: RetryBudget) {
    this.#budget = budget;
  }

  /** Takes the cost of the next one; answers whether it may be sent. */
  async take(cost: number, deadline: Deadline): Promise<boolean> {
    this.#underWay = await this.#budget.take(cost, deadline);
    this.#taken += this.#underWay ? cost : 0;
    return this.#underWay;
  }

  /** The request was answered: whatever its retries have cost was well spent. */
  succeed(): void {
    this.#end(Math.max(1, this.#taken));
  }

  /** The request, or a retry of it, has failed. */
  fail(): void {
    if (this.#underWay) {
      this.#end(0);
    }
  }

  [Symbol.dispose](): void {
    this.fail();
  }

  #end(giveBack: number): void {
    const ended = this.#underWay;
    this.#underWay = false;
    this.#budget.giveBack(giveBack, ended);
  }
}
