// How an error shows a value that is not as it must be. A leaf; loaded by programs too, through the rules of arguments.

/** A value as an error may show it: short, on one line, printable; of anything but a string only its type. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (typeof value !== "string") {
    return Array.isArray(value) ? "an array" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
  }
  const shown = JSON.stringify(value.slice(0, 80)).replaceAll(/[^\x20-\x7e]/g, escaped);
  return value.length > 80 ? `${shown} and ${value.length - 80} more characters` : shown;
}

/** Alternatives as a sentence has them. */
export function anyOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** A question for who has written a name that there is not, where a known one has the same letters. */
export function meant(name: string, known: readonly string[]): string {
  const letters = (each: string) => [...each.toLowerCase().replaceAll(/[^a-z\d]/g, "")].sort().join("");
  const own = letters(name);
  const found = known.find((each) => letters(each) === own);
  return found === undefined ? "" : `. Did you mean ${found}?`;
}

/** A list as a message shows it: of a long one so many, and how many more there are. */
export function listed(items: readonly string[], separator: string, most: number): string {
  const more = items.length > most ? ` and ${items.length - most} more` : "";
  return `${items.slice(0, most).join(separator)}${more}`;
}

/** A character as JSON escapes it. */
export function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A text without what a terminal obeys, or a log takes for its next line. */
export function onOneLine(text: string): string {
  // One by one, then together: a run of millions that differ in length would take all of the stack.
  return text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "\n")
    .replaceAll(/\n+/g, " ")
    .trim();
}

/** A time as an error tells it: in seconds, with one decimal where there is one. */
export function describeTime(milliseconds: number): string {
  return milliseconds < 100
    ? `${Math.round(milliseconds)} ms`
    : `${Number((milliseconds / 1_000).toFixed(1))} s`;
}
