// Holds the help to the table of commands, and docs/command.md to the help.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commands, formsOf } from "../../../provider/command/commands";
import { exitCodes, helpOf, usageOf } from "../../../provider/command/help";
import { roughly } from "../../../provider/command/layout";

const root = join(__dirname, "..", "..", "..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

describe("the help", () => {
  it("names every command, every option and every exit code", () => {
    const overview = helpOf(undefined);
    for (const command of commands) {
      const page = helpOf(command);
      for (const { flag } of command.options) {
        assert.match(page, new RegExp(`^  --${flag}\\b`, "m"));
      }
      for (const form of formsOf(command)) {
        assert.ok(page.includes(`pulumi-vpcep ${form} [options]`), form);
      }
      assert.ok(overview.includes(`  ${formsOf(command)[0]} `), command.name);
    }
    for (const [code, meaning] of exitCodes) {
      assert.match(overview, new RegExp(`^  ${code} +${meaning}$`, "m"));
    }
  });

  it("fits a terminal of 40 columns and one of 80, but for commands to copy", () => {
    for (const width of [40, 80]) {
      for (const command of [undefined, ...commands]) {
        const page = { width, measure: roughly };
        const lines = `${helpOf(command, page)}\n${usageOf(command, page)}`.split("\n");
        const wide = lines.filter((line) => line.length > width && !line.startsWith("  pulumi-vpcep "));
        assert.deepEqual(wide, []);
      }
    }
  });

  it("is what docs/command.md shows, page by page", () => {
    const shown = [...textOf("docs/command.md").matchAll(/^```text\n(.*?)\n```$/gms)].map(([, page]) => page);
    assert.deepEqual(
      shown,
      [undefined, ...commands].map((command) => helpOf(command)),
    );
  });

  it("has the exit codes of docs/command.md", () => {
    const codes = textOf("docs/command.md").split("\n## Exit codes\n")[1]?.split("\n## ")[0] ?? "";
    const cells = [...codes.matchAll(/^\|(.+)\|$/gm)]
      .slice(2)
      .map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
    assert.deepEqual(
      cells,
      exitCodes.map(([code, meaning]) => [`\`${code}\``, meaning]),
    );
  });
});
