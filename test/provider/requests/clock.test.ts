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
    assert.equal(clockDifferenceMs(answer({ date: late(0) }), told), 1_200_000);
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
      assert.equal(clockDifferenceMs(answer(headers), refused()), expected);
    });
  }

  it("takes no time from an answer that did not refuse the credential", () => {
    assert.equal(clockDifferenceMs(answer({ date: late(1_200) }), refused(undefined, 403)), undefined);
  });
});
