// The lookups of endpoint services in numbers, by ids, by name and by tags. Long for its docstrings.

import type * as pulumi from "@pulumi/pulumi";
import { endpointServiceByName } from "../provider/lookups/endpointServiceByName";
import { endpointServices } from "../provider/lookups/endpointServices";
import { endpointServicesByIds } from "../provider/lookups/endpointServicesByIds";
import { endpointServicesByTags } from "../provider/lookups/endpointServicesByTags";
import type {
  EndpointServiceRecord,
  EndpointServiceServerType,
  EndpointServiceStatus,
  TaggedEndpointService,
} from "../provider/lookups/records";
import type { ListOutputs, PlaceArgs, ReadPlace, SortArgs } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** A filter; every part that is given has to match. */
export interface GetEndpointServicesArgs extends PlaceArgs, SortArgs {
  /** The id of one service. */
  serviceId?: pulumi.Input<string> | undefined;
  /** A part of the name. */
  serviceName?: pulumi.Input<string> | undefined;
  /** The state: `creating`, `available`, `failed` or `deleting`. */
  status?: pulumi.Input<EndpointServiceStatus> | undefined;
  /** The kind of backend: `VM`, `VIP`, `LB` or `BMS`. */
  serverType?: pulumi.Input<EndpointServiceServerType> | undefined;
  /** The edge pool. */
  publicBorderGroup?: pulumi.Input<string> | undefined;
}

/** What {@link getEndpointServices} gives. */
export interface EndpointServices extends ListOutputs {
  /** The services: in the API's order, or in the order of the ids. */
  readonly services: readonly EndpointServiceRecord[];
}

/**
 * Looks up endpoint services by a filter, one request for fewer than 1,000 of them. `timeoutMs` bounds each request, and ten
 * times that the whole list.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpointServices } from "pulumi-vpcep";
 *
 * const available = getEndpointServices("available", { status: "available" });
 * export const vpcs = available.services.apply((services) => services.map(({ vpcId }) => vpcId));
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
 */
export function getEndpointServices(
  name: string,
  args: GetEndpointServicesArgs = {},
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointServices> {
  return lookUp(endpointServices, name, args, opts, getEndpointServices);
}

/** Several services by their ids. */
export interface GetEndpointServicesByIdsArgs extends PlaceArgs {
  /** The ids, each read by one request. */
  ids: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** What an id without a service is: an error, or left out. Default: `error`. */
  ifMissing?: pulumi.Input<"error" | "omit"> | undefined;
}

/**
 * Looks up several endpoint services by their ids, one request for each and at most 8 at a time: some gateways allow 200
 * requests in five minutes. `timeoutMs` bounds each request, and ten times that and an eighth of a second for each id the
 * whole list.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpointServicesByIds } from "pulumi-vpcep";
 *
 * const ids = ["4189d3c2-8882-4871-a3c2-d380272eed83"];
 * const found = getEndpointServicesByIds("orders", { ids, ifMissing: "omit" });
 * export const vpcs = found.services.apply((services) => services.map(({ vpcId }) => vpcId));
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function getEndpointServicesByIds(
  name: string,
  args: GetEndpointServicesByIdsArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointServices> {
  return lookUp(endpointServicesByIds, name, args, opts, getEndpointServicesByIds);
}

/** The name to look up. */
export interface GetEndpointServiceByNameArgs extends PlaceArgs {
  /** The full name, `region.name.id`, or the part of it that the owner has chosen. */
  serviceName: pulumi.Input<string>;
}

/**
 * Looks up the one endpoint service of exactly this name. Several are an error that lists them, none is one too.
 *
 * @throws as {@link getEndpointService}, and `VPCEP_AMBIGUOUS`
 * @example
 * ```ts
 * import { getEndpointServiceByName } from "pulumi-vpcep";
 *
 * export const vpcId = getEndpointServiceByName("orders", { serviceName: "orders" }).vpcId;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
 */
export function getEndpointServiceByName(
  name: string,
  args: GetEndpointServiceByNameArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointServiceRecord & ReadPlace> {
  return lookUp(endpointServiceByName, name, args, opts, getEndpointServiceByName);
}

/** A condition on tags: the key, with any of the values. */
export interface TagFilter {
  /** The tag's key. */
  key: pulumi.Input<string>;
  /** The values; any, where there is none. */
  values: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** Conditions on tags; every one that is given has to hold. */
export interface GetEndpointServicesByTagsArgs extends PlaceArgs {
  /** All of these. */
  tags?: pulumi.Input<readonly TagFilter[]> | undefined;
  /** Any of these. */
  tagsAny?: pulumi.Input<readonly TagFilter[]> | undefined;
  /** Not all of these. */
  notTags?: pulumi.Input<readonly TagFilter[]> | undefined;
  /** None of these. */
  notTagsAny?: pulumi.Input<readonly TagFilter[]> | undefined;
  /** No tag at all. */
  withoutAnyTag?: pulumi.Input<boolean> | undefined;
  /** A part of the name. */
  serviceName?: pulumi.Input<string> | undefined;
}

/** What {@link getEndpointServicesByTags} gives. */
export interface EndpointServicesByTags extends ListOutputs {
  /** The services, in the API's order. */
  readonly services: readonly TaggedEndpointService[];
}

/**
 * Looks up endpoint services by their tags.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpointServicesByTags } from "pulumi-vpcep";
 *
 * const tagged = getEndpointServicesByTags("payments", { tags: [{ key: "team", values: ["payments"] }] });
 * export const ids = tagged.services.apply((services) => services.map(({ serviceId }) => serviceId));
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListResourceInstances.html
 */
export function getEndpointServicesByTags(
  name: string,
  args: GetEndpointServicesByTagsArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointServicesByTags> {
  return lookUp(endpointServicesByTags, name, args, opts, getEndpointServicesByTags);
}
