// Names and what is said of them, in two columns; coloured on a terminal alone. Called by record.ts and doctor.ts.
import { styleText } from "node:util";

/** Prints rows of a name and its lines. */
export function printTable(rows: readonly (readonly [name: string, lines: readonly string[]])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  for (const [name, lines] of rows) {
    for (const [index, line] of lines.entries()) {
      const label = (index === 0 ? name : "").padEnd(width);
      console.log(styleText("bold", label, { stream: process.stdout }) + line);
    }
  }
}
