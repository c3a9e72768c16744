// Proves what is left of a server's text in an error.
import assert from "node:assert/strict";
import { redact, withoutSecrets } from "../../../provider/errors/redaction";

describe("redact", () => {
  const cases: [name: string, text: string, expected: string][] = [
    ["takes out every secret, every time", "a s1 b s2 c s1", "a [redacted] b [redacted] c [redacted]"],
    ["leaves out the gateway's canonical request", "fail, canonicalRequest:GET|/v1\n|x", "fail"],
    ["makes one space of characters that cannot be shown", " a\r\n\t\u0000b\u007fc ", "a b c"],
    ["keeps letters of every language", "错误 é", "错误 é"],
    ["keeps three hundred characters", "x".repeat(300), "x".repeat(300)],
    ["cuts what is longer", "x".repeat(301), `${"x".repeat(300)}…`],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      assert.equal(redact(text, ["s1", "s2"]), expected);
    });
  }
});

describe("withoutSecrets", () => {
  it("changes nothing else", () => {
    assert.equal(withoutSecrets(" a\n s1 ", ["s1"]), " a\n [redacted] ");
  });
});
