// What the schemas of all records share: times, by the documents' old names too, fields not known here, and null for what
// is absent. A leaf; used by the record schemas.
import * as z from "zod";

/** A day that exists: in February of leap years there is one more, which is looked at more closely. */
const day =
  "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])";

/** A time that is in UTC already, whether it says so or not. */
const utc = new RegExp(`^\\d{4}-(?:${day})T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?Z?$`);

/** Any other time: Go prints one with the name of its zone after the offset, which alone counts. */
const zoned =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(?:(Z|[+-]\d\d:?\d\d)| ([+-]\d{4}) (?:[A-Z]{1,5}|[+-]\d{2,4}))?$/;

/** A time in UTC with `Z`, its fraction kept digit by digit; undefined when it is none. */
export function utcTime(text: string): string | undefined {
  if (utc.test(text)) {
    return text.endsWith("Z") ? text : `${text}Z`;
  }
  const parts = zoned.exec(text);
  if (!parts) {
    return undefined;
  }
  const [, date = "", time, fraction = "", offset, zone = offset ?? "Z"] = parts;
  // JavaScript moves a day that does not exist into the next month.
  if (!new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date)) {
    return undefined;
  }
  const moment = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(moment) ? undefined : `${new Date(moment).toISOString().slice(0, 19)}${fraction}Z`;
}

/** What the field of a time says: null where it says none, undefined where it cannot be read. */
function readTime(value: unknown): string | null | undefined {
  return value === null || value === "" ? null : typeof value === "string" ? utcTime(value) : undefined;
}

const noTime = {
  code: "custom",
  message: "Invalid input: expected a time such as 2018-01-30T07:42:01Z",
} as const;

/** A time as RFC 3339 in UTC. The API leaves out the zone at times and means UTC; an empty time is none. */
export const timeField = z.string().transform((text, context) => {
  const time = readTime(text);
  if (time === undefined) {
    context.addIssue(noTime);
    return z.NEVER;
  }
  return time;
});

type WireOf<Fields extends z.ZodRawShape> = z.output<z.ZodObject<Fields, z.core.$loose>>;

/** Samples of the documents have times under these names, which else are keys to sort by. */
const oldNames = [
  ["created_at", "create_at"],
  ["updated_at", "update_at"],
] as const;

/**
 * The schema of a record: its fields on the wire, and the outputs that they become. `extra` holds every other field. The
 * members of lists are strict objects: whoever reads the record takes out what they do not know (setAside.ts).
 */
export function recordSchema<Fields extends z.ZodRawShape, Outputs extends object>(
  fields: Fields,
  outputsOf: (wire: WireOf<Fields>, extra: Record<string, unknown>) => Outputs,
) {
  const oldTimes = oldNames.filter(([name]) => Object.hasOwn(fields, name));
  return z.looseObject(fields).transform((wire, context) => {
    const record = wire as Record<string, unknown>;
    for (const [name, oldName] of oldTimes) {
      // Where both came, the one under the old name is a field like any other.
      if ((record[name] ?? null) === null && record[oldName] !== undefined) {
        const time = readTime(record[oldName]);
        if (time === undefined) {
          context.addIssue({ ...noTime, path: [oldName] });
          return z.NEVER;
        }
        record[name] = time;
        record[oldName] = undefined;
      }
    }
    return withNulls(outputsOf(wire, otherFields(record, fields)));
  });
}

/** What the API sent beside the fields known here, under the API's own names. */
function otherFields(wire: Readonly<Record<string, unknown>>, known: object): Record<string, unknown> {
  const others = Object.keys(wire).filter((name) => !Object.hasOwn(known, name) && wire[name] !== undefined);
  return Object.fromEntries(others.map((name) => [name, wire[name]]));
}

type NullForUndefined<Outputs> = {
  [Name in keyof Outputs]: undefined extends Outputs[Name]
    ? Exclude<Outputs[Name], undefined> | null
    : Outputs[Name];
};

/** Outputs in which nothing is absent: null in its place, since Pulumi has no way to say "absent". */
function withNulls<Outputs extends object>(outputs: Outputs): NullForUndefined<Outputs> {
  const record = outputs as Record<string, unknown>;
  for (const name of Object.keys(record)) {
    record[name] ??= null;
  }
  return record as NullForUndefined<Outputs>;
}
