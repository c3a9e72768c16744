// The lookup of one endpoint service, as a Pulumi program sees it. The only part of a lookup that runs in the program.
// May load of provider/ only what loads nothing: definitions, the rules of arguments, the serialised object.
// Long for the docstrings of its many outputs.

import type * as pulumi from "@pulumi/pulumi";
import { endpointService } from "../provider/lookups/endpointService";
import type {
  EndpointServiceRecord,
  EndpointServiceServerType,
  EndpointServiceStatus,
} from "../provider/lookups/records";
import type { ReadPlace } from "./listing";
import type { OutputsOf } from "./lookupResource";
import { type Caller, LookupResource } from "./lookupResource";

/** A port mapping that a service is expected to have. */
export interface ExpectedPort {
  /** The port on the endpoint. */
  clientPort: pulumi.Input<number>;
  /** The port on the backend. */
  serverPort: pulumi.Input<number>;
  /** The protocol. Default: `TCP`. */
  protocol?: pulumi.Input<string> | undefined;
}

/** What a service is expected to be; every part that is given is compared. */
export interface EndpointServiceExpectation {
  /** The state, for example `available`. */
  status?: pulumi.Input<EndpointServiceStatus> | undefined;
  /** The VPC of the backend. */
  vpcId?: pulumi.Input<string> | undefined;
  /** The kind of backend. */
  serverType?: pulumi.Input<EndpointServiceServerType> | undefined;
  /** All port mappings, in any order; `protocol` is `TCP` where it is left out. */
  ports?: pulumi.Input<readonly pulumi.Input<ExpectedPort>[]> | undefined;
}

/** What to look up. An argument that is not known yet, in a preview, makes every output unknown; nothing is sent then. */
export interface GetEndpointServiceArgs {
  /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
  id: pulumi.Input<string>;
  /** The region to read in, for example `eu-de`. Default: the setting `region`. */
  region?: pulumi.Input<string> | undefined;
  /** The id of the project that owns the service. Default: the setting `projectId`. */
  projectId?: pulumi.Input<string> | undefined;
  /**
   * The name of the account that asks: an entry of `vpcep:accounts`, or a profile. It has a credential, a region and all
   * else of its own. Known when the lookup is called, so no output. Default: the account of the other settings.
   */
  account?: string | undefined;
  /**
   * Waits until the service is `available`, in a preview too unless the program leaves it out there.
   * A service that does not exist yet is waited for as well, for a minute of the wait at most. A refresh never waits.
   * Default: no wait.
   */
  waitFor?: pulumi.Input<"available"> | undefined;
  /** The longest wait, in milliseconds; only beside `waitFor`. Default: 600000. */
  waitTimeoutMs?: pulumi.Input<number> | undefined;
  /** The first pause between two looks, in milliseconds; it grows fivefold. At least 500, and only beside `waitFor`. Default: 3000. */
  pollIntervalMs?: pulumi.Input<number> | undefined;
  /** What the service has to be, else the preview or update fails; a refresh does not compare. Default: anything. */
  expect?: EndpointServiceExpectation | undefined;
}

/**
 * Looks up a VPC endpoint service: its record is read in every preview and every update, and nothing is ever changed.
 *
 * The outputs are those of {@link EndpointService}. A service that does not exist is an error in a preview and an
 * update, and leaves the state on a refresh; one that may be missing is looked up by `findEndpointService`.
 *
 * @param name the name of the resource in the stack
 * @param args what to look up; plain values are checked at once, others when they are known
 * @param opts Pulumi's options; while anything in `dependsOn` is still to be created, every output is unknown
 * @throws TypeError at the call when a plain argument is malformed. The preview or update fails with an error that
 * ends with its code: `VPCEP_CONFIG`, `VPCEP_NOT_FOUND`, `VPCEP_AUTH`, `VPCEP_FORBIDDEN`, `VPCEP_THROTTLED`,
 * `VPCEP_API`, `VPCEP_CONNECTION`, `VPCEP_TIMEOUT`, `VPCEP_RESPONSE`, `VPCEP_AMBIGUOUS` (of the project's name),
 * `VPCEP_FAILED` (while waiting) or `VPCEP_EXPECTATION`.
 * @example
 * ```ts
 * import { getEndpointService } from "pulumi-vpcep";
 *
 * const orders = getEndpointService("orders", { id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 *
 * export const ports = orders.ports;
 * export const vpc_id = orders.vpcId;
 * export const status = orders.status;
 * ```
 * @see https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
 */
export function getEndpointService(
  name: string,
  args: GetEndpointServiceArgs,
  opts?: pulumi.CustomResourceOptions,
): EndpointService {
  return new EndpointService(name, args, opts, getEndpointService);
}

/** The outputs of an {@link EndpointService}. */
export interface EndpointService extends OutputsOf<EndpointServiceRecord & Pick<ReadPlace, "region">> {}

/**
 * The record of a VPC endpoint service, read by {@link getEndpointService}.
 *
 * Every output is always there: `null` where the API leaves the field out, unknown only in a preview in which an
 * argument is not known.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: Pulumi sets the outputs, which are the fields of the record.
export class EndpointService extends LookupResource {
  /**
   * Looks up an endpoint service by its id: {@link getEndpointService} in Pulumi's other spelling.
   *
   * @param name the name of the resource in the stack
   * @param id the id of the endpoint service
   * @param args where to read
   * @param opts Pulumi's options
   * @throws as {@link getEndpointService}
   * @example
   * ```ts
   * import { EndpointService } from "pulumi-vpcep";
   *
   * export const ports = EndpointService.get("orders", "4189d3c2-8882-4871-a3c2-d380272eed83").ports;
   * ```
   */
  static get(
    name: string,
    id: pulumi.Input<string>,
    args: Omit<GetEndpointServiceArgs, "id"> = {},
    opts?: pulumi.CustomResourceOptions,
  ): EndpointService {
    return new EndpointService(name, { ...args, id }, opts, EndpointService.get);
  }

  /**
   * Call {@link getEndpointService} instead: an endpoint service is read, never created.
   *
   * @param caller the function at whose caller the error of a malformed argument begins
   */
  constructor(
    name: string,
    args: GetEndpointServiceArgs,
    opts?: pulumi.CustomResourceOptions,
    caller: Caller = EndpointService,
  ) {
    super(endpointService, name, args, opts, caller);
  }
}
