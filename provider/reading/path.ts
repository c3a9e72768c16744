// The path and query of a lookup's requests, and its name in a sentence, from its definition and its arguments. Pure;
// called by record.ts, list.ts and the client.

import type { ArgumentValues, LookupDefinition } from "../lookups/definition";
import { sortQuery } from "../schema/listing";

/** What a lookup reads, as an error or a line names it: without the values of those arguments that are secret. */
export function subjectOf(
  definition: LookupDefinition,
  args: ArgumentValues,
  secretArguments: readonly string[],
): string {
  return definition.subject.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    secretArguments.includes(name) ? "[secret]" : String(args[name]),
  );
}

/** What a lookup reads, without the value of any argument. */
export function kindOf({ subject }: LookupDefinition): string {
  return subject.replace(/ ?\{\w+\}/g, "");
}

/** The path and the query of one request; `query` in the order it is sent. */
export function pathOf(
  definition: LookupDefinition,
  args: ArgumentValues,
  projectId: string,
  query: readonly (readonly [string, string])[],
): string {
  let path = "";
  for (const part of templateOf(definition).path) {
    const value = part.name === "projectId" ? projectId : args[part.name];
    path += part.name === "" ? part.text : part.text + encodeURIComponent(String(value));
  }
  const search = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  return search === "" ? path : `${path}?${search}`;
}

/** What the arguments of a lookup ask for in the query. `host` is the one that is asked: clouds sort by different names. */
export function queryOf(
  definition: LookupDefinition,
  args: ArgumentValues,
  host: string,
): [string, string][] {
  const query: [string, string][] = [];
  for (const [name, key] of templateOf(definition).query) {
    if (args[name] !== undefined) {
      query.push([key, String(args[name])]);
    }
  }
  return args["sortKey"] === undefined ? query : [...query, ...sortQuery(args["sortKey"], host)];
}

/** Whether the request asks for one object, by itself or as whose list: a path without its id is there for every project. */
export function asksForOne({ list, path, arguments: known }: LookupDefinition): boolean {
  const ids = Object.keys(known).filter((name) => known[name]?.rule === "id" && name !== "projectId");
  return list === undefined || ids.some((name) => path.includes(`{${name}}`));
}

/** A definition's path and query, taken apart once. */
interface Template {
  /** Texts, each followed by the value of a name where it has one. */
  readonly path: readonly { readonly text: string; readonly name: string }[];
  /** The arguments that go into the query, and the names they have there. */
  readonly query: readonly (readonly [string, string])[];
}

const templates = new WeakMap<LookupDefinition, Template>();

function templateOf(definition: LookupDefinition): Template {
  let template = templates.get(definition);
  if (!template) {
    const path = [...definition.path.matchAll(/([^{]*)(?:\{(\w+)\})?/g)].map(([, text = "", name = ""]) => ({
      text,
      name,
    }));
    const query = Object.entries(definition.arguments).flatMap(([name, argument]): [string, string][] =>
      argument.query === undefined ? [] : [[name, argument.query]],
    );
    template = { path, query };
    templates.set(definition, template);
  }
  return template;
}
