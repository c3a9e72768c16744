// The wire around the records of a list: pages, totals, identities, order, and the filter by tags. Called by list.ts and
// path.ts.
import * as z from "zod";
import type { SchemaName } from "../lookups/definition";
import { wholeNumberField } from "./fields";

const count = wholeNumberField.pipe(z.int().min(0));

/** One page of a list, its records still as the API sent them. */
interface WirePage {
  readonly records: readonly unknown[];
  /** How many there are on all pages together; a list without pages need not say it. */
  readonly announced: number | undefined;
}

/** Reads the records under `path`, dots between levels, and how many are announced. */
export function readPage(json: Record<string, unknown>, path: string, paged: boolean) {
  const schema = z.unknown().transform((_, context): WirePage => {
    let value: unknown = json;
    for (const name of path.split(".")) {
      value = (value as Record<string, unknown> | undefined)?.[name];
    }
    if (!Array.isArray(value)) {
      context.addIssue({ code: "custom", path: path.split("."), message: "expected array" });
      return z.NEVER;
    }
    const announced = count.safeParse(json["total_count"]);
    if (paged && !announced.success) {
      const { message } = announced.error.issues[0] as z.core.$ZodIssue;
      context.addIssue({ code: "custom", path: ["total_count"], message });
      return z.NEVER;
    }
    return { records: value, announced: announced.data };
  });
  return schema.safeParse(json);
}

/** The field that tells each kind of record from the others of its list, and what to look at where it is empty. */
const identities: Readonly<Record<SchemaName, readonly string[]>> = {
  connection: ["marker_id", "id"],
  endpoint: ["id"],
  endpointService: ["id"],
  endpointServiceSummary: ["id"],
  permission: ["id", "permission"],
  publicEndpointService: ["id"],
  quota: ["type"],
  tag: ["key"],
  taggedService: ["resource_id"],
  version: ["id"],
};

/** What tells the records of a page from each other and from those of other pages; equal for equal records alone. */
export function identitiesOf(kind: SchemaName, records: readonly unknown[]): string[] {
  const names = identities[kind];
  const all = records.map((record) => {
    const fields = (record ?? {}) as Record<string, unknown>;
    const name = names.find((name) => fields[name]);
    return JSON.stringify(name === undefined ? record : [name, fields[name]]);
  });
  if (new Set(all).size === all.length) {
    return all;
  }
  // Records of one identity on one page are as many as they differ.
  const numbers = new Map<string, Map<string, number>>();
  return all.map((identity, index) => {
    const contents = numbers.get(identity) ?? new Map<string, number>();
    numbers.set(identity, contents);
    const content = JSON.stringify(records[index]);
    const number = contents.get(content) ?? contents.size;
    contents.set(content, number);
    return number === 0 ? identity : `${identity} ${number}`;
  });
}

/** The query of one page. */
export function pageQuery(offset: number, limit: number): [string, string][] {
  return [
    ["limit", String(limit)],
    ["offset", String(offset)],
  ];
}

/** The key to sort by, which one cloud spells like its fields and the others do not. */
export function sortQuery(sortKey: unknown, host: string): [string, string][] {
  const suffix = host.endsWith("otc.t-systems.com") ? "d_at" : "_at";
  return [["sort_key", sortKey === "createdAt" ? `create${suffix}` : `update${suffix}`]];
}

/** The body of the filter by tags; its numbers are strings. */
export function tagFilterBody(
  args: Readonly<Record<string, unknown>>,
  offset: number,
  limit: number,
): string {
  return JSON.stringify({
    action: "filter",
    limit: String(limit),
    offset: String(offset),
    tags: args["tags"],
    tags_any: args["tagsAny"],
    not_tags: args["notTags"],
    not_tags_any: args["notTagsAny"],
    without_any_tag: args["withoutAnyTag"],
    matches:
      args["serviceName"] === undefined ? undefined : [{ key: "resource_name", value: args["serviceName"] }],
  });
}
