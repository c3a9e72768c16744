// Settings of a configuration that are objects, such as a role: their members as texts, whatever else is in them refused
// by its name and never shown. Called by families.ts.
import { describeValue, meant } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { JsonProblem, parseJson } from "../http/json";
import { membersOf, type ObjectKey } from "./table";

/** The objects that may also be lists of objects. */
export const lists: readonly ObjectKey[] = ["assumeRole"];

/** One object: the values of its members by their keys in the table, and what an error calls it. */
export interface ReadObject {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** The value of a setting as a stack's configuration has it, in JSON. */
export function parseObject(name: string, text: string | undefined): unknown {
  if (text === undefined || text === "") {
    return undefined;
  }
  try {
    return parseJson(text);
  } catch (error) {
    const twice = error instanceof JsonProblem && error.key !== undefined ? `: ${error.message}` : "";
    // Only a key of a stack's configuration is set by the command line.
    const how = /^\w+:/.test(name) ? `, as \`pulumi config set --path ${name}.MEMBER VALUE\` makes one,` : "";
    throw problem(`${name} must be an object${how} but is no JSON${twice}`);
  }
}

/** What a setting that is an object holds: one object, or several where it is a list; undefined where it is not set. */
export function readObject(
  name: string,
  key: ObjectKey,
  value: unknown,
): ReadObject | readonly ReadObject[] | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (lists.includes(key) && Array.isArray(value)) {
    return value.map((each, at) => membersIn(`${name}[${at}]`, key, each));
  }
  return membersIn(name, key, value);
}

function membersIn(name: string, key: ObjectKey, value: unknown): ReadObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const also = lists.includes(key) ? " or a list of objects" : "";
    const what = typeof value === "string" ? "a string" : describeValue(value);
    throw problem(`${name} must be an object${also}, but is ${what}`);
  }
  const known = membersOf.get(key) ?? [];
  const values = new Map<string, string>();
  for (const [member, given] of Object.entries(value)) {
    const found = known.find((candidate) => candidate === `${key}.${member}`);
    if (!found) {
      const names = known.map((candidate) => candidate.slice(key.length + 1)).join(", ");
      throw problem(
        `${name} has no member ${describeValue(member)}. Its members are ${names}${meant(member, names.split(", "))}`,
      );
    }
    const text = textOf(given);
    if (text === undefined) {
      throw problem(`${name}.${member} must be a string, but is ${describeValue(given)}`);
    }
    values.set(found, text);
  }
  // Nobody means to ask without what is named here.
  if (![...values.values()].some((text) => text !== "")) {
    throw problem(`${name} has no member that is set: set them, or unset it`);
  }
  return { name, values };
}

/** Nothing is the empty text; Pulumi's configuration makes a number of whatever looks like one. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return "";
  }
  return typeof value === "string" || Number.isSafeInteger(value) ? String(value) : undefined;
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
