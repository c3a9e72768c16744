// The lookups of who is connected to an endpoint service, and of who may be.

import type * as pulumi from "@pulumi/pulumi";
import { endpointServiceConnections } from "../provider/lookups/endpointServiceConnections";
import { endpointServicePermissions } from "../provider/lookups/endpointServicePermissions";
import type { EndpointServiceConnection, EndpointServicePermission } from "../provider/lookups/records";
import type { ListOutputs, PlaceArgs, SortArgs } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** The service, and a filter over its connections. */
export interface GetEndpointServiceConnectionsArgs extends PlaceArgs, SortArgs {
  /** The id of the service. */
  serviceId: pulumi.Input<string>;
  /** The id of one endpoint. */
  endpointId?: pulumi.Input<string> | undefined;
  /** The packet identifier of one endpoint. */
  markerId?: pulumi.Input<string> | undefined;
  /** The state: `pendingAcceptance`, `creating`, `accepted`, `rejected`, `failed` or `deleting`. */
  status?: pulumi.Input<string> | undefined;
}

/** What {@link getEndpointServiceConnections} gives. */
export interface EndpointServiceConnections extends ListOutputs {
  /** The connections, in the API's order. */
  readonly connections: readonly EndpointServiceConnection[];
}

/**
 * Looks up the connections to an endpoint service.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpointServiceConnections } from "pulumi-vpcep";
 *
 * const { connections } = getEndpointServiceConnections("orders", {
 *   serviceId: "4189d3c2-8882-4871-a3c2-d380272eed83",
 *   status: "pendingAcceptance",
 * });
 * export const waiting = connections.apply((all) => all.map(({ endpointId }) => endpointId));
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceConnections.html
 */
export function getEndpointServiceConnections(
  name: string,
  args: GetEndpointServiceConnectionsArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointServiceConnections> {
  return lookUp(endpointServiceConnections, name, args, opts, getEndpointServiceConnections);
}

/** The service, and a filter over its whitelist. */
export interface GetEndpointServicePermissionsArgs extends PlaceArgs, SortArgs {
  /** The id of the service. */
  serviceId: pulumi.Input<string>;
  /** A part of the permission. */
  permission?: pulumi.Input<string> | undefined;
}

/** What {@link getEndpointServicePermissions} gives. */
export interface EndpointServicePermissions extends ListOutputs {
  /** The whitelist, in the API's order. The service's own account is on it without an entry. */
  readonly permissions: readonly EndpointServicePermission[];
}

/**
 * Looks up who may connect to an endpoint service.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpointServicePermissions } from "pulumi-vpcep";
 *
 * const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
 * export const whitelist = getEndpointServicePermissions("orders", { serviceId }).permissions;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePermissionsDetails.html
 */
export function getEndpointServicePermissions(
  name: string,
  args: GetEndpointServicePermissionsArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointServicePermissions> {
  return lookUp(endpointServicePermissions, name, args, opts, getEndpointServicePermissions);
}
