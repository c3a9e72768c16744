// Proves when a value that expires is renewed, and who waits for it. The clocks are the test's own; it sleeps nowhere.
import assert from "node:assert/strict";
import { mock } from "node:test";
import fc from "fast-check";
import { isRenewalDue, Renewable } from "../../../provider/credentials/renewable";
import { Deadline } from "../../../provider/http/deadline";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe("isRenewalDue", () => {
  for (const [name, lifeMs, leftMs, expected] of [
    ["a day, 5 minutes left", 24 * hour, 5 * minute, false],
    ["a day, less than 5 minutes left", 24 * hour, 5 * minute - 1, true],
    ["25 minutes, less than 5 left", 25 * minute, 5 * minute - 1, true],
    ["10 minutes, 2 left", 10 * minute, 2 * minute, false],
    ["10 minutes, less than 2 left", 10 * minute, 2 * minute - 1, true],
    ["for ever", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, false],
  ] as const) {
    it(`is ${expected} for a life of ${name}`, () => assert.equal(isRenewalDue(leftMs, lifeMs), expected));
  }

  it("is never true of a new value", () => {
    fc.assert(fc.property(fc.double({ min: 0, noNaN: true }), (lifeMs) => !isRenewalDue(lifeMs, lifeMs)));
  });
});

describe("Renewable", () => {
  let elapsedMs: number;
  let lifeMs: number;
  let obtained: number;
  let next: () => Promise<void>;
  let values: Renewable<number>;

  beforeEach(() => {
    elapsedMs = 0;
    lifeMs = hour;
    obtained = 0;
    next = () => Promise.resolve();
    const [began, steady] = [Date.now(), performance.now()];
    mock.method(Date, "now", () => began + elapsedMs);
    mock.method(performance, "now", () => steady + elapsedMs);
    values = new Renewable(async () => {
      const value = ++obtained;
      await next();
      return { value, expiresAt: Date.now() + lifeMs };
    });
  });

  afterEach(() => mock.restoreAll());

  const current = () => values.current(new Deadline(10 * second));
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it("uses a value until it ends, while it is renewed", async () => {
    assert.equal(await current(), 1);
    elapsedMs = hour - 5 * minute;
    assert.equal(await current(), 1);
    assert.equal(obtained, 1);
    const hung = Promise.withResolvers<void>();
    next = () => hung.promise;
    elapsedMs = hour - 4 * minute;
    assert.deepEqual(await Promise.all([current(), current()]), [1, 1]);
    elapsedMs = hour - 1;
    assert.equal(await current(), 1);
    assert.equal(obtained, 2);
    hung.resolve();
    await settled();
    assert.equal(await current(), 2);
  });

  it("waits for one that has ended, in one go with whoever renews it", async () => {
    await current();
    const hung = Promise.withResolvers<void>();
    next = () => hung.promise;
    elapsedMs = hour - minute;
    await current();
    elapsedMs = hour;
    const waiting = [current(), current()];
    await settled();
    hung.resolve();
    assert.deepEqual(await Promise.all(waiting), [2, 2]);
    assert.equal(obtained, 2);
  });

  it("renews again after half a minute where that failed, and says so to nobody before it has ended", async () => {
    const failure = new Error("IAM is down");
    await current();
    next = () => Promise.reject(failure);
    for (const [leftMs, expected] of [
      [4 * minute, 2],
      [4 * minute - 29 * second, 2],
      [4 * minute - 30 * second, 3],
    ] as const) {
      elapsedMs = hour - leftMs;
      assert.equal(await current(), 1);
      await settled();
      assert.equal(obtained, expected);
    }
    elapsedMs = hour;
    await assert.rejects(current(), failure);
  });

  it("obtains another for one that was refused, once", async () => {
    assert.equal(await current(), 1);
    const renew = () => values.renew(1, new Deadline(10 * second));
    assert.deepEqual(await Promise.all([renew(), renew()]), [2, 2]);
    assert.equal(await renew(), 2);
    assert.equal(obtained, 2);
  });

  it("counts a life by the clock that has set its end, and keeps what has ended by it for half a minute", async () => {
    let issuedAt = Date.now() - 2 * hour;
    values = new Renewable(async () => ({ value: ++obtained, expiresAt: issuedAt + lifeMs, issuedAt }));
    assert.deepEqual([await current(), await current()], [1, 1]);
    elapsedMs = hour - 5 * minute;
    assert.equal(await current(), 1);
    assert.equal(obtained, 1);
    issuedAt = Date.now() - 2 * hour;
    lifeMs = -hour;
    elapsedMs = hour;
    assert.deepEqual([await current(), await current()], [2, 2]);
    elapsedMs = hour + 23 * second;
    assert.equal(await current(), 2);
    assert.equal(obtained, 2);
    elapsedMs = hour + 31 * second;
    assert.equal(await current(), 3);
  });
});
