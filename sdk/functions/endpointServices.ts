// The functions that read endpoint services in numbers, by name and by tags. Long for its docstrings.
import type * as pulumi from "@pulumi/pulumi";
import { endpointServiceByName } from "../../provider/lookups/endpointServiceByName";
import { endpointServices } from "../../provider/lookups/endpointServices";
import { endpointServicesByIds } from "../../provider/lookups/endpointServicesByIds";
import { endpointServicesByTags } from "../../provider/lookups/endpointServicesByTags";
import type {
  EndpointServices,
  EndpointServicesByTags,
  GetEndpointServiceByNameArgs as GetEndpointServiceByNameOutputArgs,
  GetEndpointServicesByIdsArgs as GetEndpointServicesByIdsOutputArgs,
  GetEndpointServicesByTagsArgs as GetEndpointServicesByTagsOutputArgs,
  GetEndpointServicesArgs as GetEndpointServicesOutputArgs,
} from "../endpointServices";
import type { EndpointServiceRecord } from "./endpointService";
import { type InvokeOptions, type InvokeOutputOptions, invoke, invokeOutput } from "./invoke";
import type { Plain } from "./plain";

/** A filter; every part that is given has to match. */
export interface GetEndpointServicesArgs extends Plain<GetEndpointServicesOutputArgs> {}

/**
 * Reads endpoint services by a filter, one request for fewer than 1,000 of them.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { services } = await vpcep.getEndpointServices({ status: "available" });
 *   return { vpcIds: services.map(({ vpcId }) => vpcId) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
 */
export function getEndpointServices(
  args: GetEndpointServicesArgs = {},
  opts?: InvokeOptions,
): Promise<EndpointServices> {
  return invoke(endpointServices, args, opts, getEndpointServices);
}

/**
 * Reads endpoint services by a filter of which a part may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const available = vpcep.getEndpointServicesOutput({ status: "available" });
 * export const count = available.totalCount;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
 */
export function getEndpointServicesOutput(
  args: GetEndpointServicesOutputArgs = {},
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServices> {
  return invokeOutput(endpointServices, args, opts, getEndpointServicesOutput);
}

/** Several services by their ids. */
export interface GetEndpointServicesByIdsArgs extends Plain<GetEndpointServicesByIdsOutputArgs> {}

/**
 * Reads several endpoint services by their ids, one request for each and at most 8 at a time.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { services } = await vpcep.getEndpointServicesByIds({ ids: ["4189d3c2-8882-4871-a3c2-d380272eed83"], ifMissing: "omit" });
 *   return { vpcIds: services.map(({ vpcId }) => vpcId) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function getEndpointServicesByIds(
  args: GetEndpointServicesByIdsArgs,
  opts?: InvokeOptions,
): Promise<EndpointServices> {
  return invoke(endpointServicesByIds, args, opts, getEndpointServicesByIds);
}

/**
 * Reads several endpoint services by ids that may be outputs.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const found = vpcep.getEndpointServicesByIdsOutput({ ids: ["4189d3c2-8882-4871-a3c2-d380272eed83"] });
 * export const vpcIds = found.services.apply((services) => services.map(({ vpcId }) => vpcId));
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function getEndpointServicesByIdsOutput(
  args: GetEndpointServicesByIdsOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServices> {
  return invokeOutput(endpointServicesByIds, args, opts, getEndpointServicesByIdsOutput);
}

/** The name to look up. */
export interface GetEndpointServiceByNameArgs extends Plain<GetEndpointServiceByNameOutputArgs> {}

/**
 * Reads the one endpoint service of exactly this name. Several are an error that lists them, none is one too.
 *
 * @throws as {@link getEndpointService}, and `VPCEP_AMBIGUOUS`
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { ports } = await vpcep.getEndpointServiceByName({ serviceName: "orders" });
 *   return { ports };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
 */
export function getEndpointServiceByName(
  args: GetEndpointServiceByNameArgs,
  opts?: InvokeOptions,
): Promise<EndpointServiceRecord> {
  return invoke(endpointServiceByName, args, opts, getEndpointServiceByName);
}

/**
 * Reads the one endpoint service of exactly this name, which may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}, and `VPCEP_AMBIGUOUS`
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export const vpcId = vpcep.getEndpointServiceByNameOutput({ serviceName: "orders" }).vpcId;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
 */
export function getEndpointServiceByNameOutput(
  args: GetEndpointServiceByNameOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServiceRecord> {
  return invokeOutput(endpointServiceByName, args, opts, getEndpointServiceByNameOutput);
}

/** Conditions on tags; every one that is given has to hold. */
export interface GetEndpointServicesByTagsArgs extends Plain<GetEndpointServicesByTagsOutputArgs> {}

/**
 * Reads endpoint services by their tags.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { services } = await vpcep.getEndpointServicesByTags({ tags: [{ key: "team", values: ["payments"] }] });
 *   return { ids: services.map(({ serviceId }) => serviceId) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListResourceInstances.html
 */
export function getEndpointServicesByTags(
  args: GetEndpointServicesByTagsArgs,
  opts?: InvokeOptions,
): Promise<EndpointServicesByTags> {
  return invoke(endpointServicesByTags, args, opts, getEndpointServicesByTags);
}

/**
 * Reads endpoint services by tags that may be outputs.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const tagged = vpcep.getEndpointServicesByTagsOutput({ tags: [{ key: "team", values: ["payments"] }] });
 * export const count = tagged.totalCount;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListResourceInstances.html
 */
export function getEndpointServicesByTagsOutput(
  args: GetEndpointServicesByTagsOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServicesByTags> {
  return invokeOutput(endpointServicesByTags, args, opts, getEndpointServicesByTagsOutput);
}
