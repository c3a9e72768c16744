// The schemas of all records by the names that the definitions of lookups use. Called by record.ts.
// This room knows the wire's names and what the API really sends; whoever reads an answer may enter.
import * as z from "zod";
import type { SchemaName } from "../lookups/definition";
import { permissionSchema, quotaSchema, tagSchema, versionSchema } from "./account";
import { connectionSchema, endpointSchema } from "./endpoint";
import { endpointServiceSchema } from "./endpointService";
import {
  endpointServiceSummarySchema,
  publicEndpointServiceSchema,
  taggedServiceSchema,
} from "./otherServices";

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
} as const satisfies Record<SchemaName, unknown>;

/** A record of each schema. */
export type RecordOf<Name extends SchemaName> = z.output<(typeof schemas)[Name]>;

type RecordSchema = (typeof schemas)[SchemaName];

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
