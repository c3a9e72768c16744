// Proves what a wait gives back when nobody waits any more; deadlines themselves are proved by the faults.
import assert from "node:assert/strict";
import { Deadline, DeadlinePassed } from "../../../provider/http/deadline";

describe("Deadline.wait", () => {
  const cancelled = new Error("cancelled");

  it("gives back what comes after it was cancelled, before the wait or during it", async () => {
    for (const cancelFirst of [true, false]) {
      const deadline = new Deadline(60_000);
      let bring = () => {};
      const place = new Promise<void>((resolve) => {
        bring = resolve;
      });
      let given = 0;
      if (cancelFirst) {
        deadline.cancel(cancelled);
      }
      const wait = deadline.wait("waiting", place, () => {
        given++;
      });
      deadline.cancel(cancelled);
      await assert.rejects(wait, cancelled);
      assert.equal(given, 0);
      bring();
      await new Promise(setImmediate);
      assert.equal(given, 1);
    }
  });

  it("gives back what comes too late, and says what it waited for", async () => {
    let given = 0;
    const late = new Promise<void>((resolve) => setTimeout(resolve, 50));
    const wait = new Deadline(5).wait("waiting for a free connection", late, () => {
      given++;
    });
    await assert.rejects(wait, (error) => {
      assert.ok(error instanceof DeadlinePassed);
      return error.phase === "waiting for a free connection";
    });
    await late;
    await new Promise(setImmediate);
    assert.equal(given, 1);
  });
});
