// The records of a list, all pages of it. Called by lookup.ts.
import { isDeepStrictEqual } from "node:util";
import { inBrackets } from "../errors/answerErrors";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import type { Deadline } from "../http/deadline";
import type { ArgumentValues, LookupDefinition, OutputValues } from "../lookups/definition";
import { describeIssues } from "../schema/fields";
import { identitiesOf, pageQuery, readPage, tagFilterBody } from "../schema/listing";
import { withinBounds } from "./bounds";
import type { LookupApi } from "./lookupApi";
import { type Page, readAllPages, type WholeList } from "./paginator";
import { asksForOne, pathOf, queryOf } from "./path";
import { checkedRecord, isSameText, notWhole } from "./record";

/** Every record of a list, all pages of it. Where it shows others than it announces, a line says so. */
export async function readList(
  definition: LookupDefinition,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
): Promise<WholeList<OutputValues>> {
  const { wire = "", pageSize: limit, body: filter } = definition.list ?? {};
  const projectId = definition.path.includes("{projectId}") ? await api.projectId(deadline) : "";
  const query = queryOf(definition, args, api.host);
  const mayBeMissing = asksForOne(definition);
  const { records, announced } = await withinBounds(api, deadline, undefined, (bounded, progress) => {
    const page = (offset: number, found: number): Promise<Page<OutputValues>> =>
      deadline.part(async (part) => {
        progress.records = found;
        const paged = limit === undefined || filter ? query : [...query, ...pageQuery(offset, limit)];
        const path = pathOf(definition, args, projectId, paged);
        const body = filter ? { body: tagFilterBody(args, offset, limit ?? 0) } : {};
        const answer = await bounded.send(
          { path, projectId, permission: definition.permission, mayBeMissing, isPage: true, ...body },
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
        const problem =
          contradiction(definition, entries, records) ?? beyondFilter(definition, args, entries);
        if (problem !== undefined) {
          throw new VpcepError(
            "VPCEP_RESPONSE",
            `${api.host} sent ${api.clean(problem)}${inBrackets(answer.requestId)}. Nothing of the list is used; check for a proxy that mixes answers up`,
            { requestId: answer.requestId },
          );
        }
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
  return { records, announced };
}

type Entries = Page<OutputValues>["entries"];

/** Two records of one page that say different things of what is one by its id. */
function contradiction(
  { list }: LookupDefinition,
  entries: Entries,
  wire: readonly unknown[],
): string | undefined {
  const { unique } = list ?? {};
  const seen = new Map<unknown, unknown>();
  for (const [index, { record }] of unique === undefined ? [] : entries.entries()) {
    const id = String(record[unique as string]).toLowerCase();
    if (seen.has(id) && !isDeepStrictEqual(seen.get(id), wire[index])) {
      return `two records of the id ${describeValue(record[unique as string])} that differ`;
    }
    seen.set(id, wire[index]);
  }
  return undefined;
}

/** A record that an exact filter of the arguments leaves out. What cannot be read contradicts nothing. */
function beyondFilter(
  definition: LookupDefinition,
  args: ArgumentValues,
  entries: Entries,
): string | undefined {
  for (const [name, { filters }] of Object.entries(definition.arguments)) {
    if (filters === undefined || args[name] === undefined) {
      continue;
    }
    const other = entries.find(
      ({ record }) =>
        (record[filters] ?? undefined) !== undefined && !isSameText(record[filters], args[name]),
    );
    if (other) {
      return `a record with ${filters} ${describeValue(other.record[filters])}, which the filter ${name} leaves out`;
    }
  }
  return undefined;
}

/** A record whose own project is the one that was asked where the API leaves it out. */
function inProject(record: OutputValues, projectId: string): OutputValues {
  return record["projectId"] === null ? Object.assign(record, { projectId }) : record;
}
