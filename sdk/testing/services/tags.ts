// The queries by tag: which tags a project's resources have, and which resources have given tags.
// Imports answers and paging. Called by routes.ts.
import type { WireRecord } from "../options/options";
import { type Answer, success, unknownPath, vpcepRefusal } from "../replies/answers";
import type { Call } from "../state/call";
import { integer } from "./page";

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A condition on one key; no values at all stands for any. */
interface TagCondition {
  readonly key: string;
  readonly values?: readonly string[];
}

export function listTags(call: Call): Answer {
  const values = new Map<string, Set<string>>();
  for (const { key, value } of resources(call).flatMap(tagsOf)) {
    values.set(key, (values.get(key) ?? new Set()).add(value));
  }
  return success({ tags: [...values].map(([key, found]) => ({ key, values: [...found] })) });
}

/** `POST …/resource_instances/action`: lists or counts; it changes nothing. */
export function listResourceInstances(call: Call): Answer {
  const body = parseBody(call.request.body);
  if (body["action"] !== "filter" && body["action"] !== "count") {
    throw vpcepRefusal(400, "EndPoint.0007", "Invalid action.");
  }
  const limit = integer(body["limit"], 1000, 1000, "EndPoint.0006", "Invalid limit.");
  const offset = integer(body["offset"], 0, Number.MAX_SAFE_INTEGER, "EndPoint.0010", "Invalid offset.");
  const found = resources(call).filter((record) => matches(record, nameOf(record, call), body));
  if (body["action"] === "count") {
    return success({ total_count: found.length });
  }
  const page = found.slice(offset, offset + limit).map((record) => ({
    resource_id: record["id"],
    resource_name: nameOf(record, call),
    tags: tagsOf(record),
  }));
  return success({ resources: page, total_count: found.length });
}

function resources({ data, parameters }: Call): WireRecord[] {
  switch (parameters.resourceType) {
    case "endpoint_service":
      return data.services(parameters.projectId);
    case "endpoint":
      return data.endpointsOf(parameters.projectId);
    default:
      throw unknownPath();
  }
}

function nameOf(record: WireRecord, { parameters }: Call): string {
  return String(
    record[parameters.resourceType === "endpoint" ? "endpoint_service_name" : "service_name"] ?? "",
  );
}

function tagsOf(record: WireRecord): Tag[] {
  return Array.isArray(record["tags"]) ? (record["tags"] as Tag[]) : [];
}

function matches(record: WireRecord, name: string, body: WireRecord): boolean {
  const tags = tagsOf(record);
  const holds = ({ key, values = [] }: TagCondition): boolean =>
    tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value)));
  const conditions = (field: string): TagCondition[] => listOf<TagCondition>(body, field);
  const some = (field: string): boolean => conditions(field).length === 0 || conditions(field).some(holds);
  return (
    conditions("tags").every(holds) &&
    some("tags_any") &&
    !(conditions("not_tags").length > 0 && conditions("not_tags").every(holds)) &&
    !conditions("not_tags_any").some(holds) &&
    (body["without_any_tag"] !== true || tags.length === 0) &&
    listOf<Tag>(body, "matches").every(({ key, value }) => key !== "resource_name" || name.includes(value))
  );
}

function listOf<Item extends Tag | TagCondition>(body: WireRecord, field: string): Item[] {
  const list = body[field] ?? [];
  if (!Array.isArray(list) || !list.every((item) => typeof item?.key === "string")) {
    throw vpcepRefusal(400, "EndPoint.0002", "Parameter error.");
  }
  return list as Item[];
}

/** VPCEP answers 504 to a missing body, as it does to a time-out. */
/** A body as an object, or the refusal of anything else. */
export function parseBody(text: string): WireRecord {
  if (text === "") {
    throw vpcepRefusal(504, "EndPoint.0011", "The request body is null.");
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (!(body instanceof Object)) {
    throw vpcepRefusal(400, "EndPoint.0002", "Parameter error.");
  }
  return body as WireRecord;
}
