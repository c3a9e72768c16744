// The schemas of all records by the names that the definitions of lookups use. Called by record.ts.
// This room knows the wire's names and what the API really sends; whoever reads an answer may enter.
import * as z from "zod";

import type { OutputValues, SchemaName } from "../lookups/definition";
import type { RecordTypes } from "../lookups/records";
import { permissionSchema, quotaSchema, tagSchema, versionSchema } from "./account";
import { connectionSchema, endpointSchema } from "./endpoint";
import { endpointServiceSchema } from "./endpointService";
import { markedFields } from "./marks";
import {
  endpointServiceSummarySchema,
  publicEndpointServiceSchema,
  taggedServiceSchema,
} from "./otherServices";
import { type ReadRecord, readWithout } from "./setAside";

const schemas = {
  connection: connectionSchema,
  endpoint: endpointSchema,
  endpointService: endpointServiceSchema,
  endpointServiceSummary: endpointServiceSummarySchema,
  permission: permissionSchema,
  publicEndpointService: publicEndpointServiceSchema,
  quota: quotaSchema,
  tag: tagSchema,
  taggedService: taggedServiceSchema,
  version: versionSchema,
} as const satisfies { readonly [Name in SchemaName]: z.ZodType<RecordOf<Name>> };

/**
 * The fields of each record, on the wire, without which it is of no use: they identify it, place it, decide something, or
 * are its purpose. One that cannot be read is an error; any other costs itself alone. All fields that a record must have
 * are among them.
 */
export const strictFields: { readonly [Name in SchemaName]: readonly FieldOf<Name>[] } = {
  connection: ["id", "marker_id", "status", "domain_id", "error"],
  // Its purpose is the address at which its service is reached.
  endpoint: [
    "id",
    "status",
    "endpoint_service_id",
    "endpoint_service_name",
    "vpc_id",
    "subnet_id",
    "project_id",
    "ip",
    "error",
  ],
  endpointService: [
    "id",
    "vpc_id",
    "status",
    "ports",
    "service_name",
    "project_id",
    "error",
    "approval_enabled",
  ],
  endpointServiceSummary: ["id", "service_name"],
  permission: ["permission"],
  publicEndpointService: ["id", "service_name"],
  quota: ["type", "used", "quota"],
  tag: ["key", "values"],
  taggedService: ["resource_id", "resource_name", "tags"],
  version: ["id", "status"],
};

/** A record of each schema, which may leave out its project: it is the one that was asked then. */
export type RecordOf<Name extends SchemaName> = RecordTypes[Name] extends { readonly projectId: string }
  ? Omit<RecordTypes[Name], "projectId"> & { readonly projectId: string | null }
  : RecordTypes[Name];

type RecordSchema = (typeof schemas)[SchemaName];

type FieldOf<Name extends SchemaName> = keyof (typeof schemas)[Name]["in"]["shape"];

/** Compiling a schema takes as long as reading this many records without, and more than most programs read. */
const compiledAfter = 500;

const uses = new Map<SchemaName, { schema: RecordSchema; count: number }>();

/** The schema of a record; compiled once it has been used often. */
export function schemaOf(name: SchemaName): RecordSchema {
  let use = uses.get(name);
  if (!use) {
    use = { schema: schemas[name], count: 0 };
    uses.set(name, use);
  }
  use.count++;
  if (use.count === compiledAfter) {
    use.schema = z.compile(use.schema);
  }
  return use.schema;
}

/** A record whose fields nobody asks for by name. */
type AnyRecord = OutputValues & { readonly extra: Record<string, unknown> };

/**
 * Reads a record as the API sent it; what is wrong with its strict fields is returned. `mayHoldMark` is what marks.ts says
 * of the answer that it is from.
 */
export function readFields(
  name: SchemaName,
  wire: unknown,
  mayHoldMark = true,
): ReadRecord<AnyRecord> | readonly z.core.$ZodIssue[] {
  const schema = schemaOf(name) as z.ZodType<object> as z.ZodType<AnyRecord>;
  const read = schema.safeParse(wire);
  const marked = mayHoldMark ? markedFields(wire) : [];
  return read.success && marked.length === 0
    ? { record: read.data, unreadable: [] }
    : readWithout(schema, wire, read.error?.issues ?? [], marked, strictFields[name]);
}

/** Whether an output of a record is null since the field of the same name could not be read. */
export function isUnreadable(record: { readonly extra: object }, output: string): boolean {
  const field = output.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return (record as AnyRecord)[output] === null && Object.hasOwn(record.extra, field);
}
