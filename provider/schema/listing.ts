// The wire around the records of a list: pages, totals, order, and the filter by tags. Called by list.ts and path.ts.
import * as z from "zod";

const total = z.looseObject({ total_count: z.int().min(0) });

/** One page of a list, its records still as the API sent them. */
interface WirePage {
  readonly records: readonly unknown[];
  readonly totalCount: number;
}

/** Reads the records under `path`, dots between levels, and how many there are on all pages together. */
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
    const count = total.safeParse(json);
    if (paged && !count.success) {
      context.addIssue({ code: "custom", path: ["total_count"], message: "expected number" });
      return z.NEVER;
    }
    return { records: value, totalCount: count.data?.total_count ?? value.length };
  });
  return schema.safeParse(json);
}

/** What tells one record of a list from another. */
export function identityOf(record: unknown): string {
  const fields = (typeof record === "object" && record !== null ? record : {}) as Record<string, unknown>;
  const id = fields["id"] ?? fields["resource_id"];
  return typeof id === "string" ? id : JSON.stringify(record);
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

/** One condition on tags. */
export interface TagFilter {
  readonly key: string;
  readonly values: readonly string[];
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
