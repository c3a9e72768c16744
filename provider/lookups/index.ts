// Every lookup by its name. Loads nothing else, since programs load it; used by sdk/, read.ts and the test of docs/lookups.md.
import type { LookupDefinition } from "./definition";
import { endpoint } from "./endpoint";
import { endpointService } from "./endpointService";
import { endpointServiceByName } from "./endpointServiceByName";
import { endpointServiceConnections } from "./endpointServiceConnections";
import { endpointServicePermissions } from "./endpointServicePermissions";
import { endpointServiceSummary } from "./endpointServiceSummary";
import { endpointServices } from "./endpointServices";
import { endpointServicesByIds } from "./endpointServicesByIds";
import { endpointServicesByTags } from "./endpointServicesByTags";
import { endpoints } from "./endpoints";
import { optionalEndpointService } from "./optionalEndpointService";
import { publicEndpointServices } from "./publicEndpointServices";
import { quotas } from "./quotas";
import { tags } from "./tags";
import { versions } from "./versions";

export const lookups = {
  endpointService,
  optionalEndpointService,
  endpointServices,
  endpointServicesByIds,
  endpointServiceByName,
  endpointServiceSummary,
  publicEndpointServices,
  endpointServiceConnections,
  endpointServicePermissions,
  endpoint,
  endpoints,
  quotas,
  tags,
  endpointServicesByTags,
  versions,
} as const;

/** The definition of a lookup, or undefined where there is none of that name. */
export function definitionOf(name: unknown): LookupDefinition | undefined {
  return typeof name === "string" && Object.hasOwn(lookups, name) ? lookups[name as LookupName] : undefined;
}

/** The name of a lookup. */
export type LookupName = keyof typeof lookups;
