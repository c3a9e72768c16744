// The functions that read VPC endpoints, the consumers' side of endpoint services.
import type * as pulumi from "@pulumi/pulumi";
import { endpoint } from "../../provider/lookups/endpoint";
import { endpoints } from "../../provider/lookups/endpoints";
import type { EndpointRecord as Fields } from "../../provider/lookups/records";
import type {
  Endpoints,
  GetEndpointArgs as GetEndpointOutputArgs,
  GetEndpointsArgs as GetEndpointsOutputArgs,
} from "../endpoints";
import type { ReadPlace } from "../listing";
import { type InvokeOptions, type InvokeOutputOptions, invoke, invokeOutput } from "./invoke";
import type { Plain } from "./plain";

/** The record of a VPC endpoint, and where it was read. */
export interface EndpointRecord extends Fields, ReadPlace {}

/** What to read. */
export interface GetEndpointArgs extends Plain<GetEndpointOutputArgs> {}

/**
 * Reads a VPC endpoint.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { ip } = await vpcep.getEndpoint({ id: "16bd2e5a-2a1f-4a1e-8e3a-1f1f3d6b7c55" });
 *   return { ip };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointInfoDetails.html
 */
export function getEndpoint(args: GetEndpointArgs, opts?: InvokeOptions): Promise<EndpointRecord> {
  return invoke(endpoint, args, opts, getEndpoint);
}

/**
 * Reads a VPC endpoint whose id may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export const ip = vpcep.getEndpointOutput({ id: "16bd2e5a-2a1f-4a1e-8e3a-1f1f3d6b7c55" }).ip;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointInfoDetails.html
 */
export function getEndpointOutput(
  args: GetEndpointOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointRecord> {
  return invokeOutput(endpoint, args, opts, getEndpointOutput);
}

/** A filter; every part that is given has to match. */
export interface GetEndpointsArgs extends Plain<GetEndpointsOutputArgs> {}

/**
 * Reads the VPC endpoints of a project.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { endpoints } = await vpcep.getEndpoints({ serviceName: "orders" });
 *   return { addresses: endpoints.map(({ ip }) => ip) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpoints.html
 */
export function getEndpoints(args: GetEndpointsArgs = {}, opts?: InvokeOptions): Promise<Endpoints> {
  return invoke(endpoints, args, opts, getEndpoints);
}

/**
 * Reads the VPC endpoints of a filter of which a part may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export const count = vpcep.getEndpointsOutput().totalCount;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpoints.html
 */
export function getEndpointsOutput(
  args: GetEndpointsOutputArgs = {},
  opts?: InvokeOutputOptions,
): pulumi.Output<Endpoints> {
  return invokeOutput(endpoints, args, opts, getEndpointsOutput);
}
