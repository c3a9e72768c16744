// The lookup of one endpoint service that may be missing.

import type * as pulumi from "@pulumi/pulumi";
import { optionalEndpointService } from "../provider/lookups/optionalEndpointService";
import type { EndpointServiceRecord } from "../provider/lookups/records";
import type { PlaceArgs, ReadPlace } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** What to look for: exactly one of an id and a name. */
export type FindEndpointServiceArgs = PlaceArgs &
  (
    | {
        /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
        id: pulumi.Input<string>;
        serviceName?: undefined;
      }
    | {
        /** The full name, `region.name.id`, or the part of it that the owner has chosen. */
        serviceName: pulumi.Input<string>;
        id?: undefined;
      }
  );

type Found = Omit<EndpointServiceRecord, "projectId">;

/** What {@link findEndpointService} gives: every output is `null` where there is no service, but for those that say so. */
export type OptionalEndpointService = Lookup<
  {
    readonly [Name in keyof Found]: Found[Name] | null;
  } & ReadPlace & {
      /** Whether the service exists. */
      readonly exists: boolean;
    }
>;

/**
 * Looks for a VPC endpoint service that may be missing: outputs without a value, and `exists` false, where there is none.
 *
 * @param name the name of the resource in the stack
 * @param args what to look for; plain values are checked at once, others when they are known
 * @param opts Pulumi's options
 * @throws as `getEndpointService`, but for `VPCEP_NOT_FOUND`, `VPCEP_FAILED` and `VPCEP_EXPECTATION`; `VPCEP_AMBIGUOUS`
 * where several services have the name
 * @example
 * ```ts
 * import { findEndpointService } from "pulumi-vpcep";
 *
 * const orders = findEndpointService("orders", { serviceName: "orders" });
 *
 * export const target = orders.exists.apply((exists) => (exists ? "new" : "old"));
 * export const vpcId = orders.vpcId; // a string, or null
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function findEndpointService(
  name: string,
  args: FindEndpointServiceArgs,
  opts?: pulumi.CustomResourceOptions,
): OptionalEndpointService {
  return lookUp(optionalEndpointService, name, args, opts, findEndpointService);
}
