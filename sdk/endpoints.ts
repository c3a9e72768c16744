// The lookups of VPC endpoints, the consumers' side of endpoint services.

import type * as pulumi from "@pulumi/pulumi";
import { endpoint } from "../provider/lookups/endpoint";
import { endpoints } from "../provider/lookups/endpoints";
import type { EndpointRecord } from "../provider/lookups/records";
import type { ListOutputs, PlaceArgs, ReadPlace, SortArgs } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** What to look up. */
export interface GetEndpointArgs extends PlaceArgs {
  /** The id of the endpoint. */
  id: pulumi.Input<string>;
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
): Lookup<EndpointRecord & ReadPlace> {
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
  readonly endpoints: readonly EndpointRecord[];
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
