// The functions that read one endpoint service by its id, or find out whether there is one.
import type * as pulumi from "@pulumi/pulumi";
import { endpointService } from "../../provider/lookups/endpointService";
import { optionalEndpointService } from "../../provider/lookups/optionalEndpointService";
import type { EndpointServiceRecord as Fields } from "../../provider/lookups/records";
import type { GetEndpointServiceArgs as GetEndpointServiceOutputArgs } from "../endpointService";
import type { ReadPlace } from "../listing";
import type { FindEndpointServiceArgs as FindEndpointServiceOutputArgs } from "../optionalEndpointService";
import { type InvokeOptions, type InvokeOutputOptions, invoke, invokeOutput } from "./invoke";
import type { Plain } from "./plain";

/** The record of an endpoint service, and where it was read; `null` where the API leaves a field out. */
export interface EndpointServiceRecord extends Fields, ReadPlace {}

/** What to read; nothing of it may be an output. */
export interface GetEndpointServiceArgs extends Plain<GetEndpointServiceOutputArgs> {}

/**
 * Reads an endpoint service: its record as a value that the program can branch and loop on.
 *
 * It is read by the program itself, in every preview and every update, and nothing of it is kept in the state. Settings
 * are those of the stack, as for the resource form.
 *
 * @throws TypeError when an argument is malformed, is an output, or is a name. `VpcepError` with one of the codes
 * `VPCEP_CONFIG`, `VPCEP_NOT_FOUND`, `VPCEP_AUTH`, `VPCEP_FORBIDDEN`, `VPCEP_THROTTLED`, `VPCEP_API`, `VPCEP_CONNECTION`,
 * `VPCEP_TIMEOUT`, `VPCEP_RESPONSE`, `VPCEP_AMBIGUOUS` (of the project's name), `VPCEP_FAILED` (while waiting) or
 * `VPCEP_EXPECTATION`; the signal's reason when it is aborted.
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const orders = await vpcep.getEndpointService({ id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 *   const tcp = orders.ports.filter(({ protocol }) => protocol === "TCP");
 *   return { clientPorts: tcp.map(({ clientPort }) => clientPort) };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function getEndpointService(
  args: GetEndpointServiceArgs,
  opts?: InvokeOptions,
): Promise<EndpointServiceRecord> {
  return invoke(endpointService, args, opts, getEndpointService);
}

/**
 * Reads an endpoint service whose arguments may be outputs: unknown as long as one of them is, and secret where one is.
 *
 * @throws TypeError at the call when a plain argument is malformed. The output fails with the errors of
 * {@link getEndpointService}.
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const network = new pulumi.StackReference("acme/network/prod");
 * const orders = vpcep.getEndpointServiceOutput({ id: network.requireOutput("ordersId") });
 * export const vpcId = orders.vpcId;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function getEndpointServiceOutput(
  args: GetEndpointServiceOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServiceRecord> {
  return invokeOutput(endpointService, args, opts, getEndpointServiceOutput);
}

/** What to look for: exactly one of an id and a name; nothing of it may be an output. */
export type FindEndpointServiceArgs = Plain<FindEndpointServiceOutputArgs>;

/**
 * Looks for an endpoint service that may be missing: `null` where there is none.
 *
 * @throws as {@link getEndpointService}, but for `VPCEP_NOT_FOUND`, `VPCEP_FAILED` and `VPCEP_EXPECTATION`;
 * `VPCEP_AMBIGUOUS` where several services have the name
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * export = async () => {
 *   const orders = await vpcep.findEndpointService({ serviceName: "orders" });
 *   return { target: orders ? orders.vpcId : "none" };
 * };
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function findEndpointService(
  args: FindEndpointServiceArgs,
  opts?: InvokeOptions,
): Promise<EndpointServiceRecord | null> {
  return invoke(optionalEndpointService, args, opts, findEndpointService);
}

/**
 * Looks for an endpoint service that may be missing, by arguments that may be outputs: `null` where there is none.
 *
 * @throws as {@link getEndpointServiceOutput} and {@link findEndpointService}
 * @example
 * ```ts
 * import * as vpcep from "pulumi-vpcep/functions";
 *
 * const orders = vpcep.findEndpointServiceOutput({ serviceName: "orders" });
 * export const exists = orders.apply((service) => service !== null);
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function findEndpointServiceOutput(
  args: FindEndpointServiceOutputArgs,
  opts?: InvokeOutputOptions,
): pulumi.Output<EndpointServiceRecord | null> {
  return invokeOutput(optionalEndpointService, args, opts, findEndpointServiceOutput);
}
