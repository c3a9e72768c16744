// The lookups of what every account may know of the endpoint services of others.

import type * as pulumi from "@pulumi/pulumi";
import { endpointServiceSummary } from "../provider/lookups/endpointServiceSummary";
import { publicEndpointServices } from "../provider/lookups/publicEndpointServices";
import type { EndpointServiceSummary, PublicEndpointService } from "../provider/lookups/records";
import type { ListOutputs, PlaceArgs, ReadPlace, SortArgs } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** The service to summarise: exactly one of its id and its full name. */
export type GetEndpointServiceSummaryArgs = PlaceArgs &
  (
    | {
        /** The id of the service. */
        serviceId: pulumi.Input<string>;
        serviceName?: undefined;
      }
    | {
        /** The full name of the service. */
        serviceName: pulumi.Input<string>;
        serviceId?: undefined;
      }
  );

/**
 * Looks up what every account may know of an endpoint service: also of one that another account owns.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getEndpointServiceSummary } from "pulumi-vpcep";
 *
 * const summary = getEndpointServiceSummary("theirs", { serviceId: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 * export const serviceName = summary.serviceName;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDescribeDetails.html
 */
export function getEndpointServiceSummary(
  name: string,
  args: GetEndpointServiceSummaryArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<EndpointServiceSummary & ReadPlace> {
  return lookUp(endpointServiceSummary, name, args, opts, getEndpointServiceSummary);
}

/** A filter over public services. */
export interface GetPublicEndpointServicesArgs extends PlaceArgs, SortArgs {
  /** The id of one service. */
  serviceId?: pulumi.Input<string> | undefined;
  /** A part of the name. */
  serviceName?: pulumi.Input<string> | undefined;
}

/** What {@link getPublicEndpointServices} gives. */
export interface PublicEndpointServices extends ListOutputs {
  /** The services, in the API's order. */
  readonly services: readonly PublicEndpointService[];
}

/**
 * Looks up the endpoint services that the cloud's operator offers to everybody.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getPublicEndpointServices } from "pulumi-vpcep";
 *
 * export const dns = getPublicEndpointServices("dns", { serviceName: "dns" }).services;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePublicDetails.html
 */
export function getPublicEndpointServices(
  name: string,
  args: GetPublicEndpointServicesArgs = {},
  opts?: pulumi.CustomResourceOptions,
): Lookup<PublicEndpointServices> {
  return lookUp(publicEndpointServices, name, args, opts, getPublicEndpointServices);
}
