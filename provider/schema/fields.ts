// The kinds of fields the API's records share, with what the API really sends beside what it documents.
// A leaf; used by the record schemas.
import * as z from "zod";

/** A field that may be left out or null; {@link withNulls} makes one of the two. */
export function nullable<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish();
}

/** Outputs in which nothing is absent: null in its place, since Pulumi has no way to say "absent". */
export function withNulls<Outputs extends object>(outputs: Outputs): NullForUndefined<Outputs> {
  const record = outputs as Record<string, unknown>;
  for (const name of Object.keys(record)) {
    record[name] ??= null;
  }
  return record as NullForUndefined<Outputs>;
}

type NullForUndefined<Outputs> = {
  [Name in keyof Outputs]: undefined extends Outputs[Name]
    ? Exclude<Outputs[Name], undefined> | null
    : Outputs[Name];
};

/** Text, which the API sends as a number here and there. */
export const textField = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string(),
);

/** The type of a service, which the API's document spells "gataway" here and there, and the API itself "gateway". */
export const serviceTypeField = z.string().transform((type) => (type === "gataway" ? "gateway" : type));

/** A list, which the API sends as its only member here and there. */
export function oneOrMore<Schema extends z.ZodType>(schema: Schema) {
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

/** A boolean, which samples of the API print as a string here and there. */
export const booleanField = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);

/** A time as RFC 3339 in UTC. The API leaves out the zone at times and means UTC; an empty time is none. */
export const timeField = z.string().transform((text, context) => {
  if (text === "") {
    return null;
  }
  const time = utcTime(text);
  if (time === undefined) {
    context.addIssue({
      code: "custom",
      message: "Invalid input: expected a time such as 2018-01-30T07:42:01Z",
    });
    return z.NEVER;
  }
  return time;
});

/** A day that exists: in February of leap years there is one more, which is looked at more closely. */
const day =
  "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])";

/** A time that is in UTC already, whether it says so or not. */
const utc = new RegExp(`^\\d{4}-(?:${day})T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?Z?$`);

/** A time in UTC with `Z`, its fraction kept digit by digit; undefined when it is none. */
export function utcTime(text: string): string | undefined {
  if (utc.test(text)) {
    return text.endsWith("Z") ? text : `${text}Z`;
  }
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (!parts) {
    return undefined;
  }
  const [, date = "", time, fraction = "", zone = "Z"] = parts;
  // JavaScript moves a day that does not exist into the next month.
  if (!new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date)) {
    return undefined;
  }
  const moment = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(moment) ? undefined : `${new Date(moment).toISOString().slice(0, 19)}${fraction}Z`;
}

const problem = z
  .looseObject({
    error_code: nullable(textField),
    error_message: nullable(z.string()),
    code: nullable(textField),
    message: nullable(z.string()),
  })
  .transform((wire) => ({
    errorCode: wire.error_code ?? wire.code ?? null,
    errorMessage: wire.error_message ?? wire.message ?? null,
  }));

/** Why something has failed, in either of the API's spellings; empty where it has not. */
export const problemsField = nullable(oneOrMore(problem)).transform((problems) => problems ?? []);

/** Tags, which the API sends as a list of keys and values. */
export const tagsField = nullable(
  z
    .array(z.looseObject({ key: z.string(), value: nullable(z.string()) }))
    .transform((tags) => Object.fromEntries(tags.map(({ key, value }) => [key, value ?? ""]))),
);

/** What the API sent beside the fields known here, under the API's own names. */
export function otherFields(wire: object, known: object): Record<string, unknown> {
  const others = Object.keys(wire).filter((name) => !Object.hasOwn(known, name));
  return Object.fromEntries(others.map((name) => [name, (wire as Record<string, unknown>)[name]]));
}

/** What a schema found wrong, by field, as an error says it; never a value. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const described = issues
    .slice(0, 3)
    .map(({ path, message }) => `${describePath(path)} (${message.replace(/^Invalid input: /, "")})`);
  const more = issues.length > 3 ? ` and ${issues.length - 3} more` : "";
  return `${described.join(", ")}${more}`;
}

function describePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${String(part)}`,
    "",
  );
}
