// Holds the rooms, the one direction of imports through them, and the few places that may name the wire, undici, zod and
// Pulumi.
import assert from "node:assert/strict";
import { globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { lookups } from "../provider/lookups";

const root = join(__dirname, "..");

/** What the files of each room may import beside each other; a room stands above all that it names. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  "provider/errors": [],
  "provider/lookups": ["provider/errors"],
  "provider/schema": ["provider/lookups"],
  "provider/files": [],
  "provider/http": ["provider/errors", "provider/files"],
  "provider/settings/clouds": ["provider/errors", "provider/files"],
  "provider/settings": [
    "provider/errors",
    "provider/files",
    "provider/lookups",
    "provider/http",
    "provider/settings/clouds",
  ],
  "provider/credentials/kinds": [
    "provider/errors",
    "provider/files",
    "provider/schema",
    "provider/http",
    "provider/settings",
  ],
  "provider/credentials": [
    "provider/errors",
    "provider/lookups",
    "provider/schema",
    "provider/http",
    "provider/settings",
    "provider/credentials/kinds",
  ],
  "provider/requests": [
    "provider/errors",
    "provider/schema",
    "provider/http",
    "provider/credentials/kinds",
    "provider/credentials",
  ],
  "provider/reading": ["provider/errors", "provider/lookups", "provider/schema", "provider/http"],
  "provider/client": [
    "provider/errors",
    "provider/lookups",
    "provider/schema",
    "provider/http",
    "provider/settings",
    "provider/credentials/kinds",
    "provider/credentials",
    "provider/requests",
    "provider/reading",
  ],
  "provider/dynamic": ["provider/errors", "provider/lookups", "provider/settings", "provider/client"],
  "provider/functions": ["provider/errors", "provider/lookups", "provider/settings", "provider/client"],
  "provider/plugin": ["provider/errors", "provider/lookups", "provider/settings", "provider/client"],
  "provider/command": [
    "provider/errors",
    "provider/lookups",
    "provider/http",
    "provider/settings",
    "provider/credentials/kinds",
    "provider/credentials",
    "provider/requests",
    "provider/client",
  ],
  provider: [
    "provider/errors",
    "provider/lookups",
    "provider/settings",
    "provider/client",
    "provider/dynamic",
    "provider/functions",
    "provider/command",
  ],
  sdk: ["provider/errors", "provider/lookups", "provider/dynamic"],
  "sdk/functions": ["sdk", "provider/errors", "provider/lookups", "provider/functions"],
  "sdk/testing/options": [],
  "sdk/testing/replies": [],
  "sdk/testing/state": ["sdk/testing/options", "sdk/testing/replies"],
  "sdk/testing/identity": [
    "sdk/testing/options",
    "sdk/testing/replies",
    "sdk/testing/state",
    "provider/credentials",
  ],
  "sdk/testing/services": ["sdk/testing/options", "sdk/testing/replies", "sdk/testing/state"],
  "sdk/testing/server": [
    "sdk/testing/replies",
    "sdk/testing/state",
    "sdk/testing/identity",
    "sdk/testing/services",
  ],
  "sdk/testing": [
    "provider/errors",
    "sdk/testing/options",
    "sdk/testing/replies",
    "sdk/testing/state",
    "sdk/testing/identity",
    "sdk/testing/services",
    "sdk/testing/server",
  ],
};

/** The most files in one room; every lookup is a file. */
const mostFiles = (room: string) => (room === "provider/lookups" ? 20 : 15);

const mostLines = 200;
const mostLevels = 10;

interface Import {
  /** A file of the project, or the name of a package. */
  readonly name: string;
  /** Whether it loads nothing at run time. */
  readonly typeOnly: boolean;
}

const importsByFile = new Map<string, readonly Import[]>();

/** Everything a file imports or exports from elsewhere, types and lazy imports included. */
function importsOf(file: string): readonly Import[] {
  let found = importsByFile.get(file);
  if (!found) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest);
    const all: Import[] = [];
    const visit = (node: ts.Node): void => {
      if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
        const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
        const typeOnly =
          (ts.isExportDeclaration(node) && node.isTypeOnly) ||
          clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
        all.push({ name: resolved(file, (node.moduleSpecifier as ts.StringLiteral).text), typeOnly });
      } else if (
        ts.isCallExpression(node) &&
        (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
          node.expression.getText(source) === "require")
      ) {
        const [name] = node.arguments;
        // A name that is computed is seen as it is written.
        const written = name && ts.isStringLiteral(name) ? resolved(file, name.text) : name?.getText(source);
        all.push({ name: String(written), typeOnly: false });
      } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
        all.push({ name: resolved(file, (node.argument.literal as ts.StringLiteral).text), typeOnly: true });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    found = all;
    importsByFile.set(file, found);
  }
  return found;
}

