// The functions that read what every account may know of the endpoint services of others.
import type * as pulumi from "@pulumi/pulumi";
import { endpointServiceSummary } from "../../provider/lookups/endpointServiceSummary";
import { publicEndpointServices } from "../../provider/lookups/publicEndpointServices";
import type { EndpointServiceSummary as Fields } from "../../provider/lookups/records";
import type {
  GetEndpointServiceSummaryArgs as GetEndpointServiceSummaryOutputArgs,
  GetPublicEndpointServicesArgs as GetPublicEndpointServicesOutputArgs,
  PublicEndpointServices,
} from "../endpointServicesOfOthers";
import type { ReadPlace } from "../listing";
import { type InvokeOptions, type InvokeOutputOptions, invoke, invokeOutput } from "./invoke";
import type { Plain } from "./plain";

/** What every account may know of a service, and where it was read. */
export interface EndpointServiceSummary extends Fields, ReadPlace {}

/** The service to summarise: exactly one of its id and its full name. */
export type GetEndpointServiceSummaryArgs = Plain<GetEndpointServiceSummaryOutputArgs>;

/**
 * Reads what every account may know of an endpoint service: also of one that another account owns.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { serviceName } = await vpcep.getEndpointServiceSummary({ serviceId: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 *   return { serviceName };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDescribeDetails.html
 */
export function getEndpointServiceSummary(
  args: GetEndpointServiceSummaryArgs,
  opts?: InvokeOptions,
): Promise<EndpointServiceSummary> {
  return invoke(endpointServiceSummary, args, opts, getEndpointServiceSummary);
}

/**
 * Reads what every account may know of an endpoint service whose id or name may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
 * export const serviceName = vpcep.getEndpointServiceSummaryOutput({ serviceId }).serviceName;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDescribeDetails.html
 */
export function getEndpointServiceSummaryOutput(
  args: GetEndpointServiceSummaryOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServiceSummary> {
  return invokeOutput(endpointServiceSummary, args, opts, getEndpointServiceSummaryOutput);
}

/** A filter over public services. */
export interface GetPublicEndpointServicesArgs extends Plain<GetPublicEndpointServicesOutputArgs> {}

/**
 * Reads the endpoint services that the cloud's operator offers to everybody.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { services } = await vpcep.getPublicEndpointServices({ serviceName: "dns" });
 *   return { names: services.map(({ serviceName }) => serviceName) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePublicDetails.html
 */
export function getPublicEndpointServices(
  args: GetPublicEndpointServicesArgs = {},
  opts?: InvokeOptions,
): Promise<PublicEndpointServices> {
  return invoke(publicEndpointServices, args, opts, getPublicEndpointServices);
}

/**
 * Reads the public endpoint services of a filter of which a part may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export const services = vpcep.getPublicEndpointServicesOutput({ serviceName: "dns" }).services;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePublicDetails.html
 */
export function getPublicEndpointServicesOutput(
  args: GetPublicEndpointServicesOutputArgs = {},
  opts?: InvokeOutputOptions,
): pulumi.Output<PublicEndpointServices> {
  return invokeOutput(publicEndpointServices, args, opts, getPublicEndpointServicesOutput);
}
