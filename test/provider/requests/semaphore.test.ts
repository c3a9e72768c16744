// Proves that a permit is counted once, whoever waits for it and however the wait ends.
import assert from "node:assert/strict";
import { Deadline, DeadlinePassed } from "../../../provider/http/deadline";
import { type Permit, Semaphore } from "../../../provider/requests/semaphore";

const owner = { name: "one" };
const other = { name: "other" };

/** How many permits can be had at once. */
function free(semaphore: Semaphore): number {
  const permits: Permit[] = [];
  for (let permit = semaphore.acquire(owner); ; permit = semaphore.acquire(owner)) {
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
  using permit = semaphore.acquire(owner);
  if (permit.granted) {
    await deadline.wait("waiting for a free connection", permit.granted);
  }
}

describe("Semaphore", () => {
  const cancelled = new Error("cancelled");

  it("hands permits out first come, first served", async () => {
    const semaphore = new Semaphore(1);
    const held = semaphore.acquire(owner);
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (each) => {
      using permit = semaphore.acquire(owner);
      await permit.granted;
      order.push(each);
    });
    held[Symbol.dispose]();
    await Promise.all(waiting);
    assert.deepEqual(order, [1, 2, 3]);
    assert.equal(free(semaphore), 1);
  });

  it("lets owners take turns, whoever has more waiting", async () => {
    const semaphore = new Semaphore(1);
    const third = { name: "third" };
    const held = semaphore.acquire(owner);
    const order: string[] = [];
    const waiting = [owner, owner, owner, other, other, third].map(async (each, index) => {
      using permit = semaphore.acquire(each);
      await permit.granted;
      order.push(`${each.name} ${index}`);
    });
    held[Symbol.dispose]();
    await Promise.all(waiting);
    assert.deepEqual(order, ["one 0", "other 3", "third 5", "one 1", "other 4", "one 2"]);
    assert.equal(free(semaphore), 1);
  });

  it("shares permits evenly with an owner that comes when another has all and more waiting", async () => {
    const semaphore = new Semaphore(8);
    const held = Array.from({ length: 8 }, () => semaphore.acquire(owner));
    const waiting = Array.from({ length: 20 }, (_, index) => semaphore.acquire(index < 10 ? owner : other));
    for (const permit of held) {
      permit[Symbol.dispose]();
    }
    assert.deepEqual([semaphore.heldBesides(other), semaphore.heldBesides(owner)], [4, 4]);
    // Whoever gives one back gets the next, however long the other keeps its own.
    for (const permit of waiting.slice(10, 14)) {
      permit[Symbol.dispose]();
    }
    assert.deepEqual([semaphore.heldBesides(other), semaphore.heldBesides(owner)], [4, 4]);
    for (const permit of waiting) {
      permit[Symbol.dispose]();
    }
    assert.equal(free(semaphore), 8);
  });

  it("gives no turn to an owner that waits no more, and counts what others hold", async () => {
    const semaphore = new Semaphore(2);
    const held = [semaphore.acquire(owner), semaphore.acquire(other)];
    assert.deepEqual([semaphore.heldBesides(owner), semaphore.heldBesides({})], [1, 2]);
    const gone = semaphore.acquire(other);
    const next = semaphore.acquire(owner);
    gone[Symbol.dispose]();
    held[1]?.[Symbol.dispose]();
    await next.granted;
    assert.deepEqual([semaphore.heldBesides(owner), semaphore.heldBesides(other)], [0, 2]);
    held[0]?.[Symbol.dispose]();
    next[Symbol.dispose]();
    assert.deepEqual([semaphore.heldBesides({}), free(semaphore)], [0, 2]);
  });

  it("counts a permit once that is handed over and cancelled in the same tick, in either order", async () => {
    for (const cancelFirst of [true, false]) {
      const semaphore = new Semaphore(2);
      const held = [semaphore.acquire(owner), semaphore.acquire(owner)];
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
    const held = semaphore.acquire(owner);
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
    const held = semaphore.acquire(owner);
    held[Symbol.dispose]();
    held[Symbol.dispose]();
    assert.equal(free(semaphore), 1);
  });
});