function resolved(file: string, name: string): string {
  if (!name.startsWith(".")) {
    return name;
  }
  const path = relative(root, join(root, dirname(file), name));
  return statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()
    ? `${path}/index.ts`
    : `${path}.ts`;
}

function filesIn(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).sort();
}

const provider = filesIn("provider/**/*.ts");
const sdk = [...filesIn("sdk/*.ts"), ...filesIn("sdk/functions/*.ts")];
const emulator = filesIn("sdk/testing/**/*.ts");
const all = [...provider, ...sdk, ...emulator];

/** The imports of a file that are files of the project. */
function ownImportsOf(file: string): string[] {
  return importsOf(file)
    .map(({ name }) => name)
    .filter((name) => all.includes(name));
}

/** How long the longest way down from a file is; a circle on the way is named. */
function levelOf(file: string, path: readonly string[] = []): number {
  assert.ok(!path.includes(file), `a circle: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}`);
  return 1 + Math.max(0, ...ownImportsOf(file).map((name) => levelOf(name, [...path, file])));
}

/** The files that import a name at run time. */
function importersOf(name: string, files: readonly string[]): string[] {
  return files.filter((file) => importsOf(file).some((found) => found.name === name && !found.typeOnly));
}

describe("the architecture", () => {
  it("sees every kind of import", () => {
    assert.deepEqual(
      importsOf("sdk/question.ts").filter(({ name }) => name.includes("lookups/")),
      [
        { name: "provider/lookups/arguments.ts", typeOnly: false },
        { name: "provider/lookups/definition.ts", typeOnly: true },
      ],
    );
    assert.deepEqual(importersOf("pulumi-vpcep/provider", all), [
      "provider/command/main.ts",
      "sdk/functions/invoke.ts",
    ]);
    assert.deepEqual(importersOf("this.entry", all), ["provider/dynamic/lookupProvider.ts"]);
    assert.ok(provider.length > 60 && sdk.length >= 8 && emulator.length > 20);
  });

  it("lets a room import only the rooms below it", () => {
    const strays = all.flatMap((file) =>
      ownImportsOf(file)
        .map(dirname)
        .filter((room) => room !== dirname(file) && !rooms[dirname(file)]?.includes(room))
        .map((room) => `${file} -> ${room}`),
    );
    assert.deepEqual(strays, []);
    assert.deepEqual([...new Set(all.map(dirname))].sort(), Object.keys(rooms).sort());
  });

  it("has no circle of rooms", () => {
    const visit = (room: string, path: readonly string[]): void => {
      assert.ok(!path.includes(room), [...path, room].join(" -> "));
      for (const below of rooms[room] ?? []) {
        visit(below, [...path, room]);
      }
    };
    for (const room of Object.keys(rooms)) {
      visit(room, []);
    }
  });

  it(`has no circle of imports, types included, and at most ${mostLevels} levels of them in the provider`, () => {
    const levels = all.map((file) => ({ file, level: levelOf(file) }));
    assert.deepEqual(
      levels.filter(({ file, level }) => file.startsWith("provider/") && level > mostLevels),
      [],
    );
  });

  it(`keeps rooms and files small: over ${mostLines} lines only with a reason in the header`, () => {
    const crowded = Object.keys(rooms).filter(
      (room) => all.filter((file) => dirname(file) === room).length > mostFiles(room),
    );
    assert.deepEqual(crowded, []);
    const long = all.filter((file) => {
      const lines = readFileSync(join(root, file), "utf8").split("\n");
      const header = lines
        .slice(
          0,
          lines.findIndex((line) => !line.startsWith("//")),
        )
        .join(" ");
      return lines.length - 1 > mostLines && !/\blong\b/i.test(header);
    });
    assert.deepEqual(long, []);
  });

  it("says at the top of every file why it exists", () => {
    const silent = all.filter((file) => !/^(#!.*\n)?\/\/ \S/.test(readFileSync(join(root, file), "utf8")));
    assert.deepEqual(silent, []);
  });

  it("loads nothing of the provider into a program but definitions, rules of arguments, the serialised object and where it runs", () => {
    const loaded = new Set<string>();
    const visit = (file: string): void => {
      for (const { name, typeOnly } of importsOf(file)) {
        if (!typeOnly && !loaded.has(name)) {
          loaded.add(name);
          if (all.includes(name)) {
            visit(name);
          }
        }
      }
    };
    visit("sdk/index.ts");
    visit("sdk/functions/index.ts");
    assert.deepEqual([...loaded].filter((name) => !/^(sdk|provider\/lookups)\//.test(name)).sort(), [
      "@pulumi/pulumi",
      "node:crypto",
      "node:module",
      "node:path",
      "provider/dynamic/lookupProvider.ts",
      "provider/dynamic/providerProcess.ts",
      "provider/errors/describeValue.ts",
      "provider/errors/uncaught.ts",
      "pulumi-vpcep/provider",
      "this.entry",
    ]);
  });

  it("lets the provider import neither the sdk nor Pulumi's code, but for the messages of a plugin", () => {
    const imported = provider.flatMap((file) => importsOf(file).map((found) => ({ file, ...found })));
    assert.deepEqual(
      imported.filter(({ name }) => /^(sdk|test|examples)\b/.test(name)),
      [],
    );
    assert.deepEqual(
      imported
        .filter(({ name, typeOnly }) => name.startsWith("@pulumi") && !typeOnly)
        .filter(
          ({ file, name }) =>
            dirname(file) !== "provider/plugin" || !name.startsWith("@pulumi/pulumi/proto/"),
        ),
      [],
    );
  });

  it("keeps undici to the transport and zod to the schemas", () => {
    for (const name of ["undici", "undici/lib/dispatcher/client", "undici/lib/core/connect"]) {
      assert.deepEqual(importersOf(name, provider), ["provider/http/connection.ts"]);
    }
    assert.deepEqual(
      importersOf("zod", provider).filter((file) => !file.startsWith("provider/schema/")),
      [],
    );
  });

  it("asks no lookup for its name in generic code", () => {
    const names = Object.keys(lookups).join("|");
    const asking = new RegExp(
      `definition\\.name [!=]==|[!=]== "(${names})"|case "(${names})"|lookups/(?!index|definition|arguments|ownMembers|records)\\w+"`,
    );
    const asked = provider.filter(
      (file) => !file.startsWith("provider/lookups/") && asking.test(readFileSync(join(root, file), "utf8")),
    );
    assert.deepEqual(asked, []);
  });

  it("names the wire's fields in the schemas alone", () => {
    const named = [...provider, ...sdk]
      .filter((file) => !/^provider\/(schema|lookups)\/|^provider\/settings\/profile.ts$/.test(file))
      .flatMap((file) =>
        readFileSync(join(root, file), "utf8")
          .split("\n")
          .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
          .flatMap((line) => line.match(/(?<![\w"{])[a-z]+(?:_[a-z]+)+\b(?=\s*[:?,}])/g) ?? []),
      );
    assert.deepEqual(named, []);
  });

  it("lets the emulator import the signature and the check of Node alone, and be imported by nothing it ships with", () => {
    const imported = emulator.flatMap(importsOf).map(({ name }) => name);
    assert.deepEqual(
      [...new Set(imported.filter((name) => name.startsWith("provider/")))],
      ["provider/errors/nodeVersion.ts", "provider/credentials/signature.ts"],
    );
    assert.deepEqual(
      [...provider, ...sdk].filter((file) =>
        importsOf(file).some(({ name }) => name.startsWith("sdk/testing")),
      ),
      [],
    );
  });
});
