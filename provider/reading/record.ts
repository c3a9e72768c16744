// One record of the API, whole and of the id that was asked for. Called by lookup.ts, and by list.ts for each of many.

import { inBrackets } from "../errors/answerErrors";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import type { Deadline } from "../http/deadline";
import type { ArgumentValues, LookupDefinition, OutputValues } from "../lookups/definition";
import { readFields } from "../schema";
import { describeIssues, shortKey } from "../schema/fields";
import type { LookupAnswer, LookupApi } from "./lookupApi";
import { asksForOne, pathOf, queryOf } from "./path";

/** One record, which must be of the id that was asked for, and of the name by which a list showed that id. */
export async function readRecord(
  definition: LookupDefinition,
  args: ArgumentValues,
  api: LookupApi,
  deadline: Deadline,
  name?: string,
): Promise<OutputValues> {
  const projectId = await api.projectId(deadline);
  const path = pathOf(definition, args, projectId, queryOf(definition, args, api.host));
  const { permission } = definition;
  const answer = await api.send(
    { path, projectId, permission, mayBeMissing: asksForOne(definition) },
    deadline,
  );
  const record = checkedRecord(definition, answer.json, answer, api);
  const other = otherRecord(definition, args, record, name);
  if (other !== undefined) {
    const { requestId } = answer;
    throw new VpcepError(
      "VPCEP_RESPONSE",
      `${api.host} sent another record than the one asked for, ${describeValue(api.clean(other))}${inBrackets(requestId)}. Nothing of it is used; check for a proxy that mixes answers up`,
      { requestId },
    );
  }
  return Object.assign(record, { region: api.region, projectId: record["projectId"] ?? projectId });
}

/** The id or name of a record that is not of the id or the name that was asked for. */
function otherRecord(
  definition: LookupDefinition,
  args: ArgumentValues,
  record: OutputValues,
  name: string | undefined,
): string | undefined {
  const id = args["id"] ?? args["serviceId"];
  const [asked, sent] =
    id === undefined
      ? [args["serviceName"], record["serviceName"]]
      : [id, record[definition.identity ?? "serviceId"]];
  if (asked !== undefined && !isSameText(asked, sent)) {
    return String(sent);
  }
  const { serviceName } = record;
  return name === undefined || isNamed(serviceName, name) ? undefined : String(serviceName);
}

/** Whether two texts of the API are one: it compares without case. */
export function isSameText(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

/** Whether a service has this name: as its full name, or as the part of `region.name.id` that its owner has chosen. */
export function isNamed(serviceName: unknown, name: string): boolean {
  const parts = String(serviceName ?? "").split(".");
  return serviceName === name || (parts.length > 2 && parts.slice(1, -1).join(".") === name);
}

/**
 * A record, or an error that names what is wrong with the fields that matter. Any other that cannot be read costs itself
 * alone, and is said.
 */
export function checkedRecord(
  { record: kind }: LookupDefinition,
  wire: unknown,
  answer: LookupAnswer,
  api: LookupApi,
): OutputValues {
  const read = readFields(kind, wire, answer.mayHoldMark);
  if (!("record" in read)) {
    throw notWhole(describeIssues(read), answer, api);
  }
  for (const { field, found, marked } of read.unreadable) {
    const [problem, kept] = marked
      ? ["that Pulumi would not take as it is", "its JSON as a string"]
      : ["that cannot be read", "it as it was sent"];
    api.warn(
      `${kind}.${field}`,
      `The API's field ${shortKey(field)} (record ${kind}) is ${found} ${problem}: it counts as null, and extra has ${kept}`,
    );
  }
  return read.record;
}

/** The error for an answer of which nothing is used. */
export function notWhole(what: string, { requestId }: LookupAnswer, { host }: LookupApi): VpcepError {
  return new VpcepError(
    "VPCEP_RESPONSE",
    `the record that ${host} sent is not whole: ${what}${inBrackets(requestId)}. Nothing of it is used; check that ${host} is the cloud's own host`,
    { requestId },
  );
}
