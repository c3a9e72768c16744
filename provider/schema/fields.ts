// The kinds of fields the API's records share, with what the API really sends beside what it documents.
// A leaf; used by the record schemas.
import * as z from "zod";

/** A field that may be left out or null; a record's outputs have null for both. */
export function nullable<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish();
}

/** Text that says something: white space and control characters say as little as an empty one. */
export const filledText = z
  .string()
  .min(1, { abort: true })
  .regex(/[^\s\p{Cc}\p{Cf}]/u, { error: "Invalid input: expected more than blanks" });

/** Text, which the API sends as a number here and there. */
export const textField = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string(),
);

/** The type of a service, which the API's document spells "gataway" here and there, and the API itself "gateway". */
export const serviceTypeField = z.string().transform((type) => (type === "gataway" ? "gateway" : type));

/** A list, which the API sends as its only member here and there. */
function oneOrMore<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === "object" && value !== null && !Array.isArray(value) ? [value] : value),
    z.array(schema),
  );
}

/** Texts, of which the API sends a single one bare here and there. */
export const oneOrMoreTexts = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z.array(z.string()),
);

/** A whole number, which samples of the API print as a string here and there. */
export const wholeNumberField = z.preprocess(
  (value) => (typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value),
  z.int(),
);

const booleans: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ["true", true],
  ["false", false],
  [1, true],
  [0, false],
  ["1", true],
  ["0", false],
]);

/** A boolean, which samples of the API print as a string here and there, and other APIs of the cloud as 0 and 1. */
export const booleanField = z.preprocess((value) => booleans.get(value) ?? value, z.boolean());

const problem = z
  .strictObject({
    error_code: nullable(textField),
    error_message: nullable(z.string()),
    code: nullable(textField),
    message: nullable(z.string()),
  })
  .transform((wire, context) => {
    // Of two that differ one is read, and the other is a field like any that is not known here.
    const keys = (["code", "message"] as const).filter((name) => {
      const other = wire[`error_${name}`] ?? wire[name];
      return wire[name] !== other && typeof wire[name] === "string";
    });
    if (keys.length > 0) {
      context.addIssue({ code: "unrecognized_keys", keys, input: wire });
      return z.NEVER;
    }
    return {
      errorCode: wire.error_code ?? wire.code ?? null,
      errorMessage: wire.error_message ?? wire.message ?? null,
    };
  });

/** Why something has failed, in either of the API's spellings; empty where it has not. */
export const problemsField = nullable(oneOrMore(problem)).transform((problems) => problems ?? []);

const tag = z.strictObject({
  key: z.string(),
  value: nullable(z.string()),
  values: nullable(oneOrMoreTexts),
});

/** Tags: a list of keys, each with a value or a list of one, or an object. Nobody knows which of two values is meant. */
export const tagsField = nullable(
  z.preprocess(
    listOfTags,
    z.array(tag).transform((tags, context) => {
      const read = new Map<string, string>();
      for (const { key, value, values } of tags) {
        const [text = "", ...others] = new Set([value ?? [], values ?? []].flat());
        if (others.length > 0 || read.has(key)) {
          context.addIssue({
            code: "custom",
            message: "Invalid input: expected every key once, with one value",
          });
          return z.NEVER;
        }
        read.set(key, text);
      }
      return Object.fromEntries(read);
    }),
  ),
);

/** An object with a `key` may be the only tag of a list as well: it is left as it is, for nobody to guess. */
function listOfTags(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("key" in value)
    ? Object.entries(value).map(([key, value]) => ({ key, value }))
    : value;
}

/** What a schema found wrong, by field, as an error says it; never a value. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const described = issues
    .slice(0, 3)
    .map(({ path, message }) => `${describePath(path)} (${message.replace(/^Invalid input: /, "")})`);
  const more = issues.length > 3 ? ` and ${issues.length - 3} more` : "";
  return `${described.join(", ")}${more}`;
}

/** A key may be the server's own, of any length. */
export function shortKey(key: PropertyKey): string {
  const text = String(key);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function describePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${shortKey(part)}`,
    "",
  );
}
