// Proves how long the work goes on that lookups share: as long as any runs that may need it, and the session is open.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Deadline } from "../../../provider/http/deadline";
import { openSession } from "../../../provider/requests/session";

/** Work that takes longer than any test. */
const long = (deadline: Deadline) => deadline.sleep(60_000);

/** Whether a promise is settled after so many milliseconds. */
async function isOver(promise: Promise<unknown>, afterMs = 0): Promise<boolean> {
  let over = false;
  promise
    .catch(() => {})
    .finally(() => {
      over = true;
    });
  await sleep(afterMs);
  return over;
}

describe("the work that lookups share", () => {
  it("ends when the session is closed", async () => {
    const session = openSession(undefined);
    const work = session.share(60_000, long);
    assert.equal(await isOver(work), false);
    await session.close();
    await assert.rejects(
      work,
      /^VpcepError: No credential could be obtained: the client was closed \[VPCEP_CONNECTION\]$/,
    );
  });

  it("goes on while a lookup runs, and ends a second after the last one", async () => {
    const session = openSession(undefined);
    const first = session.lookup();
    const work = session.share(60_000, long);
    const second = session.lookup();
    first[Symbol.dispose]();
    second[Symbol.dispose]();
    const third = session.lookup();
    assert.equal(await isOver(work, 1_100), false);
    third[Symbol.dispose]();
    assert.equal(await isOver(work, 100), false);
    assert.equal(await isOver(work, 1_500), true);
    await session.close();
  });

  it("ends by itself when its own time is over", async () => {
    const session = openSession(undefined);
    const never = new Promise(() => {});
    await assert.rejects(
      session.share(10, (deadline) => deadline.wait("nothing", never)),
      /nothing/,
    );
    await session.close();
  });
});
