// Compiles every example in a document and in a docstring, as a program that has the package installed.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { documents, root } from "./pages";

describe("the examples in words", () => {
  it("compile, in every document and docstring", () => {
    const examples = new Map<string, string>();
    const files = [...documents, ...globSync(["sdk/**/*.ts", "provider/**/*.ts"], { cwd: root })];
    for (const file of files) {
      const text = readFileSync(join(root, file), "utf8").replaceAll(/^ +\* ?/gm, "");
      for (const [index, [, code = ""]] of [...text.matchAll(/^```ts\n(.*?)^```/gms)].entries()) {
        examples.set(
          join(root, `${file.replaceAll(/\W/g, "_")}_${index}.ts`),
          /^export =/m.test(code) ? code : `${code}\nexport {};\n`,
        );
      }
    }
    assert.ok(examples.size >= 40, `${examples.size} examples`);
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
