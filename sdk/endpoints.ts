// The lookups of VPC endpoints, the consumers' side of endpoint services.
import type * as pulumi from "@pulumi/pulumi";
import { endpoint } from "../provider/lookups/endpoint";
import { endpoints } from "../provider/lookups/endpoints";
import type { EndpointServiceError } from "./endpointService";
import type { ListOutputs, PlaceArgs, SortArgs } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** What to look up. */
export interface GetEndpointArgs extends PlaceArgs {
  /** The id of the endpoint. */
  id: pulumi.Input<string>;
}

/** A VPC endpoint. */
export interface EndpointRecord {
  /** The endpoint's own id. */
  endpointId: string;
  /** The service it is connected to. */
  serviceId: string | null;
  /** The full name of that service. */
  serviceName: string | null;
  /** `interface` or `gateway`. */
  serviceType: string | null;
  /** The state: `pendingAcceptance`, `creating`, `accepted`, `rejected`, `failed` or `deleting`. */
  status: string;
  /** Whether the account is frozen: `frozen` or `active`. */
  activeStatus: string[] | null;
  /** `enable` or `disable`. */
  enableStatus: string | null;
  /** The specification. */
  specificationName: string | null;
  /** The packet identifier, as a string. */
  markerId: string | null;
  /** Whether it has domain names of its own. */
  enableDns: boolean | null;
  /** Its domain names. */
  dnsNames: string[] | null;
  /** Its address. */
  ip: string | null;
  /** Its VPC. */
  vpcId: string | null;
  /** Its subnet. */
  subnetId: string | null;
  /** The project that owns it. */
  projectId: string | null;
  /** When it was created: RFC 3339 in UTC. */
  createdAt: string | null;
  /** When it was last changed: RFC 3339 in UTC. */
  updatedAt: string | null;
  /** Its tags. */
  tags: Record<string, string> | null;
  /** Why it has failed; empty for one that has not. */
  error: EndpointServiceError[];
  /** The addresses that may use it. */
  whitelist: string[] | null;
  /** Whether the whitelist counts. */
  enableWhitelist: boolean | null;
  /** The route tables of a gateway endpoint. */
  routeTables: string[] | null;
  /** Its description. */
  description: string | null;
  /** Its policy, as statements. */
  policyStatement: { effect: string; action: string[]; resource: string[] }[] | null;
  /** Its policy, as a document. */
  policyDocument: unknown;
  /** The cluster it is on. */
  endpointPoolId: string | null;
  /** The edge pool. */
  publicBorderGroup: string | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  extra: Record<string, unknown>;
}

/**
 * Looks up a VPC endpoint.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpoint } from "pulumi-vpcep";
 *
 * export const address = getEndpoint("orders", { id: "16bd2e5a-2a1f-4a1e-8e3a-1f1f3d6b7c55" }).ip;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointInfoDetails.html
 */
export function getEndpoint(
  name: string,
  args: GetEndpointArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointRecord & { region: string }> {
  return lookUp(endpoint, name, args, opts, getEndpoint);
}

/** A filter; every part that is given has to match. */
export interface GetEndpointsArgs extends PlaceArgs, SortArgs {
  /** The id of one endpoint. */
  endpointId?: pulumi.Input<string> | undefined;
  /** A part of the name of the service. */
  serviceName?: pulumi.Input<string> | undefined;
  /** The VPC of the endpoints. */
  vpcId?: pulumi.Input<string> | undefined;
  /** The edge pool. */
  publicBorderGroup?: pulumi.Input<string> | undefined;
}

/** What {@link getEndpoints} gives. */
export interface Endpoints extends ListOutputs {
  /** The endpoints, in the API's order. */
  endpoints: EndpointRecord[];
}

/**
 * Looks up the VPC endpoints of a project.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpoints } from "pulumi-vpcep";
 *
 * export const count = getEndpoints("all").totalCount;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpoints.html
 */
export function getEndpoints(
  name: string,
  args: GetEndpointsArgs = {},
  opts?: pulumi.CustomResourceOptions,
): Lookup<Endpoints> {
  return lookUp(endpoints, name, args, opts, getEndpoints);
}
