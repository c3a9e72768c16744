// Follows every link of the documents without a network: to a file, and to a heading in it. That the package has what its
// documents link to is in test/package/tarball.test.ts.
import assert from "node:assert/strict";
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";
import { documents, linksOf, proseOf, root, textOf } from "./pages";

/** The anchors of a document's headings, as GitHub and typedoc make them. */
function anchorsOf(document: string): string[] {
  return [...proseOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the documents", () => {
  for (const document of documents) {
    it(`${document} leads to files and headings that exist`, () => {
      const dead = linksOf(document).filter(({ file, anchor }) => {
        const isFile = existsSync(join(root, file)) && statSync(join(root, file)).isFile();
        return !isFile || (anchor !== undefined && !anchorsOf(file).includes(anchor));
      });
      assert.deepEqual(dead, []);
    });
  }

  it("lead elsewhere by https alone", () => {
    const addresses = documents.flatMap((document) => [
      ...proseOf(document).matchAll(/\]\((\w+:[^)\s]*)\)/g),
    ]);
    for (const [, address = ""] of addresses) {
      assert.equal(new URL(address).protocol, "https:", address);
    }
  });

  it("name files of the repository that exist", () => {
    const missing = documents.flatMap((document) =>
      [...textOf(document).matchAll(/`((?:sdk|provider|test|examples|docs|templates)\/[\w./]*\w)`/g)]
        .map(([, path = ""]) => path)
        .filter((path) => path !== "docs/api" && !existsSync(join(root, path)))
        .map((path) => `${document}: ${path}`),
    );
    assert.deepEqual(missing, []);
  });

  for (const readme of ["README.md", "README.zh-CN.md"]) {
    it(`are all on the map of ${readme}`, () => {
      const map = linksOf(readme).map(({ file }) => file);
      const pages = globSync("docs/*.md", { cwd: root }).map((page) => page.replaceAll("\\", "/"));
      assert.deepEqual(
        pages.filter((page) => !map.includes(page)),
        [],
      );
    });
  }

  it("of the examples are all in their table", () => {
    const led = linksOf("examples/README.md").map(({ file }) => file);
    assert.deepEqual(
      documents.filter((document) => /^examples\/.+\//.test(document) && !led.includes(document)),
      [],
    );
  });
});
