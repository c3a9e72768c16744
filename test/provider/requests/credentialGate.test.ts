// Proves who may try a credential that no server has judged, and for whom a refusal counts.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { Deadline, DeadlinePassed } from "../../../provider/http/deadline";
import { CredentialGate, type Leave } from "../../../provider/requests/credentialGate";

const silentMs = 30;
const refusal = {
  asked: { host: "h", api: "IAM" },
  answer: { status: 401, requestId: undefined, errorCode: undefined, errorMessage: undefined },
  signedWithMs: 0,
} as const;

/** What has come of an entry so far. */
type Entry = { state: "waits" | "tries" | "goes" | "gone"; leave: Leave; deadline: Deadline };

function enter(gate: CredentialGate, host: string, scope = "", timeoutMs = 60_000): Entry {
  const entry: Entry = { state: "waits", leave: () => {}, deadline: new Deadline(timeoutMs) };
  gate.enter(host, scope, entry.deadline).then(
    (leave) => {
      entry.state = leave ? "tries" : "goes";
      entry.leave = leave ?? entry.leave;
    },
    () => {
      entry.state = "gone";
    },
  );
  return entry;
}

const states = (entries: readonly Entry[]) => entries.map(({ state }) => state);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("CredentialGate", () => {
  it("lets one request try, and all when it was accepted", async () => {
    const gate = new CredentialGate();
    const entries = ["a", "a", "b"].map((host) => enter(gate, host));
    await settled();
    assert.deepEqual(states(entries), ["tries", "waits", "waits"]);
    entries[0]?.leave(true);
    await settled();
    assert.deepEqual(states(entries), ["tries", "goes", "goes"]);
    assert.equal(await gate.enter("c", "", new Deadline(1_000)), undefined);
  });

  it("lets the next one try when the first was not judged, another host before the same", async () => {
    const gate = new CredentialGate();
    const entries = ["a", "a", "a", "b"].map((host) => enter(gate, host));
    await settled();
    entries[0]?.leave(false);
    await settled();
    assert.deepEqual(states(entries), ["tries", "waits", "waits", "tries"]);
    entries[3]?.leave(false);
    await settled();
    assert.deepEqual(states(entries), ["tries", "tries", "waits", "tries"]);
  });

  it("lets the next one try beside silent ones, another host before the same, and four at most", async () => {
    const gate = new CredentialGate(silentMs);
    const entries = ["a", "a", "b", "c", "a", "a"].map((host) => enter(gate, host));
    const seen: string[] = [];
    const start = performance.now();
    while (performance.now() - start < 8 * silentMs) {
      await sleep(5);
      const now = states(entries).join(" ");
      if (seen.at(-1) !== now) {
        seen.push(now);
      }
    }
    assert.deepEqual(seen, [
      "tries waits waits waits waits waits",
      "tries waits tries waits waits waits",
      "tries waits tries tries waits waits",
      "tries tries tries tries waits waits",
    ]);
    entries[4]?.deadline.cancel(new Error("enough"));
    entries[2]?.leave(false);
    await settled();
    assert.deepEqual(states(entries), ["tries", "tries", "tries", "tries", "gone", "tries"]);
    entries[5]?.leave(true);
    assert.equal(await gate.enter("a", "", new Deadline(1_000)), undefined);
  });

  it("tells at the end of the time of one that waits which host was silent", async () => {
    const gate = new CredentialGate();
    enter(gate, "a");
    await assert.rejects(gate.enter("b", "", new Deadline(10)), (error) => {
      assert.ok(error instanceof DeadlinePassed);
      return error.phase === "waiting for another lookup to try the credential" && gate.triedHost === "a";
    });
  });

  it("lets nobody go who has no time left, and gives the turn on", async () => {
    const gate = new CredentialGate();
    await assert.rejects(gate.enter("a", "", new Deadline(0)), DeadlinePassed);
    const first = enter(gate, "a");
    const impatient = enter(gate, "a", "", 10);
    const patient = enter(gate, "a");
    await sleep(30);
    assert.deepEqual(states([first, impatient, patient]), ["tries", "gone", "waits"]);
    first.leave(false);
    await settled();
    assert.equal(patient.state, "tries");
  });

  it("ends the wait of all when the credential is refused", async () => {
    const gate = new CredentialGate();
    const entries = ["a", "a", "b"].map((host) => enter(gate, host));
    await settled();
    gate.refuse("", refusal);
    entries[0]?.leave(false);
    await settled();
    assert.deepEqual(states(entries), ["tries", "goes", "goes"]);
    const { until } = gate.refusal("") ?? { until: 0 };
    assert.ok(Math.abs(until - performance.now() - 300_000) < 1_000);
  });

  for (const order of [
    ["typo", "good"],
    ["good", "typo"],
  ]) {
    it(`refuses a scope that is refused, and no other: ${order.join(", then ")}`, async () => {
      const gate = new CredentialGate();
      for (const scope of order) {
        const leave = await gate.enter("iam", scope, new Deadline(1_000));
        if (scope === "typo") {
          gate.refuse(scope, refusal);
        }
        leave?.(scope === "good");
      }
      assert.deepEqual(
        ["good", "typo", "other"].map((scope) => gate.refusal(scope) !== undefined),
        [false, true, false],
      );
    });
  }

  it("refuses every scope after three were refused and none accepted", async () => {
    const gate = new CredentialGate();
    for (const scope of ["1", "2", "3"]) {
      assert.equal(gate.refusal("other"), undefined);
      gate.refuse(scope, refusal);
    }
    assert.ok(gate.refusal("other"));
    const accepted = new CredentialGate();
    (await accepted.enter("iam", "good", new Deadline(1_000)))?.(true);
    for (const scope of ["1", "2", "3"]) {
      accepted.refuse(scope, refusal);
    }
    assert.equal(accepted.refusal("good"), undefined);
  });

  it("never has more than four try, nor two at one host while another one waits, whatever happens", async () => {
    const step = fc.oneof(
      fc.record({ enter: fc.constantFrom("a", "b", "c", "d", "e") }),
      fc.record({ end: fc.nat(), as: fc.constantFrom("judged no", "cancelled") }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        // Every try is silent at once.
        const gate = new CredentialGate(0);
        const entries: (Entry & { readonly host: string })[] = [];
        let trying: typeof entries = [];
        for (const next of steps) {
          const running = entries.filter(({ state }) => state === "tries" || state === "waits");
          if ("enter" in next) {
            entries.push(Object.assign(enter(gate, next.enter), { host: next.enter }));
          } else if (running.length > 0) {
            const entry = running[next.end % running.length];
            if (entry?.state === "tries") {
              entry.leave(false);
              entry.state = "gone";
            } else {
              entry?.deadline.cancel(new Error("enough"));
            }
          }
          await settled();
          const now = entries.filter(({ state }) => state === "tries");
          const waiting = entries.filter(({ state }) => state === "waits");
          assert.ok(now.length <= 4);
          // Nobody waits who could go.
          assert.ok(now.length === 4 || waiting.length === 0);
          const begun = now.find((entry) => !trying.includes(entry));
          if ("end" in next && begun && trying.some(({ host }) => host === begun.host)) {
            assert.ok(waiting.every(({ host }) => now.some((entry) => entry.host === host)));
          }
          trying = now;
        }
      }),
      { numRuns: 60 },
    );
  });
});
