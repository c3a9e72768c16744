// Proves that a permit is counted once, whoever waits for it and however the wait ends.
import assert from "node:assert/strict";
import { Deadline, DeadlinePassed } from "../../../provider/http/deadline";
import { type Permit, Semaphore } from "../../../provider/requests/semaphore";

/** How many permits can be had at once. */
function free(semaphore: Semaphore): number {
  const permits: Permit[] = [];
  for (let permit = semaphore.acquire(); ; permit = semaphore.acquire()) {
    permits.push(permit);
    if (permit.granted) {
      break;
    }
  }
  for (const permit of permits) {
    permit[Symbol.dispose]();
  }
  return permits.length - 1;
}

/** What an attempt does: it waits for a permit, and works with it. */
async function withPermit(semaphore: Semaphore, deadline: Deadline): Promise<void> {
  using permit = semaphore.acquire();
  if (permit.granted) {
    await deadline.wait("waiting for a free connection", permit.granted);
  }
}

describe("Semaphore", () => {
  const cancelled = new Error("cancelled");

  it("hands permits out first come, first served", async () => {
    const semaphore = new Semaphore(1);
    const held = semaphore.acquire();
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (each) => {
      using permit = semaphore.acquire();
      await permit.granted;
      order.push(each);
    });
    held[Symbol.dispose]();
    await Promise.all(waiting);
    assert.deepEqual(order, [1, 2, 3]);
    assert.equal(free(semaphore), 1);
  });

  it("counts a permit once that is handed over and cancelled in the same tick, in either order", async () => {
    for (const cancelFirst of [true, false]) {
      const semaphore = new Semaphore(2);
      const held = [semaphore.acquire(), semaphore.acquire()];
      const deadline = new Deadline(60_000);
      const work = withPermit(semaphore, deadline).catch((error: unknown) => error);
      if (cancelFirst) {
        deadline.cancel(cancelled);
      }
      held[0]?.[Symbol.dispose]();
      deadline.cancel(cancelled);
      assert.equal(await work, cancelFirst ? cancelled : undefined);
      held[1]?.[Symbol.dispose]();
      assert.equal(free(semaphore), 2);
    }
  });

  it("keeps no place for one that was cancelled before, or waits no more", async () => {
    const semaphore = new Semaphore(1);
    const held = semaphore.acquire();
    const gone = new Deadline(60_000);
    gone.cancel(cancelled);
    await assert.rejects(withPermit(semaphore, gone), cancelled);
    await assert.rejects(withPermit(semaphore, new Deadline(5)), (error) => {
      assert.ok(error instanceof DeadlinePassed);
      return error.phase === "waiting for a free connection";
    });
    held[Symbol.dispose]();
    assert.equal(free(semaphore), 1);
  });

  it("takes a permit back once", () => {
    const semaphore = new Semaphore(1);
    const held = semaphore.acquire();
    held[Symbol.dispose]();
    held[Symbol.dispose]();
    assert.equal(free(semaphore), 1);
  });
});
