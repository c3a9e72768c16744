// The functions that read who is connected to an endpoint service, and who may be.
import type * as pulumi from "@pulumi/pulumi";
import { endpointServiceConnections } from "../../provider/lookups/endpointServiceConnections";
import { endpointServicePermissions } from "../../provider/lookups/endpointServicePermissions";
import type {
  EndpointServiceConnections,
  EndpointServicePermissions,
  GetEndpointServiceConnectionsArgs as GetEndpointServiceConnectionsOutputArgs,
  GetEndpointServicePermissionsArgs as GetEndpointServicePermissionsOutputArgs,
} from "../endpointServiceAccess";
import { type InvokeOptions, type InvokeOutputOptions, invoke, invokeOutput } from "./invoke";
import type { Plain } from "./plain";

/** The service, and a filter over its connections. */
export interface GetEndpointServiceConnectionsArgs extends Plain<GetEndpointServiceConnectionsOutputArgs> {}

/**
 * Reads the connections to an endpoint service.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
 *   const { connections } = await vpcep.getEndpointServiceConnections({ serviceId, status: "accepted" });
 *   return { endpointIds: connections.map(({ endpointId }) => endpointId) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceConnections.html
 */
export function getEndpointServiceConnections(
  args: GetEndpointServiceConnectionsArgs,
  opts?: InvokeOptions,
): Promise<EndpointServiceConnections> {
  return invoke(endpointServiceConnections, args, opts, getEndpointServiceConnections);
}

/**
 * Reads the connections to an endpoint service whose id may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
 * export const count = vpcep.getEndpointServiceConnectionsOutput({ serviceId }).totalCount;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceConnections.html
 */
export function getEndpointServiceConnectionsOutput(
  args: GetEndpointServiceConnectionsOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServiceConnections> {
  return invokeOutput(endpointServiceConnections, args, opts, getEndpointServiceConnectionsOutput);
}

/** The service, and a filter over its whitelist. */
export interface GetEndpointServicePermissionsArgs extends Plain<GetEndpointServicePermissionsOutputArgs> {}

/**
 * Reads who may connect to an endpoint service.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
 *   const { permissions } = await vpcep.getEndpointServicePermissions({ serviceId });
 *   return { permissions };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePermissionsDetails.html
 */
export function getEndpointServicePermissions(
  args: GetEndpointServicePermissionsArgs,
  opts?: InvokeOptions,
): Promise<EndpointServicePermissions> {
  return invoke(endpointServicePermissions, args, opts, getEndpointServicePermissions);
}

/**
 * Reads who may connect to an endpoint service whose id may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
 * export const whitelist = vpcep.getEndpointServicePermissionsOutput({ serviceId }).permissions;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePermissionsDetails.html
 */
export function getEndpointServicePermissionsOutput(
  args: GetEndpointServicePermissionsOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServicePermissions> {
  return invokeOutput(endpointServicePermissions, args, opts, getEndpointServicePermissionsOutput);
}
