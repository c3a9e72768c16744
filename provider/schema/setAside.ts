// Sets aside what a schema cannot read of a record, so that the rest of it is read. Called by index.ts.
import type * as z from "zod";
import { plainName } from "./marks";

type Issue = z.core.$ZodIssue;

/** A record that was read, and what of it could not be. */
export interface ReadRecord<Outputs> {
  readonly record: Outputs;
  /** The fields on the wire that count as null, with the type that each had; of a marked one `extra` has the JSON. */
  readonly unreadable: readonly {
    readonly field: string;
    readonly found: string;
    readonly marked?: true;
  }[];
}

/** What is wrong with a time by its old name shows only once everything else is set aside, and there are two of them. */
const mostRounds = 3;

/**
 * Reads a record in which a schema has found something wrong, or marks.ts has. A field that is not strict then counts as
 * null, and a member of a list goes without the fields that are not known; `extra` has both as they were sent, a marked
 * one as its JSON. Of what is wrong with strict fields nothing is set aside: it is returned.
 */
export function readWithout<Outputs extends { readonly extra: Record<string, unknown> }>(
  schema: z.ZodType<Outputs>,
  wire: unknown,
  found: readonly Issue[],
  marked: readonly string[],
  strict: readonly string[],
): ReadRecord<Outputs> | readonly Issue[] {
  const sent = wire as Readonly<Record<string, unknown>>;
  const rest = { ...sent };
  const touched = new Set<string>();
  const unreadable = new Set<string>();
  const message = "Invalid input: expected nothing that Pulumi takes for its own or cannot send";
  let issues: readonly Issue[] = [
    ...marked.map((field): Issue => ({ code: "custom", path: [field], message, input: undefined })),
    ...found,
  ];
  for (let round = 0; round < mostRounds; round++) {
    const decisive = issues.filter(
      ({ code, path }) => code !== "unrecognized_keys" && isStrict(path, strict),
    );
    if (decisive.length > 0) {
      return decisive;
    }
    for (const issue of issues) {
      const field = String(issue.path[0]);
      if (issue.code !== "unrecognized_keys") {
        unreadable.add(field);
        delete rest[field];
      } else if (!unreadable.has(field)) {
        rest[field] = touched.has(field) ? rest[field] : structuredClone(rest[field]);
        takeKeys(rest[field], issue);
      }
      touched.add(field);
    }
    const read = schema.safeParse(rest);
    if (read.success) {
      for (const field of touched) {
        const value = sent[field];
        read.data.extra[plainName(field)] = marked.includes(field) ? JSON.stringify(value) : value;
      }
      return {
        record: read.data,
        unreadable: [...unreadable].map((field) => ({
          field,
          found: typeOf(sent[field]),
          ...(marked.includes(field) ? { marked: true } : {}),
        })),
      };
    }
    issues = read.error.issues;
  }
  return issues;
}

/** Whether something wrong is in a strict field, or in no field at all. */
function isStrict([field]: readonly PropertyKey[], strict: readonly string[]): boolean {
  return field === undefined || strict.includes(String(field));
}

/** Takes the keys that a schema does not know out of a member of a list, which may have come as its only member. */
function takeKeys(field: unknown, { path, keys }: z.core.$ZodIssueUnrecognizedKeys): void {
  let member = field as Record<PropertyKey, unknown>;
  for (const part of path.slice(1)) {
    member = Array.isArray(member) ? member[Number(part)] : member;
  }
  for (const key of keys) {
    delete member[key];
  }
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "an array" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
