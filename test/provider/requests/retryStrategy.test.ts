// Proves what is sent again, and when; it sleeps nowhere.
import assert from "node:assert/strict";
import fc from "fast-check";
import { HttpProblem } from "../../../provider/http/httpProblem";
import { judgeAnswer, judgeProblem, pauseMs, retryAfterMs } from "../../../provider/requests/retryStrategy";

describe("judgeAnswer", () => {
  it("sends again after these statuses and no other", () => {
    const again: Record<number, string> = { 429: "throttled" };
    for (const status of [408, 425, 500, 502, 503, 504]) {
      again[status] = "transient";
    }
    for (let status = 100; status < 600; status++) {
      assert.equal(judgeAnswer(status, undefined), again[status] ?? "final", String(status));
    }
  });

  for (const [status, errorCode, verdict] of [
    [400, "EndPoint.0022", "throttled"],
    [400, "endpoint.0022", "throttled"],
    [403, "APIGW.0308", "throttled"],
    [503, "APIG.0308", "throttled"],
    [401, "APIGW.0301", "final"],
    [401, "APIGW.0307", "final"],
    [403, "APIGW.0302", "final"],
    [404, "EndPoint.0005", "final"],
    [404, "APIGW.0101", "final"],
    [400, "EndPoint.2003", "final"],
    [500, "EndPoint.0001", "transient"],
    [504, "EndPoint.0013", "transient"],
  ] as const) {
    it(`is ${verdict} for ${status} ${errorCode}`, () => {
      assert.equal(judgeAnswer(status, errorCode), verdict);
    });
  }
});

describe("judgeProblem", () => {
  for (const [name, problem, verdict] of [
    ["a broken connection", new HttpProblem("connection", "m", "ECONNRESET"), "transient"],
    ["a name that cannot be resolved now", new HttpProblem("connection", "m", "EAI_AGAIN"), "transient"],
    ["a name that does not exist", new HttpProblem("connection", "m", "ENOTFOUND"), "once"],
    [
      "a connection that was closed while idle",
      new HttpProblem("connection", "m", "UND_ERR_SOCKET", true),
      "now",
    ],
    ["a timeout", new HttpProblem("timeout", "m"), "transient"],
    ["a damaged body", new HttpProblem("damaged", "m"), "once"],
    ["an answer that cannot be used", new HttpProblem("answer", "m"), "final"],
    ["a refusal of TLS or of a proxy", new HttpProblem("refused", "m", "CERT_HAS_EXPIRED"), "final"],
  ] as const) {
    it(`is ${verdict} for ${name}`, () => assert.equal(judgeProblem(problem), verdict));
  }
});

describe("pauseMs", () => {
  const almostOne = 1 - Number.EPSILON;
  for (const [verdict, failures, retryAfter, shortest, longest] of [
    ["transient", 1, 0, 0, 200],
    ["transient", 2, 0, 0, 400],
    ["transient", 3, 0, 0, 800],
    ["transient", 5, 0, 0, 3_200],
    ["transient", 6, 0, 0, 5_000],
    ["transient", 60, 0, 0, 5_000],
    ["throttled", 1, 0, 500, 1_000],
    ["throttled", 2, 0, 1_000, 2_000],
    ["throttled", 5, 0, 8_000, 16_000],
    ["throttled", 6, 0, 10_000, 20_000],
    ["throttled", 60, 0, 10_000, 20_000],
    ["throttled", 1, 2_000, 2_000, 2_200],
    ["throttled", 1, 60_000, 60_000, 61_000],
    ["throttled", 3, 100, 2_000, 4_000],
    ["transient", 1, 5_000, 5_000, 5_500],
  ] as const) {
    it(`is ${shortest} to ${longest} ms for ${verdict} failure ${failures}, asked to wait ${retryAfter} ms`, () => {
      assert.equal(pauseMs(verdict, failures, retryAfter, 0), shortest);
      assert.ok(Math.abs(pauseMs(verdict, failures, retryAfter, almostOne) - longest) < 0.01);
    });
  }

  it("is never shorter than the server asks, nor longer than both bounds together", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("transient" as const, "throttled" as const),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 999_999_000 }),
        fc.double({ min: 0, max: almostOne, noNaN: true }),
        (verdict, failures, retryAfter, random) => {
          const pause = pauseMs(verdict, failures, retryAfter, random);
          assert.ok(pause >= retryAfter);
          assert.ok(pause <= Math.max(20_000, retryAfter + 1_000));
        },
      ),
    );
  });
});

