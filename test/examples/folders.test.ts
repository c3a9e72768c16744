// Holds each example to what makes it worth copying: small, whole in its own folder, without a word of the emulator, and
// with a README that names its settings.
import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { join, normalize } from "node:path";
import { exampleFolder, exampleNames, examplesFolder, exampleText, workspacesOf } from "./folders";

function filesOf(name: string, pattern: string): string[] {
  return globSync(pattern, { cwd: exampleFolder(name) }).sort();
}

describe("the examples", () => {
  it("are all in the table of their README", () => {
    const rows = [...exampleText("", "README.md").matchAll(/^\| \[(\w+)\]\((\S+)\) \|/gm)];
    for (const [, , link = ""] of rows) {
      assert.ok(existsSync(join(examplesFolder, link)), link);
    }
    const names = rows.map(([, name]) => name).filter((name) => name !== "pipelines");
    assert.deepEqual(names.sort(), [...exampleNames(), "quickstart"].sort());
  });

  for (const name of exampleNames()) {
    it(`${name} is small, and explains itself`, () => {
      for (const file of filesOf(name, "**/index.ts")) {
        const lines = exampleText(name, file).trimEnd().split("\n");
        assert.ok(lines.length <= 40, `${file} has ${lines.length} lines`);
        assert.match(lines[0] ?? "", /^\/\/ /);
      }
      const readme = exampleText(name, "README.md").trimEnd().split("\n");
      assert.ok(readme.length <= 10, `README.md has ${readme.length} lines`);
    });

    it(`${name} needs nothing outside of its folder but the packages`, () => {
      const sources = filesOf(name, "**/*.ts");
      assert.ok(sources.includes("index.ts"));
      for (const file of sources) {
        const text = exampleText(name, file);
        for (const [, imported = ""] of text.matchAll(
          /(?:\bfrom |\bimport |(?<![.\w])(?:import|require|require\.resolve)\()"([^"]+)"/g,
        )) {
          const packages = file.endsWith(".test.ts")
            ? /^(pulumi-vpcep(\/provider|\/testing)?|@pulumi\/pulumi|node:[\w/]+)$/
            : /^(pulumi-vpcep(\/provider|\/functions)?|@pulumi\/pulumi(\/automation)?|node:[\w/]+)$/;
          const inFolder =
            imported.startsWith(".") && !normalize(join(file, "..", imported)).startsWith("..");
          const isOwn = workspacesOf(name).includes(imported);
          assert.ok(inFolder || isOwn || packages.test(imported), `${file} imports ${imported}`);
        }
        assert.ok(file.endsWith(".test.ts") || !/emulator/i.test(text), `${file} speaks of the emulator`);
      }
      for (const file of filesOf(name, "**/tsconfig.json")) {
        assert.doesNotMatch(exampleText(name, file), /\.\.\//);
      }
      assert.ok(existsSync(join(exampleFolder(name), "tsconfig.json")));
    });

    it(`${name} has a project where it is a Pulumi program, and its README names every setting`, () => {
      for (const file of filesOf(name, "**/index.ts")) {
        const program = exampleText(name, file);
        const project = join(file, "..", "Pulumi.yaml");
        assert.equal(
          existsSync(join(exampleFolder(name), project)),
          program.includes("@pulumi/pulumi"),
          file,
        );
        if (program.includes("pulumi.Config()")) {
          assert.match(exampleText(name, project), /^main: index\.ts$/m);
        }
        const keys = [
          ...program.matchAll(/\b(?:config|Config\(\))\.(?:require|get)\w*(?:<.+?>)?\("(\w+)"\)/g),
        ];
        assert.equal(keys.length > 0, program.includes("pulumi.Config()"), file);
        for (const [, key] of keys) {
          assert.ok(exampleText(name, "README.md").includes(`pulumi config set ${key} `), key);
        }
      }
    });
  }
});
