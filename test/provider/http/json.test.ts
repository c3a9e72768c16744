// Proves that JSON is taken whole, digit by digit, or refused without being quoted; a mark of byte order is http.ts's.
import assert from "node:assert/strict";
import fc from "fast-check";
import { JsonProblem, parseJson } from "../../../provider/http/json";

/** `{"a":…}` or `[…]`, so many levels deep. */
function nested(depth: number, open: string, close: string): string {
  return open.repeat(depth) + close.repeat(depth);
}

describe("parseJson", () => {
  for (const [text, expected] of [
    ['{"a":9007199254740991}', { a: 9007199254740991 }],
    ['{"a":9007199254740992}', { a: "9007199254740992" }],
    ['{"a":9007199254740993}', { a: "9007199254740993" }],
    ['{"a":-9007199254740993}', { a: "-9007199254740993" }],
    ['{"a":422321321312321321}', { a: "422321321312321321" }],
    ['{"a" : \n\t422321321312321321 }', { a: "422321321312321321" }],
    ['{"a":[{"b":[1,422321321312321321]}]}', { a: [{ b: [1, "422321321312321321"] }] }],
    ['{"a":"422321321312321321"}', { a: "422321321312321321" }],
    ['{"a":1e3}', { a: 1000 }],
    ['{"a":1E400}', { a: "1E400" }],
    ['{"a":-1e400}', { a: "-1e400" }],
    ['{"a":1e22}', { a: "1e22" }],
    ['{"a":12.5e-1}', { a: 1.25 }],
    ['{"a":0.1}', { a: 0.1 }],
    ['{"a":-0}', { a: -0 }],
    ['{"a":12345678901234567.5}', { a: "12345678901234567.5" }],
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', { a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] }],
    ['{"a":"a","b":"a\\":1,\\"b"}', { a: "a", b: 'a":1,"b' }],
    ['{"a":"\\\\","b":"\\\\\\"a"}', { a: "\\", b: '\\"a' }],
    ['{"a":"\\"9007199254740993","b":9}', { a: '"9007199254740993', b: 9 }],
    ['{"a":1e+400,"b":1e-3,"c":1e+3}', { a: "1e+400", b: 0.001, c: 1000 }],
    ['{"a":"{[{[","b":"]}"}', { a: "{[{[", b: "]}" }],
    ['{"a":1,"A":2}', { a: 1, A: 2 }],
    [" [null,true] ", [null, true]],
    ['"text"', "text"],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parseJson(text), expected));
  }

  it("leaves the prototype of objects alone", () => {
    const parsed = parseJson('{"__proto__":{"x":1},"n":422321321312321321}') as { x?: unknown };
    assert.equal(parsed.x, undefined);
    assert.equal(({} as { x?: unknown }).x, undefined);
  });

  for (const [name, text, message] of [
    ["a key twice", '{"a":1,"b":2,"a":1}', 'the key "a" stands in it twice'],
    ["a key twice, with space between", '{"a" : 1,\n"a"\t: 2}', 'the key "a" stands in it twice'],
    ["a key twice, its colon on another line", '{"a"\n:1,"a"\r\n:2}', 'the key "a" stands in it twice'],
    ["a key twice, once escaped", '{"status":1,"st\\u0061tus":2}', 'the key "status" stands in it twice'],
    ["a key twice, inside", '{"a":[{"b":{"c":1,"c":2}}]}', 'the key "c" stands in it twice'],
    ["a key twice, around another object", '{"a":{"b":1},"a":{}}', 'the key "a" stands in it twice'],
    [
      "a key twice, after a text that ends in a backslash",
      '{"a":"\\\\","a":1}',
      'the key "a" stands in it twice',
    ],
    ["an empty key twice", '{"":1,"":2}', 'the key "" stands in it twice'],
    ["__proto__ twice", '{"__proto__":1,"__proto__":2}', 'the key "__proto__" stands in it twice'],
    ["33 objects", nested(33, '{"a":', "}").replace(":}", ":1}"), "it is nested deeper than 32 levels"],
    ["33 arrays", nested(33, "[", "]"), "it is nested deeper than 32 levels"],
    ["100,000 arrays", nested(100_000, "[", "]"), "it is nested deeper than 32 levels"],
    ["100,000 objects, never closed", '{"a":'.repeat(100_000), "it is nested deeper than 32 levels"],
  ] as const) {
    it(`refuses ${name}, which no second try would mend`, () => {
      assert.throws(
        () => parseJson(text),
        (error) => {
          assert.ok(error instanceof JsonProblem);
          assert.deepEqual({ message: error.message, cut: error.cut }, { message, cut: false });
          return true;
        },
      );
    });
  }

  for (const text of [
    "",
    "{",
    '{"id":"4189d3c2',
    '{"a":1}}',
    "{'a':1}",
    '{"a":01}',
    '{"a":NaN}',
    '{"a":1,}',
    '\ufeff{"a":1}',
    "<html>secret</html>",
    '{"a":"\n"}',
    '{"a":422321321312321321',
    '{"\\x":1,"\\y":2}',
    "{12345678901234567890:1}",
    '{"a":"x","a":"y",1e999:3}',
  ]) {
    it(`takes ${JSON.stringify(text)} for a document that was cut, and does not quote it`, () => {
      assert.throws(
        () => parseJson(text),
        (error) => {
          assert.ok(error instanceof JsonProblem);
          assert.deepEqual(
            { message: error.message, cut: error.cut },
            { message: "it is not whole JSON", cut: true },
          );
          return true;
        },
      );
    });
  }

  const bounded: readonly (readonly [name: string, text: string, mostValues: number, message: string])[] = [
    ["250,001 values", `[${"0,".repeat(250_000)}0]`, 250_000, "it has more than 250000 values"],
    ["20,001 values", `[${"0,".repeat(20_000)}0]`, 20_000, "it has more than 20000 values"],
    ["empty arrays", `[${"[],".repeat(20_000)}0]`, 20_000, "it has more than 20000 values"],
    ["empty objects", `[${"{},".repeat(20_000)}0]`, 20_000, "it has more than 20000 values"],
    [
      "keys",
      `{${Array.from({ length: 20_001 }, (_, at) => `"${at}":1`)}}`,
      20_000,
      "it has more than 20000 values",
    ],
    ["texts with nothing between", '"'.repeat(100_000), 20_000, "it has more than 20000 values"],
    [
      "a number of 1,001 digits",
      `[${"9".repeat(1_001)}]`,
      20_000,
      "a number in it has more than 1000 characters",
    ],
    [
      "a number of 1,001 characters",
      `[0.${"1".repeat(999)}]`,
      20_000,
      "a number in it has more than 1000 characters",
    ],
  ];
  for (const [name, text, mostValues, message] of bounded) {
    it(`refuses ${name}, whose reading would take long`, () => {
      assert.throws(
        () => parseJson(text, mostValues),
        (error) => {
          assert.ok(error instanceof JsonProblem);
          assert.deepEqual({ message: error.message, cut: error.cut }, { message, cut: false });
          return true;
        },
      );
    });
  }

  it("takes as many values, and numbers as long, as it may", () => {
    assert.equal((parseJson(`[${"0,".repeat(19_998)}0]`, 20_000) as unknown[]).length, 19_999);
    assert.deepEqual(parseJson(`[${"9".repeat(1_000)}]`, 20_000), ["9".repeat(1_000)]);
  });

  it("takes 32 levels", () => {
    assert.deepEqual(parseJson(`[${"[],{},".repeat(40)}0]`), [...Array(40).fill([[], {}]).flat(), 0]);
    assert.ok(parseJson(nested(32, "[", "]")));
    assert.ok(parseJson(nested(32, '{"a":', "}").replace(":}", ":1}")));
  });

  it("keeps every digit of every whole number, wherever it stands", () => {
    const digits = fc.stringMatching(/^-?([1-9][0-9]{0,29}|0)$/).filter((text) => text !== "-0");
    const space = fc.stringMatching(/^[ \n\r\t]{0,2}$/);
    fc.assert(
      fc.property(digits, digits, digits, space, (first, second, third, gap) => {
        const text = `{"a":${gap}${first}${gap},"b":[${gap}${second}${gap},${gap}{"c"${gap}:${gap}${third}}]}`;
        const { a, b } = parseJson(text) as { a: unknown; b: [unknown, { c: unknown }] };
        assert.deepEqual([String(a), String(b[0]), String(b[1].c)], [first, second, third]);
        for (const value of [a, b[0], b[1].c]) {
          assert.ok(typeof value === "string" || Number.isSafeInteger(value));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reads what JSON.parse reads, where numbers are short and keys are single", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const plain = JSON.stringify(JSON.parse(text), (_key, value) =>
          typeof value === "number" ? Math.trunc(value % 1_000_000) : value,
        );
        assert.deepEqual(parseJson(plain), JSON.parse(plain));
      }),
    );
  });

  it("fails with nothing but a JsonProblem, whatever the text", () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([text, at, noise]) => text.slice(0, at % (text.length + 1)) + noise + text.slice(at % 7));
    const punctuation = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\u01ea-.+eE \n') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), broken, punctuation), (text) => {
        try {
          parseJson(text);
        } catch (error) {
          assert.ok(error instanceof JsonProblem, String(error));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
