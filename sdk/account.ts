// The lookups around the account: quotas, tags, and the versions of the API.
import type * as pulumi from "@pulumi/pulumi";
import { quotas } from "../provider/lookups/quotas";
import { tags } from "../provider/lookups/tags";
import { versions } from "../provider/lookups/versions";
import type { ListOutputs, PlaceArgs } from "./listing";
import { type Lookup, lookUp } from "./lookupResource";

/** A filter over quotas. */
export interface GetVpcepQuotasArgs extends PlaceArgs {
  /** One kind of resource alone. */
  resourceType?: pulumi.Input<"endpoint_service" | "endpoint"> | undefined;
}

/** The quota of one kind of resource. */
export interface VpcepQuota {
  /** The kind of resource: `endpoint_service` or `endpoint`. */
  resourceType: string;
  /** How many there are. */
  used: number;
  /** How many there may be. */
  quota: number;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  extra: Record<string, unknown>;
}

/** What {@link getVpcepQuotas} gives. */
export interface VpcepQuotas extends ListOutputs {
  /** The quotas. */
  quotas: VpcepQuota[];
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

/** A tag's key, with all values it has in the project. */
export interface VpcepTag {
  /** The key. */
  key: string;
  /** Its values. */
  values: string[];
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  extra: Record<string, unknown>;
}

/** What {@link getVpcepTags} gives. */
export interface VpcepTags extends ListOutputs {
  /** The tags. */
  tags: VpcepTag[];
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
export type GetVpcepVersionsArgs = Pick<PlaceArgs, "region">;

/** A version of the API. */
export interface VpcepVersion {
  /** The version's id, for example `v1`. */
  versionId: string;
  /** `CURRENT`, `SUPPORT` or `DEPRECATED`. */
  status: string | null;
  /** When it was last changed: RFC 3339 in UTC. */
  updatedAt: string | null;
  /** The microversion. */
  version: string | null;
  /** The smallest microversion. */
  minVersion: string | null;
  /** Where it is. */
  links: { href: string; rel: string | null; type: string | null }[] | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  extra: Record<string, unknown>;
}

/** What {@link getVpcepVersions} gives. */
export interface VpcepVersions extends Omit<ListOutputs, "projectId"> {
  /** The versions. */
  versions: VpcepVersion[];
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
