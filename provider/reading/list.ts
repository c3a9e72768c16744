// The records of a list, all pages of it. Called by lookup.ts.
import type { Deadline } from "../http/deadline";
import type { ArgumentValues, LookupDefinition, OutputValues } from "../lookups/definition";
import { describeIssues } from "../schema/fields";
import { identityOf, pageQuery, readPage, tagFilterBody } from "../schema/listing";
import type { LookupApi } from "./lookupApi";
import { type Page, readAllPages } from "./paginator";
import { pathOf, queryOf } from "./path";
import { checkedRecord, notWhole } from "./record";

/** Every record of a list, all pages of it. */
export async function readList(
  definition: LookupDefinition,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<OutputValues[]> {
  const { wire = "", pageSize: limit, body: filter } = definition.list ?? {};
  const projectId = definition.path.includes("{projectId}") ? await api.projectId(deadline) : "";
  const query = queryOf(definition, args, api.host);
  const page = (offset: number): Promise<Page<OutputValues>> =>
    deadline.part(async (part) => {
      const paged = limit === undefined || filter ? query : [...query, ...pageQuery(offset, limit)];
      const path = pathOf(definition, args, projectId, paged);
      const body = filter ? { body: tagFilterBody(args, offset, limit ?? 0) } : {};
      const answer = await api.send(
        { path, projectId, permission: definition.permission, isPage: true, ...body },
        part,
      );
      const read = readPage(answer.json, wire, limit !== undefined);
      if (!read.success) {
        throw notWhole(describeIssues(read.error.issues), answer, api);
      }
      const { records, totalCount } = read.data;
      const entries = records.map((wire) => {
        const record = checkedRecord(definition, wire, answer, api);
        return { identity: identityOf(wire), record: inProject(record, projectId) };
      });
      return { entries, totalCount };
    });
  return limit === undefined ? (await page(0)).entries.map(({ record }) => record) : await readAllPages(page);
}

/** A record whose own project is the one that was asked where the API leaves it out. */
function inProject(record: OutputValues, projectId: string): OutputValues {
  return record["projectId"] === null ? Object.assign(record, { projectId }) : record;
}
