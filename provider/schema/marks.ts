// What Pulumi would not take as the plain value it is: an object of its own kinds, a value not known yet, half a character.
// A leaf; attempt.ts asks it of an answer's text, index.ts of a record.

/** Keys and texts that Pulumi's engine obeys wherever they stand, and the key that JavaScript's objects do. */
const marks: ReadonlySet<string> = new Set([
  // The key of assets, archives, secrets, references to resources, and outputs.
  "4dabf18193072939515e22adb298388d",
  // A value that is not known yet: a string, a boolean, a number, an array, an asset, an archive, an object.
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  "__proto__",
]);

/** A mark, or an escape that may hide a letter of one or be half a character; decoded bytes have no half of their own. */
const maybe = new RegExp(`\\\\u(?:00|[dD][89a-fA-F])|${[...marks].join("|")}`);

/** Whether anything in a JSON text may be such a thing; where not, no record need be searched. */
export function mayHoldMark(json: string): boolean {
  return maybe.test(json);
}

/** Whether a key or a text is such a thing. */
function isMark(text: string): boolean {
  return marks.has(text) || !text.isWellFormed();
}

/** Whether such a thing is anywhere in a value: also as a text, since a text may become a key. */
function holdsMark(value: unknown): boolean {
  if (typeof value === "string") {
    return isMark(value);
  }
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).some(([key, member]) => isMark(key) || holdsMark(member))
  );
}

/** The fields of a record that are such a thing or hold one. */
export function markedFields(wire: unknown): string[] {
  return typeof wire === "object" && wire !== null
    ? Object.entries(wire).flatMap(([field, value]) => (isMark(field) || holdsMark(value) ? [field] : []))
    : [];
}

/** A name under which Pulumi takes a field: its own, or as JSON writes it, in quotes. */
export function plainName(field: string): string {
  return isMark(field) ? JSON.stringify(field) : field;
}
