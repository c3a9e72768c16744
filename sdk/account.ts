// The lookups around the account: quotas, tags, and the versions of the API.

import type * as pulumi from "@pulumi/pulumi";
import { quotas } from "../provider/lookups/quotas";
import type { VpcepQuota, VpcepTag, VpcepVersion } from "../provider/lookups/records";
import { tags } from "../provider/lookups/tags";
import { versions } from "../provider/lookups/versions";
import type { ListOutputs, PlaceArgs } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** A filter over quotas. */
export interface GetVpcepQuotasArgs extends PlaceArgs {
  /** One kind of resource alone. */
  resourceType?: pulumi.Input<"endpoint_service" | "endpoint"> | undefined;
}

/** What {@link getVpcepQuotas} gives. */
export interface VpcepQuotas extends ListOutputs {
  /** The quotas. */
  readonly quotas: readonly VpcepQuota[];
}

/**
 * Looks up how many endpoints and endpoint services the project may have, and has.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getVpcepQuotas } from "pulumi-vpcep";
 *
 * const { quotas } = getVpcepQuotas("services", { resourceType: "endpoint_service" });
 * export const free = quotas.apply(([services]) => (services ? services.quota - services.used : 0));
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQuotaDetails.html
 */
export function getVpcepQuotas(
  name: string,
  args: GetVpcepQuotasArgs = {},
  opts?: pulumi.CustomResourceOptions,
): Lookup<VpcepQuotas> {
  return lookUp(quotas, name, args, opts, getVpcepQuotas);
}

/** Whose tags. */
export interface GetVpcepTagsArgs extends PlaceArgs {
  /** The kind of resource. */
  resourceType: pulumi.Input<"endpoint_service" | "endpoint">;
}

/** What {@link getVpcepTags} gives. */
export interface VpcepTags extends ListOutputs {
  /** The tags. */
  readonly tags: readonly VpcepTag[];
}

/**
 * Looks up the tags that the project's endpoints or endpoint services have.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getVpcepTags } from "pulumi-vpcep";
 *
 * export const tags = getVpcepTags("services", { resourceType: "endpoint_service" }).tags;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQueryProjectResourceTags.html
 */
export function getVpcepTags(
  name: string,
  args: GetVpcepTagsArgs,
  opts?: pulumi.CustomResourceOptions,
): Lookup<VpcepTags> {
  return lookUp(tags, name, args, opts, getVpcepTags);
}

/** Where to read. */
export type GetVpcepVersionsArgs = Omit<PlaceArgs, "projectId">;

/** What {@link getVpcepVersions} gives. */
export interface VpcepVersions extends Omit<ListOutputs, "projectId"> {
  /** The versions. */
  readonly versions: readonly VpcepVersion[];
}

/**
 * Looks up the versions of the API that a region serves.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import { getVpcepVersions } from "pulumi-vpcep";
 *
 * export const versions = getVpcepVersions("api").versions;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListVersionDetails.html
 */
export function getVpcepVersions(
  name: string,
  args: GetVpcepVersionsArgs = {},
  opts?: pulumi.CustomResourceOptions,
): Lookup<VpcepVersions> {
  return lookUp(versions, name, args, opts, getVpcepVersions);
}
