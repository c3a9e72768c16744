// The lookup of one endpoint service, as a Pulumi program sees it. The only part of a lookup that runs in the program.
// May load of provider/ only what loads nothing: definitions, the rules of arguments, the serialised object.
// Long for the docstrings of its many outputs.
import type * as pulumi from "@pulumi/pulumi";
import { endpointService } from "../provider/lookups/endpointService";
import { type Caller, LookupResource } from "./lookupResource";

/** One port mapping of an endpoint service. */
export interface EndpointServicePort {
  /** The port on the endpoint, which clients connect to: 1 to 65535. */
  clientPort: number;
  /** The port on the backend: 1 to 65535. */
  serverPort: number;
  /** The protocol, `TCP` where the API leaves it out. */
  protocol: string;
}

/** Why an endpoint service has failed. */
export interface EndpointServiceError {
  /** The API's code. */
  errorCode: string | null;
  /** The API's words. */
  errorMessage: string | null;
}

/** The kind of an endpoint service's backend; the cloud may add more. */
export type EndpointServiceServerType = "VM" | "VIP" | "LB" | "BMS" | (string & {});

/** The state of an endpoint service; the cloud may add more. */
export type EndpointServiceStatus = "creating" | "available" | "failed" | "deleting" | (string & {});

/** What a service is expected to be; every part that is given is compared. */
export interface EndpointServiceExpectation {
  /** The state, for example `available`. */
  status?: pulumi.Input<EndpointServiceStatus> | undefined;
  /** The VPC of the backend. */
  vpcId?: pulumi.Input<string> | undefined;
  /** The kind of backend. */
  serverType?: pulumi.Input<EndpointServiceServerType> | undefined;
  /** All port mappings, in any order; `protocol` is `TCP` where it is left out. */
  ports?: pulumi.Input<
    pulumi.Input<{
      clientPort: pulumi.Input<number>;
      serverPort: pulumi.Input<number>;
      protocol?: pulumi.Input<string> | undefined;
    }>[]
  >;
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
   * Waits until the service is `available`, in a preview as well: leave it out there with `pulumi.runtime.isDryRun()`.
   * A refresh never waits. Default: no wait.
   */
  waitFor?: pulumi.Input<"available"> | undefined;
  /** The longest wait, in milliseconds; only beside `waitFor`. Default: 600000. */
  waitTimeoutMs?: pulumi.Input<number> | undefined;
  /** The first pause between two looks, in milliseconds; it grows fivefold. Only beside `waitFor`. Default: 3000. */
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

/**
 * The record of a VPC endpoint service, read by {@link getEndpointService}.
 *
 * Every output is always there: `null` where the API leaves the field out, unknown only in a preview in which an
 * argument is not known.
 */
export class EndpointService extends LookupResource {
  /** The service's own id, as the API spells it. */
  declare readonly serviceId: pulumi.Output<string>;
  /** The service's full name, usually `region.name.id`. */
  declare readonly serviceName: pulumi.Output<string | null>;
  /** The service's state: `creating`, `available`, `failed`, `deleting`, or one that the cloud has added since. */
  declare readonly status: pulumi.Output<EndpointServiceStatus>;
  /** The VPC of the backend. */
  declare readonly vpcId: pulumi.Output<string>;
  /** The port mappings, in the API's order. */
  declare readonly ports: pulumi.Output<EndpointServicePort[]>;
  /** The backend: the port of a load balancer's address, or the network interface of a server. */
  declare readonly portId: pulumi.Output<string | null>;
  /** The network interface of a virtual IP address. */
  declare readonly vipPortId: pulumi.Output<string | null>;
  /** The kind of backend: `VM`, `VIP`, `LB` or `BMS`. */
  declare readonly serverType: pulumi.Output<EndpointServiceServerType | null>;
  /** `interface` or `gateway`. */
  declare readonly serviceType: pulumi.Output<string | null>;
  /** Whether the owner approves each connection. */
  declare readonly approvalEnabled: pulumi.Output<boolean | null>;
  /** The project that the service belongs to; the one that was asked where the API leaves it out. */
  declare readonly projectId: pulumi.Output<string>;
  /** When the service was created: RFC 3339 in UTC, for example `2018-01-30T07:42:01.174Z`. */
  declare readonly createdAt: pulumi.Output<string | null>;
  /** When the service was last changed: RFC 3339 in UTC. */
  declare readonly updatedAt: pulumi.Output<string | null>;
  /** Why the service has failed; empty for one that has not. */
  declare readonly error: pulumi.Output<EndpointServiceError[]>;
  /** The cluster that the service is on. */
  declare readonly poolId: pulumi.Output<string | null>;
  /** The kind of addresses: `public` or `internal`. */
  declare readonly cidrType: pulumi.Output<string | null>;
  /** How client addresses reach the backend: `close`, `toa_open`, `proxy_open`, `open` or `proxy_vni`. */
  declare readonly tcpProxy: pulumi.Output<string | null>;
  /** The owner's description. */
  declare readonly description: pulumi.Output<string | null>;
  /** Whether endpoints may have policies of their own. */
  declare readonly enablePolicy: pulumi.Output<boolean | null>;
  /** The backend's IPv4 address or domain name. */
  declare readonly ip: pulumi.Output<string | null>;
  /** `ipv4` or `ipv6`. */
  declare readonly ipVersion: pulumi.Output<string | null>;
  /** The network for source address translation. */
  declare readonly snatNetworkId: pulumi.Output<string | null>;
  /** The edge pool. */
  declare readonly publicBorderGroup: pulumi.Output<string | null>;
  /** How many endpoints are being created or are connected. */
  declare readonly connectionCount: pulumi.Output<number | null>;
  /** The account that owns the service. */
  declare readonly domainId: pulumi.Output<string | null>;
  /** The editions that the service supports, such as `basic` and `profession`. */
  declare readonly supportedEditions: pulumi.Output<string[] | null>;
  /** The service's tags. */
  declare readonly tags: pulumi.Output<Record<string, string> | null>;
  /** The packet identifier, as a string: it may be larger than a number can hold. */
  declare readonly markerId: pulumi.Output<string | null>;
  /** The region that was asked. */
  declare readonly region: pulumi.Output<string>;
  /**
   * Every other field the API sent, under the API's own name, and as it was sent: fields not known here, those that could
   * not be read, and lists whose members have fields not known here. Integers past 2^53 are strings.
   */
  declare readonly extra: pulumi.Output<Record<string, unknown>>;

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
