// The lookup of one endpoint service, as a Pulumi program sees it. The only part of a lookup that runs in the program.
// May import of provider/ only what loads nothing: the serialised object and the rules of arguments.
import * as pulumi from "@pulumi/pulumi";
import { idProblem, regionProblem } from "../provider/lookupArguments";
import { lookupProvider } from "../provider/lookupProvider";

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

/** The state of an endpoint service; the cloud may add more. */
export type EndpointServiceStatus = "creating" | "available" | "failed" | "deleting" | (string & {});

/** What to look up. An argument that is not known yet, in a preview, makes every output unknown; nothing is sent then. */
export interface GetEndpointServiceArgs {
  /** The id of the endpoint service: 1 to 64 letters, digits, hyphens or underscores. */
  id: pulumi.Input<string>;
  /** The region to read in, for example `eu-de`. Default: the setting `region`. */
  region?: pulumi.Input<string> | undefined;
  /** The id of the project that owns the service. Default: the setting `projectId`. */
  projectId?: pulumi.Input<string> | undefined;
}

/**
 * Looks up a VPC endpoint service: its record is read in every preview and every update, and nothing is ever changed.
 *
 * The outputs are those of {@link EndpointService}. A service that does not exist is an error in a preview and an
 * update, and leaves the state on a refresh.
 *
 * @param name the name of the resource in the stack
 * @param args what to look up; plain values are checked at once, others when they are known
 * @param opts Pulumi's options; `dependsOn` delays the read
 * @throws TypeError at the call when a plain argument is malformed. The preview or update fails with an error that
 * ends with its code: `VPCEP_CONFIG`, `VPCEP_NOT_FOUND`, `VPCEP_AUTH`, `VPCEP_FORBIDDEN`, `VPCEP_THROTTLED`,
 * `VPCEP_API`, `VPCEP_CONNECTION`, `VPCEP_TIMEOUT` or `VPCEP_RESPONSE`.
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
  checkArguments(name, args, getEndpointService);
  return new EndpointService(name, args, opts);
}

/**
 * The record of a VPC endpoint service, read by {@link getEndpointService}.
 *
 * Every output is always there: `null` where the API leaves the field out, unknown only in a preview in which an
 * argument is not known.
 */
export class EndpointService extends pulumi.dynamic.Resource {
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
  declare readonly serverType: pulumi.Output<string | null>;
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
  /** Every other field the API sent, under the API's own name; integers past 2^53 as strings. */
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
    checkArguments(name, { ...args, id }, EndpointService.get);
    return new EndpointService(name, { ...args, id }, opts);
  }

  /** Call {@link getEndpointService} instead: an endpoint service is read, never created. */
  constructor(name: string, args: GetEndpointServiceArgs, opts?: pulumi.CustomResourceOptions) {
    checkArguments(name, args, EndpointService);
    const { region, projectId } = args;
    super(
      lookupProvider,
      name,
      { ...undeclared, region, projectId },
      { ...opts, id: knownWithAll(name, args) },
      "vpcep",
      "EndpointService",
    );
  }
}

/** Pulumi gives a program only the outputs that it has named before; the read fills them all. */
const undeclared = {
  serviceId: undefined,
  serviceName: undefined,
  status: undefined,
  vpcId: undefined,
  ports: undefined,
  portId: undefined,
  vipPortId: undefined,
  serverType: undefined,
  serviceType: undefined,
  approvalEnabled: undefined,
  projectId: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  error: undefined,
  poolId: undefined,
  cidrType: undefined,
  tcpProxy: undefined,
  description: undefined,
  enablePolicy: undefined,
  ip: undefined,
  ipVersion: undefined,
  snatNetworkId: undefined,
  publicBorderGroup: undefined,
  connectionCount: undefined,
  domainId: undefined,
  supportedEditions: undefined,
  tags: undefined,
  markerId: undefined,
  region: undefined,
  extra: undefined,
} satisfies Record<Exclude<keyof EndpointService, keyof pulumi.CustomResource>, undefined>;

/**
 * An id that is unknown as long as any argument is: a read without one of them would read the wrong place.
 * Values that come later are checked when they come, since the engine refuses an id that is no string without a reason.
 */
function knownWithAll(name: string, { id, region, projectId }: GetEndpointServiceArgs): pulumi.Input<string> {
  if (![id, region, projectId].some(isPending)) {
    return id;
  }
  return pulumi.all([id, region, projectId]).apply(([knownId, knownRegion, knownProjectId]) => {
    const problem = argumentProblem({ id: knownId, region: knownRegion, projectId: knownProjectId });
    if (problem) {
      throw new TypeError(`getEndpointService(${JSON.stringify(name)}): ${problem}`);
    }
    return knownId;
  });
}

function isPending(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Refuses malformed plain arguments with an error whose stack begins at the caller's own line. */
function checkArguments(
  name: string,
  args: GetEndpointServiceArgs,
  caller: Parameters<typeof Error.captureStackTrace>[1],
): void {
  const problem = argumentProblem(args ?? {});
  if (problem) {
    const error = new TypeError(`getEndpointService(${JSON.stringify(name)}): ${problem}`);
    Error.captureStackTrace(error, caller);
    throw error;
  }
}

/** What is wrong with the arguments, as far as they are known. */
function argumentProblem({ id, region, projectId }: Partial<GetEndpointServiceArgs>): string | undefined {
  if (id === undefined || id === null) {
    return "id is missing: an endpoint service is read, never created. Call getEndpointService(name, { id })";
  }
  return (
    (isPending(id) ? undefined : idProblem("id", id)) ??
    (isPending(region) || region === undefined ? undefined : regionProblem(region)) ??
    (isPending(projectId) || projectId === undefined ? undefined : idProblem("projectId", projectId))
  );
}
