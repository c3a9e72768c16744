// The paging, sorting and filtering that all of VPCEP's lists share, with its codes for wrong parameters.
// Imports answers. Called by endpointServices.ts, endpoints.ts and tags.ts.
import type { WireRecord } from "../options/options";
import { vpcepRefusal } from "../replies/answers";

/** Huawei Cloud documents the first two, Open Telekom Cloud the others. */
const sortKeys: Readonly<Record<string, readonly string[]>> = {
  create_at: ["created_at"],
  update_at: ["updated_at", "update_at"],
  created_at: ["created_at"],
  updated_at: ["updated_at", "update_at"],
};

/** One page of a list under its name, beside the count of all that the filters let through. */
export function page(
  name: string,
  records: readonly WireRecord[],
  query: URLSearchParams,
  maximumLimit = 1000,
): object {
  const limit = integer(query.get("limit"), 10, maximumLimit, "EndPoint.0006", "Invalid limit.");
  const offset = integer(query.get("offset"), 0, Number.MAX_SAFE_INTEGER, "EndPoint.0010", "Invalid offset.");
  const sorted = sort(records, query.get("sort_key") ?? "create_at", query.get("sort_dir") ?? "desc");
  return { [name]: sorted.slice(offset, offset + limit), total_count: records.length };
}

/** A parameter that must be a non-negative integer of at most `maximum`. */
export function integer(
  value: unknown,
  absent: number,
  maximum: number,
  code: string,
  message: string,
): number {
  if (value === null || value === undefined) {
    return absent;
  }
  const number = /^\d{1,16}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!(number <= maximum)) {
    throw vpcepRefusal(400, code, message);
  }
  return number;
}

/** The records whose field equals the parameter of the same name; all of them when it is absent. */
export function filterEqual(
  records: readonly WireRecord[],
  query: URLSearchParams,
  names: readonly string[],
): WireRecord[] {
  const wanted = names.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return records.filter((record) => wanted.every(([name, value]) => String(record[name]) === value));
}

/** The records whose field contains the text, in any case; all of them when it is absent. */
export function filterContaining(
  records: readonly WireRecord[],
  field: string,
  text: string | null,
): WireRecord[] {
  const wanted = (text ?? "").toLowerCase();
  return records.filter((record) =>
    String(record[field] ?? "")
      .toLowerCase()
      .includes(wanted),
  );
}

/** Refuses a status that the list does not know. */
export function checkStatus(query: URLSearchParams, known: readonly string[]): void {
  const status = query.get("status");
  if (status !== null && !known.includes(status)) {
    throw vpcepRefusal(400, "EndPoint.0019", "Invalid status.");
  }
}

function sort(records: readonly WireRecord[], key: string, direction: string): WireRecord[] {
  const fields = Object.hasOwn(sortKeys, key) ? sortKeys[key] : undefined;
  if (fields === undefined) {
    throw vpcepRefusal(400, "EndPoint.0017", "Invalid sort_key.");
  }
  if (direction !== "asc" && direction !== "desc") {
    throw vpcepRefusal(400, "EndPoint.0018", "Invalid sort_dir.");
  }
  const timeOf = (record: WireRecord): string =>
    String(fields.map((field) => record[field]).find((value) => value !== undefined) ?? "");
  const sign = direction === "asc" ? 1 : -1;
  return records.toSorted((a, b) => {
    const [left, right] = [timeOf(a), timeOf(b)];
    return left < right ? -sign : left > right ? sign : 0;
  });
}
