// What all lookups of a session may spend on retries together, so that a dead service is not stormed. A leaf; kept by
// session.ts, spent by attempts.ts.

const whole = 500;

/** A number of tokens that retries take, and that successes give back. */
export class RetryBudget {
  #tokens = whole;

  /** Takes the cost of one more retry and returns it; 0 where the budget has not that much. */
  take(cost: number): number {
    if (this.#tokens < cost) {
      return 0;
    }
    this.#tokens -= cost;
    return cost;
  }

  /** A request succeeded after retries that have cost so much. */
  giveBack(spent: number): void {
    this.#tokens = Math.min(whole, this.#tokens + Math.max(1, spent));
  }
}
