// Holds the README to the code: its tables of outputs, settings and errors, and every example in it and in a docstring.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { lookups } from "../provider/lookups";
import { type LookupDefinition, placeArguments } from "../provider/lookups/definition";
import { endpointServiceOutputs } from "../provider/lookups/endpointService";
import { settingsTable } from "../provider/settings/table";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The cells of the table below a heading. */
function tableUnder(heading: string): string[][] {
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\|(.+)\|$/gm)]
    .slice(2)
    .map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
}

describe("the README", () => {
  it("lists every output in order", () => {
    assert.deepEqual(
      tableUnder("Outputs").map(([name]) => name),
      endpointServiceOutputs.map((name) => `\`${name}\``),
    );
  });

  it("lists every other lookup with its path, its arguments and its outputs", () => {
    const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
    const asService: Readonly<Record<string, string>> = {
      endpointServiceByName: "as `getEndpointService`",
      optionalEndpointService: "as `getEndpointService`, and `exists`",
    };
    const definitions: LookupDefinition[] = Object.values(lookups).filter(
      ({ name }) => name !== "endpointService",
    );
    assert.deepEqual(
      tableUnder("Other lookups"),
      definitions.map(({ getter, path, arguments: args, outputs, name }) => [
        `\`${getter}\``,
        `\`${path}\``,
        Object.entries(args)
          .filter(([key]) => !Object.hasOwn(placeArguments, key))
          .map(([key, { required }]) => (required ? `**\`${key}\`**` : `\`${key}\``))
          .join(", "),
        asService[name] ?? code(outputs),
      ]),
    );
  });

  it("lists every setting with its names and its default", () => {
    const rows = Object.entries(settingsTable).map(([key, setting]) => [
      `\`${key}\`${"secret" in setting ? " (secret)" : ""}`,
      setting.environment.map((name) => `\`${name}\``).join(", "),
      setting.default,
    ]);
    assert.deepEqual(
      tableUnder("Settings").map(([key, names, value = ""]) => [key, names, value.replaceAll("`", "")]),
      rows.map(([key, names, value = ""]) => [key, names, value.replaceAll("`", "")]),
    );
  });

  it("lists every code of an error", () => {
    const source = readFileSync(join(root, "provider", "errors", "errors.ts"), "utf8");
    const union = /export type VpcepErrorCode =([^;]+);/.exec(source)?.[1] ?? "";
    const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => `\`${code}\``);
    assert.deepEqual(
      tableUnder("Errors").map(([code]) => code),
      codes,
    );
  });

  it("names files that exist, and so do the other documents", () => {
    const missing = [
      "README.md",
      "CONTRIBUTING.md",
      "SECURITY.md",
      ...globSync("docs/*.md", { cwd: root }),
    ].flatMap((document) => {
      const text = readFileSync(join(root, document), "utf8");
      const named = [
        ...text.matchAll(/`((?:sdk|provider|test|examples|docs)\/[\w./]*\w)`|\]\((?!http)([\w./-]+)\)/g),
      ];
      return named
        .map(([, code, link = ""]) => (code === undefined ? join(dirname(document), link) : code))
        .filter((path) => path !== "docs/api" && !existsSync(join(root, path)))
        .map((path) => `${document}: ${path}`);
    });
    assert.deepEqual(missing, []);
  });

  it("has examples that compile, and so have the docstrings", () => {
    const examples = new Map<string, string>();
    const files = [
      "README.md",
      "README.zh-CN.md",
      ...globSync(["docs/*.md", "sdk/**/*.ts", "provider/**/*.ts"], { cwd: root }),
    ];
    for (const file of files) {
      const text = readFileSync(join(root, file), "utf8").replaceAll(/^ +\* ?/gm, "");
      for (const [index, [, code = ""]] of [...text.matchAll(/^```ts\n(.*?)^```/gms)].entries()) {
        examples.set(
          join(root, `${file.replaceAll(/\W/g, "_")}_${index}.ts`),
          /^export =/m.test(code) ? code : `${code}\nexport {};\n`,
        );
      }
    }
    assert.ok(examples.size >= 5, `${examples.size} examples`);
    assert.deepEqual(compile(examples), []);
  });
});

function compile(sources: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists.call(host, file);
  host.readFile = (file) => sources.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, ...rest) => {
    const text = sources.get(file);
    return text === undefined
      ? getSourceFile.call(host, file, ...rest)
      : ts.createSourceFile(file, text, {
          languageVersion: ts.ScriptTarget.ES2023,
          impliedNodeFormat: /^export =/m.test(text) ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
        });
  };
  const program = ts.createProgram(
    [...sources.keys()],
    { ...options, noUnusedLocals: false, erasableSyntaxOnly: false },
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}
