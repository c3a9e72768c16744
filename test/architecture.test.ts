// Holds the one direction of imports and the few places that may name the wire, undici, zod and Pulumi.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
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

const provider = filesIn("provider/*.ts", "provider/schema/*.ts");
const sdk = filesIn("sdk/*.ts");
const emulator = filesIn("sdk/testing/*.ts");

describe("the architecture", () => {
  it("finds the files it speaks of", () => {
    assert.ok(provider.length > 20 && sdk.length >= 2 && emulator.length > 20);
    assert.deepEqual(
      importsOf("sdk/endpointService.ts").map(({ name }) => name),
      ["@pulumi/pulumi", "provider/lookupArguments", "provider/lookupProvider"],
    );
  });

  it("loads nothing of the provider into a program but the serialised object and the rules of arguments", () => {
    const loaded = new Set(
      sdk
        .flatMap(importsOf)
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ name }) => name),
    );
    assert.deepEqual([...loaded].filter((name) => !name.startsWith("sdk/")).sort(), [
      "@pulumi/pulumi",
      "provider/lookupArguments",
      "provider/lookupProvider",
    ]);
    for (const file of ["provider/lookupArguments.ts", "provider/lookupProvider.ts"]) {
      assert.deepEqual(
        importsOf(file).filter(({ typeOnly }) => !typeOnly),
        [],
        file,
      );
    }
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
          visit(`${name}.ts`, [...path, file]);
        }
      }
    };
    for (const file of provider) {
      visit(file, []);
    }
  });

  it("names the wire's fields in the schemas alone", () => {
    const named = [...provider, ...sdk]
      .filter((file) => !file.startsWith("provider/schema/") && file !== "provider/profile.ts")
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
