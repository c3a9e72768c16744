// Every lookup by its name. Loads nothing else, since programs load it; used by sdk/, read.ts and the README's test.
import { endpoint } from "./endpoint";
import { endpointService } from "./endpointService";
import { endpointServiceByName } from "./endpointServiceByName";
import { endpointServiceConnections } from "./endpointServiceConnections";
import { endpointServicePermissions } from "./endpointServicePermissions";
import { endpointServiceSummary } from "./endpointServiceSummary";
import { endpointServices } from "./endpointServices";
import { endpointServicesByTags } from "./endpointServicesByTags";
import { endpoints } from "./endpoints";
import { publicEndpointServices } from "./publicEndpointServices";
import { quotas } from "./quotas";
import { tags } from "./tags";
import { versions } from "./versions";

export const lookups = {
  endpointService,
  endpointServices,
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

/** The name of a lookup. */
export type LookupName = keyof typeof lookups;
