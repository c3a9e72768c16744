// Proves how a text and a time become a part of a sentence, however long they are.
import assert from "node:assert/strict";
import { describeTime, onOneLine } from "../../../provider/errors/describeValue";

describe("a text on one line", () => {
  for (const [name, character] of [
    ["marks of direction", "\u202e"],
    ["ends of lines", "\u2028"],
    ["tags", "\u{e0041}"],
    ["halves of characters", "\ud800"],
  ] as const) {
    it(`has one space for millions of ${name}`, () => {
      assert.equal(onOneLine(`a${character.repeat(6_000_000)}b`), "a b");
    });
  }
});

describe("a time", () => {
  for (const [milliseconds, expected] of [
    [0, "0 ms"],
    [49.6, "50 ms"],
    [100, "0.1 s"],
    [300, "0.3 s"],
    [1_234, "1.2 s"],
    [1_999.998868, "2 s"],
    [59_999.4, "60 s"],
    [86_400_000, "86400 s"],
  ] as const) {
    it(`is whole, or has one decimal: ${milliseconds} ms`, () => {
      assert.equal(describeTime(milliseconds), expected);
    });
  }
});
