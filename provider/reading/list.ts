// The records of a list, all pages of it. Called by lookup.ts.
import type { Deadline } from "../http/deadline";
import type { ArgumentValues, LookupDefinition, OutputValues } from "../lookups/definition";
import { describeIssues } from "../schema/fields";
import { identitiesOf, pageQuery, readPage, tagFilterBody } from "../schema/listing";
import { withinBounds } from "./bounds";
import type { LookupApi } from "./lookupApi";
import { type Page, readAllPages } from "./paginator";
import { pathOf, queryOf } from "./path";
import { checkedRecord, notWhole } from "./record";

/** Every record of a list, all pages of it. Where it shows others than it announces, a line says so. */
export async function readList(
  definition: LookupDefinition,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<OutputValues[]> {
  const { wire = "", pageSize: limit, body: filter } = definition.list ?? {};
  const projectId = definition.path.includes("{projectId}") ? await api.projectId(deadline) : "";
  const query = queryOf(definition, args, api.host);
  const { records, announced } = await withinBounds(api, deadline, undefined, (bounded, progress) => {
    const page = (offset: number, found: number): Promise<Page<OutputValues>> =>
      deadline.part(async (part) => {
        progress.records = found;
        const paged = limit === undefined || filter ? query : [...query, ...pageQuery(offset, limit)];
        const path = pathOf(definition, args, projectId, paged);
        const body = filter ? { body: tagFilterBody(args, offset, limit ?? 0) } : {};
        const answer = await bounded.send(
          { path, projectId, permission: definition.permission, isPage: true, ...body },
          part,
        );
        const read = readPage(answer.json, wire, limit !== undefined);
        if (!read.success) {
          throw notWhole(describeIssues(read.error.issues), answer, api);
        }
        const { records, announced } = read.data;
        progress.announced = announced;
        const identities = identitiesOf(definition.record, records);
        const entries = identities.map((identity, index) => ({
          identity,
          record: inProject(checkedRecord(definition, records[index], answer, api), projectId),
        }));
        return { entries, announced };
      });
    return readAllPages(page, limit);
  });
  if (announced !== undefined && announced !== records.length) {
    const rest =
      announced > records.length ? "the rest is not this credential's to see" : "all of them are used";
    api.warn(
      `${api.subject()}: totals`,
      api.clean(
        `${api.subject()}: ${api.host} announces ${announced} records and shows ${records.length}, the same when read again, with none after them; ${rest}`,
      ),
    );
  }
  return records;
}

/** A record whose own project is the one that was asked where the API leaves it out. */
function inProject(record: OutputValues, projectId: string): OutputValues {
  return record["projectId"] === null ? Object.assign(record, { projectId }) : record;
}
