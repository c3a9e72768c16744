// Proves when an answer tells that this machine's clock is off, and by how much.
import assert from "node:assert/strict";
import type { HttpAnswer } from "../../../provider/http/message";
import { clockDifferenceMs } from "../../../provider/requests/clock";

const sentAt = Date.parse("2026-01-01T00:00:00Z");

function answer(headers: HttpAnswer["headers"]): HttpAnswer {
  return { status: 401, headers, text: "", sentAt, receivedAt: sentAt + 2_000 };
}

function refused(errorMessage?: string, status = 401) {
  return {
    status,
    requestId: undefined,
    errorCode: status === 401 ? "APIGW.0301" : "EndPoint.0004",
    errorMessage,
  };
}

/** The server's time, so many seconds after the middle of the exchange. */
function late(seconds: number): string {
  return new Date(sentAt + 1_000 + seconds * 1_000).toUTCString();
}

describe("clockDifferenceMs", () => {
  it("reads the server's time in the gateway's words, before the header", () => {
    const told = refused("signature expired, signature time:20260101T000000Z,server time:20260101T002001Z");
    assert.equal(clockDifferenceMs(answer({ date: late(0) }), told, 0), 1_200_000);
  });

  const cases: [name: string, headers: HttpAnswer["headers"], expected: number | undefined][] = [
    ["ahead by 20 minutes", { date: late(1_200) }, 1_200_000],
    ["behind by 20 minutes", { date: late(-1_200) }, -1_200_000],
    ["by exactly 4 minutes", { date: late(240) }, 240_000],
    ["by less than 4 minutes, which the network may explain", { date: late(239) }, undefined],
    ["by exactly a day", { date: late(86_400) }, 86_400_000],
    ["by more than a day", { date: late(86_401) }, undefined],
    ["as a cache tells it", { date: late(1_200), age: "5" }, undefined],
    ["without a date", {}, undefined],
    ["with a date that is none", { date: "now" }, undefined],
  ];
  for (const [name, headers, expected] of cases) {
    it(`takes the header's time ${name}`, () => {
      assert.equal(clockDifferenceMs(answer(headers), refused(), 0), expected);
    });
  }

  const signed: [name: string, seconds: number, signedWithMinutes: number, expected: number | undefined][] = [
    ["the clock was set right since", 1, 20, 0],
    ["the two differ by less than the network may explain now", -239, 20, 0],
    ["the clock is off the other way now", -1_200, 20, -1_200_000],
    ["the clock is off as it was", 1_200, 20, undefined],
    ["it is nearly off as it was", 1_200 + 239, 20, undefined],
    ["it is off by 4 minutes more", 1_200 + 240, 20, 1_440_000],
    ["it is off by more than a day", 90_000, 20, undefined],
  ];
  for (const [name, seconds, minutes, expected] of signed) {
    it(`judges a refusal by what it was signed with: ${name}`, () => {
      assert.equal(clockDifferenceMs(answer({ date: late(seconds) }), refused(), minutes * 60_000), expected);
    });
  }

  it("takes no time from an answer that did not refuse the credential", () => {
    assert.equal(clockDifferenceMs(answer({ date: late(1_200) }), refused(undefined, 403), 0), undefined);
  });
});
