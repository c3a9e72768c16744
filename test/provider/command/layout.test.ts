// Proves that lines fit: whatever the texts and the width are, no line is wider, and no text is lost but by a mark.
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Column,
  cut,
  linesOfTable,
  type Page,
  type Row,
  rows,
  wrap,
} from "../../../provider/command/layout";
import { outputPage } from "../../../provider/command/output";

const { measure } = outputPage();

function table(columns: readonly Column[], cells: readonly (readonly string[])[], page: Page) {
  const lines: string[] = [];
  const made = linesOfTable(columns, cells, page);
  for (let next = made.next(); ; next = made.next()) {
    if (next.done) {
      return { lines, leftOut: next.value };
    }
    lines.push(...(next.value === undefined ? [] : [next.value]));
  }
}

const texts = fc.oneof(
  fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/\p{C}/gu, "")),
  fc.constantFrom(
    "4189d3c2-8882-4871-a3c2-d380272eed83",
    "注文サービス 漢字漢字漢字漢字",
    "a".repeat(90),
    "👍🏽 ü é",
    "",
  ),
);
const widths = fc.integer({ min: 40, max: 200 });

describe("lines", () => {
  it("are as wide as the page at most, and have every character of a text", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 90 }), (text, width) => {
        const lines = wrap(text, { width, measure });
        assert.ok(lines.every((line) => measure(line) <= width));
        assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
      }),
    );
  });

  it("break between words where they can", () => {
    assert.deepEqual(wrap("one two three", { width: 8, measure }), ["one two", "three"]);
    assert.deepEqual(wrap("abcdefghij kl", { width: 4, measure }), ["abcd", "efgh", "ij", "kl"]);
    assert.deepEqual(wrap("漢字漢字", { width: 5, measure }), ["漢字", "漢字"]);
  });

  for (const [name, character, size] of [
    ["letters", "x", 1],
    ["wide characters", "漢", 2],
    ["other letters", "ж", 1],
    ["flags", "🇩🇪", 2],
    ["joined characters", "👨‍👩‍👧", 2],
    ["letters with marks", "e\u0301\u0302\u0303", 1],
    ["halves of characters", "\ud800", 1],
  ] as const) {
    it(`are made of a megabyte of ${name} before anybody has had enough, in words and without`, () => {
      const many = Math.floor(1_048_576 / Buffer.byteLength(character));
      const text = character.repeat(many);
      const lines = wrap(text, { width: 80, measure });
      assert.equal(lines.length, Math.ceil(many / Math.floor(80 / size)));
      assert.ok(lines.join("") === text);
      assert.equal(cut(text, { width: 80, measure }), `${character.repeat(Math.floor(79 / size))}…`);
      const words = `${character} `.repeat(50_000).trimEnd();
      assert.ok(wrap(words, { width: 80, measure }).join(" ") === words);
      const page = { width: Number.POSITIVE_INFINITY, measure };
      const some = character.repeat(50_000);
      const { lines: rowsOfTable } = table([{ output: "a" }, { output: "b" }], [[some, "b"]], page);
      assert.deepEqual(
        rowsOfTable.map((line) => line.length),
        [50_000 * size + 3, some.length + 3],
      );
    });
  }

  it("have a character whole, wherever it stands, however many marks it has", () => {
    for (const before of [0, 1, 200, 250, 254, 255, 256, 257, 511]) {
      for (const character of ["👨‍👩‍👧", "🇩🇪", `e${"\u0301".repeat(20)}`]) {
        const text = `${"ж".repeat(before)}${character}`;
        assert.equal(
          wrap(`${text}x`, { width: before + 2, measure })
            .at(0)
            ?.startsWith(text),
          true,
        );
        assert.equal(wrap(text, { width: 1, measure }).at(-1), character);
      }
    }
    for (const mark of ["\u0301", "\u{e0100}"]) {
      const marks = `e${mark.repeat(50_000)}`;
      assert.deepEqual(wrap(`${marks}x`, { width: 1, measure }), [marks, "x"]);
    }
  });

  it("mark what was cut", () => {
    assert.equal(cut("abcdef", { width: 6, measure }), "abcdef");
    assert.equal(cut("abcdefg", { width: 6, measure }), "abcde…");
    assert.equal(cut("漢字漢字", { width: 6, measure }), "漢字…");
    assert.equal(cut("ab", { width: 1, measure }), "…");
  });

  it("of names and texts fit, and leave an id whole", () => {
    assert.deepEqual(rows([["a", [" ".repeat(50), "b"]]], { width: 40, measure }), ["a  b"]);
    assert.deepEqual(rows([["a", [" ".repeat(50)]]], { width: 40, measure }), ["a  "]);
    const all = fc.array(fc.tuple(texts, fc.array(texts, { maxLength: 3 })), { maxLength: 6 });
    fc.assert(
      fc.property(all, widths, (some, width) => {
        const lines = rows(some as Row[], { width, measure });
        assert.ok(lines.every((line) => measure(line) <= width));
        const ids = some.flatMap(([, said]) => said).filter((text) => /^[\da-f-]{36}$/.test(text));
        assert.equal(
          lines.filter((line) => ids[0] && line.endsWith(ids[0])).length >= Math.min(ids.length, 1),
          true,
        );
      }),
    );
  });

  it("of a table fit; columns that have no room are named, and records stand below each other at last", () => {
    const columns = [
      { output: "serviceId" },
      { output: "status" },
      { output: "serviceName", elastic: true },
      { output: "vpcId" },
    ] as const;
    const row = [
      "4189d3c2-8882-4871-a3c2-d380272eed83",
      "available",
      "a-rather-long-name-of-a-service",
      "f".repeat(36),
    ];
    const at = (width: number) => table(columns, [row], { width, measure });
    assert.deepEqual(at(Number.POSITIVE_INFINITY).lines, [
      "serviceId                             status     serviceName                      vpcId",
      `${row[0]}  available  ${row[2]}  ${row[3]}`,
    ]);
    assert.deepEqual(at(80), {
      lines: [
        "serviceId                             status     serviceName",
        `${row[0]}  available  ${row[2]}`,
      ],
      leftOut: ["vpcId"],
    });
    assert.equal(at(70).lines[1], `${row[0]}  available  a-rather-long-name-o…`);
    assert.deepEqual(at(40), {
      lines: [
        "serviceId",
        `  ${row[0]}`,
        "status",
        "  available",
        "serviceName",
        `  ${row[2]}`,
        "vpcId",
        `  ${row[3]}`,
      ],
      leftOut: [],
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(texts, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        widths,
        (cells, width) => {
          assert.ok(table(columns, cells, { width, measure }).lines.every((line) => measure(line) <= width));
        },
      ),
    );
  });
});
