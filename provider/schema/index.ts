// The schemas of all records by the names that the definitions of lookups use. Called by record.ts.
import type { SchemaName } from "../lookups/definition";
import { permissionSchema, quotaSchema, tagSchema, versionSchema } from "./account";
import { connectionSchema, endpointSchema } from "./endpoint";
import { endpointServiceSchema } from "./endpointService";
import {
  endpointServiceSummarySchema,
  publicEndpointServiceSchema,
  taggedServiceSchema,
} from "./otherServices";

export const schemas = {
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
