// The functions around the account: quotas, tags, and the versions of the API.
import type * as pulumi from "@pulumi/pulumi";
import { quotas } from "../../provider/lookups/quotas";
import { tags } from "../../provider/lookups/tags";
import { versions } from "../../provider/lookups/versions";
import type {
  GetVpcepQuotasArgs as GetVpcepQuotasOutputArgs,
  GetVpcepTagsArgs as GetVpcepTagsOutputArgs,
  GetVpcepVersionsArgs as GetVpcepVersionsOutputArgs,
  VpcepQuotas,
  VpcepTags,
  VpcepVersions,
} from "../account";
import { type InvokeOptions, type InvokeOutputOptions, invoke, invokeOutput } from "./invoke";
import type { Plain } from "./plain";

/** A filter over quotas. */
export interface GetVpcepQuotasArgs extends Plain<GetVpcepQuotasOutputArgs> {}

/**
 * Reads how many endpoints and endpoint services the project may have, and has.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { quotas } = await vpcep.getVpcepQuotas({ resourceType: "endpoint_service" });
 *   return { free: quotas.map(({ quota, used }) => quota - used) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQuotaDetails.html
 */
export function getVpcepQuotas(args: GetVpcepQuotasArgs = {}, opts?: InvokeOptions): Promise<VpcepQuotas> {
  return invoke(quotas, args, opts, getVpcepQuotas);
}

/**
 * Reads the quotas of a filter that may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export const quotas = vpcep.getVpcepQuotasOutput().quotas;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQuotaDetails.html
 */
export function getVpcepQuotasOutput(
  args: GetVpcepQuotasOutputArgs = {},
  opts?: InvokeOutputOptions,
): pulumi.Output<VpcepQuotas> {
  return invokeOutput(quotas, args, opts, getVpcepQuotasOutput);
}

/** Whose tags. */
export interface GetVpcepTagsArgs extends Plain<GetVpcepTagsOutputArgs> {}

/**
 * Reads the tags that the project's endpoints or endpoint services have.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { tags } = await vpcep.getVpcepTags({ resourceType: "endpoint_service" });
 *   return { tags };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQueryProjectResourceTags.html
 */
export function getVpcepTags(args: GetVpcepTagsArgs, opts?: InvokeOptions): Promise<VpcepTags> {
  return invoke(tags, args, opts, getVpcepTags);
}

/**
 * Reads the tags of a kind of resource that may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export const tags = vpcep.getVpcepTagsOutput({ resourceType: "endpoint_service" }).tags;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQueryProjectResourceTags.html
 */
export function getVpcepTagsOutput(
  args: GetVpcepTagsOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<VpcepTags> {
  return invokeOutput(tags, args, opts, getVpcepTagsOutput);
}

/** Where to read. */
export interface GetVpcepVersionsArgs extends Plain<GetVpcepVersionsOutputArgs> {}

/**
 * Reads the versions of the API that a region serves.
 *
 * @throws as {@link getEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const { versions } = await vpcep.getVpcepVersions();
 *   return { versions };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListVersionDetails.html
 */
export function getVpcepVersions(
  args: GetVpcepVersionsArgs = {},
  opts?: InvokeOptions,
): Promise<VpcepVersions> {
  return invoke(versions, args, opts, getVpcepVersions);
}

/**
 * Reads the versions of the API that a region serves, which may be an output.
 *
 * @throws as {@link getEndpointServiceOutput}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export const versions = vpcep.getVpcepVersionsOutput().versions;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListVersionDetails.html
 */
export function getVpcepVersionsOutput(
  args: GetVpcepVersionsOutputArgs = {},
  opts?: InvokeOutputOptions,
): pulumi.Output<VpcepVersions> {
  return invokeOutput(versions, args, opts, getVpcepVersionsOutput);
}
