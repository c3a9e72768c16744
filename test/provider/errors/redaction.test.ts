// Proves what is left of a text in an error: no secret in any spelling, nothing that a terminal obeys, little of it, and
// in a time that grows with the text alone.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { Secrets } from "../../../provider/errors/redaction";

const token = Array.from({ length: 20 }, (_, at) =>
  createHash("sha512").update(`${at}`).digest("base64url"),
).join("");

describe("Secrets.quoted", () => {
  const cases: [name: string, secrets: string[], text: string, expected: string][] = [
    [
      "takes out every secret, every time",
      ["s1", "s2"],
      "a s1 b s2 c s1",
      "a [redacted] b [redacted] c [redacted]",
    ],
    ["leaves out the gateway's canonical request", [], "fail, canonicalRequest:GET|/v1\n|x", "fail"],
    ["makes one space of characters that cannot be shown", [], " a\r\n\t\u0000b\u007fc ", "a b c"],
    ["keeps letters of every language", [], "错误 é", "错误 é"],
    ["keeps three hundred characters", [], "x".repeat(300), "x".repeat(300)],
    ["cuts what is longer", [], "x".repeat(301), `${"x".repeat(300)}…`],
    ["cuts no character in halves", [], `${"x".repeat(299)}😀`, `${"x".repeat(299)}\ufffd…`],
    [
      "takes out a secret that begins as another",
      ["token", "token-2"],
      "token-2, token",
      "[redacted], [redacted]",
    ],
    ["takes out one that ends as another begins", ["abcdef", "defghi"], "xabcdefghix", "x[redacted]x"],
    ["takes out one within another", ["middle", "a-middle-z"], "a-middle-z", "[redacted]"],
    ["takes out one that overlaps itself", ["aba"], "xabababax", "x[redacted]x"],
    ["takes out one in another letter case", ["Secret-1"], "SECRET-1 secret-1", "[redacted] [redacted]"],
    ["takes out one escaped for JSON", ['q"\\t'], 'a q\\"\\\\t', "a [redacted]"],
    ["takes out one escaped for an address", ["p@ss/w%rd"], "a p%40ss%2fw%25rd b", "a [redacted] b"],
    ["takes out one in base64", ["pass?>word"], "cGFzcz8+d29yZA== cGFzcz8-d29yZA", "[redacted]== [redacted]"],
    [
      "takes out one in base64 behind other bytes",
      ["pass?>word-1"],
      `${["x", "xy", "xyz"].map((before) => Buffer.from(`${before}pass?>word-1`).toString("base64")).join(" ")} ${Buffer.from("xypass?>word-1").toString("base64url")}`,
      "eH[redacted]== eHl[redacted]= eHl6[redacted] eHl[redacted]",
    ],
    [
      "takes out one in hexadecimal",
      ["pass?>word"],
      "706173733f3e776f7264 706173733F3E776F7264",
      "[redacted] [redacted]",
    ],
    [
      "takes out one in base64 before other bytes",
      ["a-password"],
      Buffer.from("u:a-password:more").toString("base64"),
      "dTp[redacted]Om1vcmU=",
    ],
    ["takes out one with half a character", ["a\ud800b"], "xa\ud800bx", "x[redacted]x"],
    [
      "takes out one that was broken into lines",
      ["pass word", "a\tb"],
      "x pass\nword a\tb",
      "x [redacted] [redacted]",
    ],
    [
      "takes out the beginning of one that was cut",
      ["0123456789".repeat(4)],
      "a 012345678901234567 b",
      "a [redacted] b",
    ],
    ["takes out half of one", ["0123456789"], "a 01234567, 0123456", "a [redacted], 0123456"],
    ["takes out the end of one", ["0123456789"], "a 23456789", "a [redacted]"],
    ["keeps a word that one ends with", ["wrong-password"], "a password", "a password"],
    ["keeps the beginning of one that is a word", ["a-word"], "a-wor", "a-wor"],
    ["takes out a token that was wrapped", [token], token.replace(/(.{64})/g, "$1\r\n "), "[redacted]"],
    [
      "takes out a piece of a token",
      [token],
      `…${token.slice(200, 216)}… ${token.slice(-60)}!`,
      "…[redacted]… [redacted]!",
    ],
    ["keeps a smaller piece of a token", [token], token.slice(200, 215), token.slice(200, 215)],
    [
      "takes out a piece of a token in hexadecimal, and in base64",
      [token],
      `${Buffer.from(token.slice(300, 330)).toString("hex")} ${Buffer.from(token).toString("base64").slice(70, 130)}`,
      "[redacted] [redacted]",
    ],
    [
      "takes out one that was broken by what shows nothing",
      ["topsecretkey", "topsec\u200bret\nkey-2"],
      "topsec\u0000retkey, topsec\u200bretkey, top secret\nkey, topsecretkey-2",
      "[redacted], [redacted], [redacted], [redacted]",
    ],
    ["puts no word together of the ends of others", ["ab"], "a b", "a b"],
    ["takes out one escaped to the last letter", ["pässword-ü"], "a p\\u00e4ssword-\\u00FC", "a [redacted]"],
    ["passes over an empty one", [""], "a b", "a b"],
    ["takes out one as short as a word", ["a"], "at a", "[redacted]t [redacted]"],
    [
      "shows no half of one that reaches over the cut",
      ["s".repeat(400)],
      `x${"s".repeat(400)}`,
      "x[redacted]",
    ],
    [
      "shows what stands behind a long one",
      ["s".repeat(9_000)],
      `x ${"s".repeat(9_000)} y`,
      "x [redacted] y",
    ],
  ];
  for (const [name, secrets, text, expected] of cases) {
    it(name, () => assert.equal(new Secrets(secrets).quoted(text), expected));
  }

  it("shows no half of a secret, wherever in a long text it begins", () => {
    const secret = Array.from({ length: 100 }, (_, at) => String.fromCharCode(0x4e00 + at)).join("");
    const secrets = new Secrets([secret]);
    for (const before of [0, 200, 250, 299, 300, 4_000, 4_050, 4_096, 4_150, 4_196, 4_200, 5_000]) {
      for (const filler of ["x", "\n", " "]) {
        const shown = secrets.quoted(filler.repeat(before) + secret + "y".repeat(5_000));
        assert.doesNotMatch(shown, /[\u4e00-\u9fff]/, `${before} ${JSON.stringify(filler)}`);
      }
    }
  });

  it("shows no secret, whatever the text and the secrets are", () => {
    const word = fc.string({
      unit: fc.constantFrom("a", "b", "A", "%", '"', " ", "\n"),
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(word), (secrets, words) => {
        const shown = new Secrets(secrets)
          .quoted(words.join(""))
          .replaceAll("[redacted]", "\0")
          .toLowerCase();
        for (const secret of secrets.filter((each) => each.trim() !== "")) {
          assert.ok(!shown.includes(secret.toLowerCase()), shown);
        }
      }),
    );
  });

  it("needs a second at most for megabytes of anything, however long the secrets are", () => {
    const secrets = new Secrets(["a".repeat(65_536), `${"b".repeat(32_768)}c`, `${" ".repeat(1_000)}d`]);
    for (const text of ["a", "b", " ", "\n", ",", "é", "\ud83d", "ab", ", canonicalRequest:", " \u2028"]) {
      const start = performance.now();
      const shown = secrets.quoted(text.repeat(4_000_000 / text.length));
      assert.ok(shown.length <= 301);
      assert.ok(performance.now() - start < 1_000, JSON.stringify(text));
    }
  });
});

