// JSON in which every number keeps its digits: a `marker_id` of eighteen digits is served as it was given.
// Imports nothing. Called by data.ts and command.ts; `JSON.stringify` writes the result back unchanged.

/** What TypeScript's library does not declare yet of JSON.parse source text access. */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}

/** The value of a JSON text; a number that JavaScript would write differently becomes `JSON.rawJSON`. */
export function parseLosslessly(text: string): unknown {
  const json = JSON as unknown as JsonWithSource;
  return json.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  );
}
