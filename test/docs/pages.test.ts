// Holds the pages to the code: what is made of it is up to date, and so are the tables of settings and errors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { argumentWords, valueProblem } from "../../provider/lookups/arguments";
import { settingsTable } from "../../provider/settings/table";
import { writtenLookupsPage } from "./lookupsPage";
import { root, tableOf, textOf } from "./pages";

describe("the picture of the rooms", () => {
  const above = new Map(
    [...textOf("docs/pictures/rooms.svg").matchAll(/y="([\d.]+)">([\w/]+\/)</g)].map(([, y, room = ""]) => [
      room,
      Number(y),
    ]),
  );
  const rooms = tableOf("docs/architecture.md", "room").map((row) =>
    [row[0] ?? "", row[3] ?? ""].map((cell) =>
      [...cell.matchAll(/`([\w/]+\/)`/g)].map(([, name = ""]) => name),
    ),
  );

  it("has every room of the table, above each that it may import", () => {
    const names = rooms.flatMap(([room = []]) => room);
    assert.deepEqual([...above.keys()].sort(), names.sort());
    for (const [[room = ""] = [], below = []] of rooms) {
      assert.deepEqual(
        below.filter((other) => !((above.get(room) ?? 0) < (above.get(other) ?? 0))),
        [],
        room,
      );
    }
  });
});

describe("the page of", () => {
  it("lookups has every argument and output of every lookup, as the code has them", () => {
    assert.equal(
      textOf("docs/lookups.md"),
      writtenLookupsPage(),
      "docs/lookups.md is out of date: run `npm run schema`",
    );
  });

  it("lookups leaves no cell of a table empty", () => {
    const empty = textOf("docs/lookups.md").match(/^\|.*\| {1,2}\|.*$/gm) ?? [];
    assert.deepEqual(
      empty.filter((row) => !row.startsWith("| | ")),
      [],
    );
  });

  it("lookups says what is allowed", () => {
    const taken = {
      id: ["a", "Z_9-".repeat(16)],
      text: ["x".repeat(1000)],
      milliseconds: [1, 86_400_000],
      pollInterval: [500, 86_400_000],
    } as const;
    const refused = {
      id: ["", "a".repeat(65), "a b"],
      text: ["", "x".repeat(1001), "a\n"],
      milliseconds: [0, 86_400_001, 1.5],
      pollInterval: [499, 86_400_001],
    } as const;
    for (const rule of ["id", "text", "milliseconds", "pollInterval"] as const) {
      for (const value of taken[rule]) {
        assert.equal(valueProblem(rule, "it", value), undefined);
      }
      for (const value of refused[rule]) {
        assert.notEqual(valueProblem(rule, "it", value), undefined);
      }
    }
    assert.deepEqual(argumentWords.sortKey, ["createdAt", "updatedAt"]);
  });

  it("settings lists every setting with its names and its default", () => {
    const plain = (rows: readonly (readonly (string | undefined)[])[]) =>
      rows.map(([key, names, value = ""]) => [key, names, value.replaceAll("`", "")]);
    const rows = Object.entries(settingsTable).map(([key, setting]) => [
      `\`${key}\`${"secret" in setting ? " (secret)" : ""}`,
      setting.environment.map((name) => `\`${name}\``).join(", "),
      setting.default,
    ]);
    assert.deepEqual(plain(tableOf("docs/settings.md", "key")), plain(rows));
  });

  for (const document of ["docs/errors.md", "README.zh-CN.md"]) {
    it(`errors lists every code: ${document}`, () => {
      const source = readFileSync(join(root, "provider", "errors", "errors.ts"), "utf8");
      const union = /export type VpcepErrorCode =([^;]+);/.exec(source)?.[1] ?? "";
      const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => `\`${code}\``);
      assert.deepEqual(
        tableOf(document, document.endsWith("zh-CN.md") ? "错误码" : "code").map(([code]) => code),
        codes,
      );
    });
  }
});
