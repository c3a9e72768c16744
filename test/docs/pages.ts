// The documents that users read, and what is in them. Used by the tests beside it.
import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** The folder of the package. */
export const root = join(__dirname, "..", "..");

/** Every document of the package, by its path from the root. */
export const documents = [
  "README.md",
  "README.zh-CN.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...globSync(["docs/*.md", "examples/**/*.md", "templates/*.md"], {
    cwd: root,
    exclude: ["**/node_modules"],
  }).sort(),
].map((path) => path.replaceAll("\\", "/"));

/** The text of a document. */
export function textOf(document: string): string {
  return readFileSync(join(root, document), "utf8");
}

/** The cells of the first table of a document whose first column has this heading. */
export function tableOf(document: string, heading: string): string[][] {
  const [, table = ""] = textOf(document).split(`\n| ${heading} |`);
  const [whole = ""] = table.split(/\n(?!\|)/);
  return [...whole.matchAll(/^\|(.+)\|$/gm)]
    .slice(1)
    .map(([, row = ""]) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()));
}

/** A document without its blocks of code, where nothing is a link. */
export function proseOf(document: string): string {
  return textOf(document).replaceAll(/^```.*?^```$/gms, "");
}

/** Where a document leads inside of the repository. */
export interface Link {
  readonly document: string;
  /** The path from the root. */
  readonly file: string;
  readonly anchor: string | undefined;
}

/** The links of a document to files and headings. */
export function linksOf(document: string): Link[] {
  return [...proseOf(document).matchAll(/\]\((?!\w+:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].map(
    ([, path = "", anchor]) => ({
      document,
      file: path === "" ? document : posix.join(posix.dirname(document), path).replace(/\/$/, ""),
      anchor,
    }),
  );
}