describe("Secrets.ownLine", () => {
  it("takes out every secret but one that may be a word of the line", () => {
    const secrets = new Secrets(["end", "endpoints", "longer-secret"]);
    assert.equal(secrets.ownLine("the end of longer-secret"), "the end of [redacted]");
  });

  it("keeps what only begins or ends as a secret, and hides a piece of one that is too long for a word", () => {
    const secrets = new Secrets(["mistyped1", "PASSWORDx", "0the access key", token]);
    const line = `the access key is mistyped, the password wrong, and ${token.slice(0, 80)} and more`;
    assert.equal(
      secrets.ownLine(line),
      "the access key is mistyped, the password wrong, and [redacted] and more",
    );
    assert.equal(secrets.ownLine("not mistyped1, nor PASSWORDX"), "not [redacted], nor [redacted]");
  });

  it("stays on one line, and as long as it is", () => {
    const line = `a\u001b[31m\n${"b".repeat(1_000)}`;
    assert.equal(new Secrets().ownLine(line), `a [31m ${"b".repeat(1_000)}`);
  });
});

describe("Secrets.without", () => {
  it("changes nothing else", () => {
    assert.equal(new Secrets(["long-secret"]).without(" a\n long-secret "), " a\n [redacted] ");
  });

  it("needs a second at most for a megabyte and twenty tokens, of which it has pieces or not", () => {
    const tokens = Array.from({ length: 20 }, (_, at) =>
      Array.from({ length: 48 }, (__, part) =>
        createHash("sha512").update(`${at} ${part}`).digest("base64url"),
      ).join(""),
    );
    const other = createHash("sha512").update("other").digest("base64url");
    for (const [text, expected] of [
      [other.repeat(12_000), other.repeat(12_000)],
      [tokens.join("").repeat(13), "[redacted]"],
      [`${tokens[7]}${other}`.repeat(250), `[redacted]${other}`.repeat(250)],
    ] as const) {
      const start = performance.now();
      // Not compared as texts: a difference of megabytes is not shown in a second.
      assert.ok(new Secrets(tokens).without(text) === expected);
      assert.ok(performance.now() - start < 2_000);
    }
  });

  it("needs seconds at most for a megabyte", () => {
    const secrets = new Secrets(["a".repeat(65_536), `${"b".repeat(32_768)}c`]);
    const start = performance.now();
    assert.equal(secrets.without("a".repeat(1_000_000)), "[redacted]");
    assert.equal(secrets.without("b".repeat(1_000_000)), "[redacted]");
    assert.equal(secrets.without("ab".repeat(500_000)).length, 1_000_000);
    assert.ok(performance.now() - start < 3_000);
  });
});
