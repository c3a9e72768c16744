// Proves how much all lookups may try again together, and who waits for whom; it sleeps nowhere.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Deadline } from "../../../provider/http/deadline";
import { Retries, RetryBudget } from "../../../provider/requests/retryBudget";
import { retryCost } from "../../../provider/requests/retryStrategy";

const transient = retryCost("transient");
const deadline = () => new Deadline(60_000);

/** What a promise has come to so far. */
async function outcomeSoFar(promise: Promise<boolean>): Promise<boolean | "waits"> {
  return Promise.race([promise, new Promise<"waits">((resolve) => setImmediate(() => resolve("waits")))]);
}

/** Takes as often as the budget has enough, by one request each. */
async function spend(budget: RetryBudget, cost = transient): Promise<Retries[]> {
  const all: Retries[] = [];
  for (;;) {
    const retries = new Retries(budget);
    const controller = new AbortController();
    const taken = retries.take(cost, new Deadline(60_000, controller));
    if ((await outcomeSoFar(taken)) !== true) {
      controller.abort(new Error("enough"));
      await taken.catch(() => {});
      return all;
    }
    all.push(retries);
  }
}

describe("RetryBudget", () => {
  it("allows 35 retries of a dead service, however many lookups there are", async () => {
    assert.equal((await spend(new RetryBudget())).length, 35);
  });

  it("allows 100 of a throttled one", async () => {
    assert.equal((await spend(new RetryBudget(), retryCost("throttled"))).length, 100);
  });

  it("lets one who finds it empty wait for a retry that succeeds", async () => {
    const budget = new RetryBudget();
    const [first] = await spend(budget);
    const taken = new Retries(budget).take(transient, deadline());
    assert.equal(await outcomeSoFar(taken), "waits");
    first?.succeed();
    assert.equal(await taken, true);
  });

  it("refuses all who wait once every retry has failed", async () => {
    const budget = new RetryBudget();
    const underWay = await spend(budget);
    const taken = [1, 2].map(() => new Retries(budget).take(transient, deadline()));
    for (const retries of underWay.slice(1)) {
      retries.fail();
    }
    assert.equal(await outcomeSoFar(Promise.race(taken)), "waits");
    underWay[0]?.fail();
    assert.deepEqual(await Promise.all(taken), [false, false]);
    assert.equal(await new Retries(budget).take(transient, deadline()), false);
  });

  it("waits for no longer than the lookup has time, and keeps nothing for one that is cancelled", async () => {
    const budget = new RetryBudget();
    const [first] = await spend(budget);
    assert.equal(await new Retries(budget).take(transient, new Deadline(5)), false);
    const cancelled = deadline();
    const taken = new Retries(budget).take(transient, cancelled);
    cancelled.cancel(new Error("enough"));
    await assert.rejects(taken, /^Error: enough$/);
    first?.succeed();
    assert.equal(await new Retries(budget).take(transient, deadline()), true);
  });

  it("grows by one with every success, by all that its retries took, and never beyond its size", async () => {
    const budget = new RetryBudget();
    for (const retries of await spend(budget)) {
      retries.fail();
    }
    for (let count = 0; count < 4; count++) {
      new Retries(budget).succeed();
    }
    // 500 - 35 * 14 + 4 is the price of one.
    const [one, ...others] = await spend(budget);
    assert.equal(others.length, 0);
    one?.succeed();
    assert.equal((await spend(budget)).length, 1);
    for (let count = 0; count < 1_000; count++) {
      new Retries(budget).succeed();
    }
    assert.equal((await spend(budget)).length, 35);
  });

  it("gives a request back all its retries, those that failed too, and each of them once", async () => {
    const budget = new RetryBudget();
    using twice = new Retries(budget);
    await twice.take(transient, deadline());
    twice.fail();
    twice.fail();
    await twice.take(transient, deadline());
    twice.succeed();
    assert.equal((await spend(budget)).length, 35);
  });

  it("leaves nobody waiting for ever, whatever comes of the retries", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("succeed", "fail", "cancel"), { minLength: 60, maxLength: 120 }),
        async (ends) => {
          const budget = new RetryBudget();
          const work = ends.map(async (end) => {
            using retries = new Retries(budget);
            const own = deadline();
            const taken = retries.take(transient, own);
            if (end === "cancel") {
              own.cancel(new Error("enough"));
            }
            if (await taken.catch(() => false)) {
              await null;
              if (end === "succeed") {
                retries.succeed();
              }
            }
          });
          await Promise.all(work);
          assert.ok((await spend(budget)).length <= 35);
        },
      ),
      { numRuns: 30 },
    );
  });
});
