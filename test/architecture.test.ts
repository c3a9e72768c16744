// Holds the one direction of imports and the few places that may name the wire, undici, zod and Pulumi.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..");

interface Import {
  readonly name: string;
  /** Whether it loads nothing at run time. */
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^(?:import|export) (type )?(?:[^"';]*? from )?"([^"]+)";/gms)].map(
    ([, type, name = ""]) => ({
      name: name.startsWith(".") ? relative(root, join(root, dirname(file), name)) : name,
      typeOnly: type !== undefined,
    }),
  );
}

function filesIn(...patterns: string[]): string[] {
  return patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
}

/** The files that import a name at run time. */
function importersOf(name: string, files: readonly string[]): string[] {
  return files.filter((file) => importsOf(file).some((found) => found.name === name && !found.typeOnly));
}

const provider = filesIn("provider/**/*.ts");
const sdk = filesIn("sdk/*.ts");
const emulator = filesIn("sdk/testing/**/*.ts");

describe("the architecture", () => {
  it("finds the files it speaks of", () => {
    assert.ok(provider.length > 40 && sdk.length >= 8 && emulator.length > 20);
    assert.deepEqual(
      importsOf("sdk/endpointService.ts").map(({ name }) => name),
      ["@pulumi/pulumi", "provider/lookups/endpointService", "sdk/lookupResource"],
    );
  });

  it("loads nothing of the provider into a program but definitions, rules of arguments and the serialised object", () => {
    const loaded = new Set<string>();
    const visit = (file: string): void => {
      for (const { name, typeOnly } of importsOf(file)) {
        if (!typeOnly && !loaded.has(name)) {
          loaded.add(name);
          if (/^(sdk|provider)\//.test(name)) {
            visit(`${name}.ts`);
          }
        }
      }
    };
    visit("sdk/index.ts");
    assert.deepEqual([...loaded].filter((name) => !/^(sdk|provider\/lookups)\//.test(name)).sort(), [
      "@pulumi/pulumi",
      "node:crypto",
      "provider/lookupArguments",
      "provider/lookupProvider",
    ]);
  });

  it("lets the provider import neither the sdk nor Pulumi's code", () => {
    const imported = provider.flatMap((file) => importsOf(file).map((found) => ({ file, ...found })));
    assert.deepEqual(
      imported.filter(({ name }) => /^(sdk|test|examples)\b/.test(name)),
      [],
    );
    assert.deepEqual(
      imported.filter(({ name, typeOnly }) => name.startsWith("@pulumi") && !typeOnly),
      [],
    );
  });

  it("keeps undici to the transport and zod to the schemas", () => {
    assert.deepEqual(importersOf("undici", provider), ["provider/dispatchers.ts"]);
    assert.deepEqual(
      importersOf("zod", provider).filter((file) => !file.startsWith("provider/schema/")),
      [],
    );
  });

  it("has no circle of imports", () => {
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), [...path, file].join(" -> "));
      for (const { name, typeOnly } of importsOf(file)) {
        if (name.startsWith("provider/") && !typeOnly) {
          visit(existsSync(join(root, `${name}.ts`)) ? `${name}.ts` : `${name}/index.ts`, [...path, file]);
        }
      }
    };
    for (const file of provider) {
      visit(file, []);
    }
  });

  it("names the wire's fields in the schemas alone", () => {
    const named = [...provider, ...sdk]
      .filter((file) => !/^provider\/(schema|lookups)\/|^provider\/profile.ts$/.test(file))
      .flatMap((file) =>
        readFileSync(join(root, file), "utf8")
          .split("\n")
          .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
          .flatMap((line) => line.match(/(?<![\w"{])[a-z]+(?:_[a-z]+)+\b(?=\s*[:?,}])/g) ?? []),
      );
    assert.deepEqual(named, []);
  });

  it("lets the emulator import the signature alone, and be imported by nothing it ships with", () => {
    const imported = emulator.flatMap(importsOf).map(({ name }) => name);
    assert.deepEqual(
      [...new Set(imported.filter((name) => name.startsWith("provider/")))],
      ["provider/signature"],
    );
    assert.deepEqual(
      [...provider, ...sdk].filter((file) =>
        importsOf(file).some(({ name }) => name.startsWith("sdk/testing")),
      ),
      [],
    );
  });
});
