// The docstrings of provider/lookups/records.ts: descriptions are written once, where a program's editor shows them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const file = join(__dirname, "..", "..", "provider", "lookups", "records.ts");
const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);

/** What is said about every property of a class or an interface; none are private. */
export function docstringsOf(declaration: string): ReadonlyMap<string, string> {
  const docstrings = new Map<string, string>();
  for (const statement of source.statements) {
    const declares = ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement);
    if (!declares || statement.name?.text !== declaration) {
      continue;
    }
    for (const member of statement.members) {
      const [documentation] = ts.getJSDocCommentsAndTags(member);
      const text = ts.getTextOfJSDocComment(documentation?.comment);
      if (member.name && text) {
        docstrings.set(member.name.getText(), text.replaceAll(/\s+/g, " "));
      }
    }
  }
  return docstrings;
}