describe("retryAfterMs", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  const serverDate = "Mon, 23 Nov 2026 11:00:00 GMT";
  for (const [header, date, expected] of [
    ["2", undefined, 2_000],
    [" 2 ", undefined, 2_000],
    ["0", undefined, 0],
    ["86400", undefined, 86_400_000],
    ["999999", undefined, 86_400_000],
    ["1000000", undefined, 86_400_000],
    ["9".repeat(400), undefined, 86_400_000],
    ["Mon, 30 Nov 2026 12:00:30 GMT", undefined, 86_400_000],
    ["Fri, 31 Dec 9999 23:59:59 GMT", serverDate, 86_400_000],
    ["-1", undefined, 0],
    ["1.5", undefined, 0],
    ["1e3", undefined, 0],
    ["soon", undefined, 0],
    ["", undefined, 0],
    ["Mon, 23 Nov 2026 12:00:30 GMT", undefined, 30_000],
    ["Mon, 23 Nov 2026 11:00:30 GMT", serverDate, 30_000],
    ["Mon, 23 Nov 2026 11:59:59 GMT", undefined, 0],
    ["Mon, 23 Nov 2026 12:00:30 GMT", "no date", 30_000],
    ["2026-11-23T12:00:30Z", undefined, 0],
    ["XMon, 23 Nov 2026 12:00:30 GMT", undefined, 0],
    ["Mon, 23 Nov 2026 12:00:30 GMT-1", undefined, 0],
    ["Mon, 99 Nov 2026 12:00:30 GMT", undefined, 0],
  ] as const) {
    it(`understands ${JSON.stringify(header)}${date ? ` on a server where it is ${date}` : ""} as ${expected} ms`, () => {
      const headers = { "retry-after": header, ...(date ? { date } : {}) };
      assert.equal(retryAfterMs(headers, undefined, now), expected);
    });
  }

  it("takes the longest of several, and of header and window", () => {
    const several = { "retry-after": ["1", "3", "x"] as unknown as string };
    assert.equal(retryAfterMs(several, undefined, now), 3_000);
    assert.equal(retryAfterMs(several, "limit:1,time:2 second", now), 3_000);
    assert.equal(retryAfterMs(several, "limit:1,time:5 second", now), 5_000);
  });

  for (const [message, expected] of [
    ["The throttling threshold has been reached: policy user over ratelimit,limit:100,time:1 minute", 60_000],
    ["policy ip over ratelimit,limit:200,time:5 second", 5_000],
    ["policy user over ratelimit,limit:200,time:5 minute", 300_000],
    ["limit:200,time:6 minute", 300_000],
    ["limit:200,time:30 second", 30_000],
    ["limit:200,time:1 hour", 300_000],
    ["limit:200,time:1 day", 300_000],
    ["limit:200,time:1 week", 0],
    ["limit:x,time:1 minute", 0],
    ["Throttled", 0],
    [undefined, 0],
  ] as const) {
    it(`reads the window of ${JSON.stringify(message) ?? "nothing"} as ${expected} ms`, () => {
      assert.equal(retryAfterMs({}, message, now), expected);
    });
  }

  it("is a bounded number, whatever the server writes", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (header, date, message) => {
        const waitMs = retryAfterMs({ "retry-after": header, date }, message, now);
        assert.ok(waitMs >= 0 && waitMs <= 86_400_000);
      }),
    );
  });
});
