// The records that lookups give, as programs see them: the types that the schemas must make of what the API sends.
// Types alone; used by schema/, client/ and sdk/. Long for the docstrings of all fields, which an editor shows.

/** One port mapping of an endpoint service. */
export interface EndpointServicePort {
  /** The port on the endpoint, which clients connect to: 1 to 65535. */
  readonly clientPort: number;
  /** The port on the backend: 1 to 65535. */
  readonly serverPort: number;
  /** The protocol, `TCP` where the API leaves it out. */
  readonly protocol: string;
}

/** Why an endpoint service has failed. */
export interface EndpointServiceError {
  /** The API's code. */
  readonly errorCode: string | null;
  /** The API's words. */
  readonly errorMessage: string | null;
}

/** The kind of an endpoint service's backend; the cloud may add more. */
export type EndpointServiceServerType = "VM" | "VIP" | "LB" | "BMS" | (string & {});

/** The state of an endpoint service; the cloud may add more. */
export type EndpointServiceStatus = "creating" | "available" | "failed" | "deleting" | (string & {});

/** The record of an endpoint service, as every lookup of one gives it. */
export interface EndpointServiceRecord {
  /** The service's own id, as the API spells it. */
  readonly serviceId: string;
  /** The service's full name, usually `region.name.id`. */
  readonly serviceName: string | null;
  /** The service's state: `creating`, `available`, `failed`, `deleting`, or one that the cloud has added since. */
  readonly status: EndpointServiceStatus;
  /** The VPC of the backend. */
  readonly vpcId: string;
  /** The port mappings, in the API's order. */
  readonly ports: readonly EndpointServicePort[];
  /** The backend: the port of a load balancer's address, or the network interface of a server. */
  readonly portId: string | null;
  /** The network interface of a virtual IP address. */
  readonly vipPortId: string | null;
  /** The kind of backend: `VM`, `VIP`, `LB` or `BMS`. */
  readonly serverType: EndpointServiceServerType | null;
  /** `interface` or `gateway`. */
  readonly serviceType: string | null;
  /** Whether the owner approves each connection. */
  readonly approvalEnabled: boolean | null;
  /** The project that the service belongs to; the one that was asked where the API leaves it out. */
  readonly projectId: string;
  /** When the service was created: RFC 3339 in UTC, for example `2018-01-30T07:42:01.174Z`. */
  readonly createdAt: string | null;
  /** When the service was last changed: RFC 3339 in UTC. */
  readonly updatedAt: string | null;
  /** Why the service has failed; empty for one that has not. */
  readonly error: readonly EndpointServiceError[];
  /** The cluster that the service is on. */
  readonly poolId: string | null;
  /** The kind of addresses: `public` or `internal`. */
  readonly cidrType: string | null;
  /** How client addresses reach the backend: `close`, `toa_open`, `proxy_open`, `open` or `proxy_vni`. */
  readonly tcpProxy: string | null;
  /** The owner's description. */
  readonly description: string | null;
  /** Whether endpoints may have policies of their own. */
  readonly enablePolicy: boolean | null;
  /** The backend's IPv4 address or domain name. */
  readonly ip: string | null;
  /** `ipv4` or `ipv6`. */
  readonly ipVersion: string | null;
  /** The network for source address translation. */
  readonly snatNetworkId: string | null;
  /** The edge pool. */
  readonly publicBorderGroup: string | null;
  /** How many endpoints are being created or are connected. */
  readonly connectionCount: number | null;
  /** The account that owns the service. */
  readonly domainId: string | null;
  /** The editions that the service supports, such as `basic` and `profession`. */
  readonly supportedEditions: readonly string[] | null;
  /** The service's tags. */
  readonly tags: Readonly<Record<string, string>> | null;
  /** The packet identifier, as a string: it may be larger than a number can hold. */
  readonly markerId: string | null;
  /**
   * Every other field the API sent, under the API's own name, and as it was sent: fields not known here, those that could
   * not be read, and lists whose members have fields not known here. Integers past 2^53 are strings, and so is, as its
   * JSON, what Pulumi would not take as it is.
   */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** What every account may know of a service. */
export interface EndpointServiceSummary {
  /** The service's own id. */
  readonly serviceId: string;
  /** The service's full name. */
  readonly serviceName: string | null;
  /** `interface` or `gateway`. */
  readonly serviceType: string | null;
  /** When the service was created: RFC 3339 in UTC. */
  readonly createdAt: string | null;
  /** Whether its use is charged. */
  readonly isCharge: boolean | null;
  /** The edge pool. */
  readonly publicBorderGroup: string | null;
  /** Whether endpoints may have policies of their own. */
  readonly enablePolicy: boolean | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A service that the cloud's operator offers to everybody. */
export interface PublicEndpointService {
  /** The service's own id. */
  readonly serviceId: string;
  /** The service's full name. */
  readonly serviceName: string | null;
  /** `interface` or `gateway`. */
  readonly serviceType: string | null;
  /** Who offers it. */
  readonly owner: string | null;
  /** When the service was created: RFC 3339 in UTC. */
  readonly createdAt: string | null;
  /** Whether its use is charged. */
  readonly isCharge: boolean | null;
  /** Whether endpoints may have policies of their own. */
  readonly enablePolicy: boolean | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A service found by its tags; look its record up by its id. */
export interface TaggedEndpointService {
  /** The service's own id. */
  readonly serviceId: string;
  /** The service's name. */
  readonly serviceName: string | null;
  /** The service's tags. */
  readonly tags: Readonly<Record<string, string>> | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A connection to an endpoint service. */
export interface EndpointServiceConnection {
  /** The endpoint at the other end. */
  readonly endpointId: string;
  /** The packet identifier, as a string. */
  readonly markerId: string | null;
  /** The state of the connection. */
  readonly status: string;
  /** The account that owns the endpoint. */
  readonly domainId: string | null;
  /** When the endpoint was created: RFC 3339 in UTC. */
  readonly createdAt: string | null;
  /** When the endpoint was last changed: RFC 3339 in UTC. */
  readonly updatedAt: string | null;
  /** Why the connection has failed; empty for one that has not. */
  readonly error: readonly EndpointServiceError[];
  /** The description of the connection. */
  readonly description: string | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** One entry of a service's whitelist. */
export interface EndpointServicePermission {
  /** The entry's own id. */
  readonly permissionId: string | null;
  /** `*`, `iam:domain::ID` or `organizations:orgPath::PATH`. */
  readonly permission: string;
  /** `domainId` or `orgPath`. */
  readonly permissionType: string | null;
  /** When the entry was made: RFC 3339 in UTC. */
  readonly createdAt: string | null;
  /** The description of the entry. */
  readonly description: string | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** One statement of an endpoint's policy. */
export interface EndpointPolicyStatement {
  /** `Allow` or `Deny`. */
  readonly effect: string;
  /** What is allowed or denied. */
  readonly action: readonly string[];
  /** Of what. */
  readonly resource: readonly string[];
}

/** A VPC endpoint. */
export interface EndpointRecord {
  /** The endpoint's own id. */
  readonly endpointId: string;
  /** The service it is connected to. */
  readonly serviceId: string | null;
  /** The full name of that service. */
  readonly serviceName: string | null;
  /** `interface` or `gateway`. */
  readonly serviceType: string | null;
  /** The state: `pendingAcceptance`, `creating`, `accepted`, `rejected`, `failed` or `deleting`. */
  readonly status: string;
  /** Whether the account is frozen: `frozen` or `active`. */
  readonly activeStatus: readonly string[] | null;
  /** `enable` or `disable`. */
  readonly enableStatus: string | null;
  /** The specification. */
  readonly specificationName: string | null;
  /** The packet identifier, as a string. */
  readonly markerId: string | null;
  /** Whether it has domain names of its own. */
  readonly enableDns: boolean | null;
  /** Its domain names. */
  readonly dnsNames: readonly string[] | null;
  /** Its address. */
  readonly ip: string | null;
  /** Its VPC. */
  readonly vpcId: string | null;
  /** Its subnet. */
  readonly subnetId: string | null;
  /** The project that owns it; the one that was asked where the API leaves it out. */
  readonly projectId: string;
  /** When it was created: RFC 3339 in UTC. */
  readonly createdAt: string | null;
  /** When it was last changed: RFC 3339 in UTC. */
  readonly updatedAt: string | null;
  /** Its tags. */
  readonly tags: Readonly<Record<string, string>> | null;
  /** Why it has failed; empty for one that has not. */
  readonly error: readonly EndpointServiceError[];
  /** The addresses that may use it. */
  readonly whitelist: readonly string[] | null;
  /** Whether the whitelist counts. */
  readonly enableWhitelist: boolean | null;
  /** The route tables of a gateway endpoint. */
  readonly routeTables: readonly string[] | null;
  /** Its description. */
  readonly description: string | null;
  /** Its policy, as statements. */
  readonly policyStatement: readonly EndpointPolicyStatement[] | null;
  /** Its policy, as a document. */
  readonly policyDocument: unknown;
  /** The cluster it is on. */
  readonly endpointPoolId: string | null;
  /** The edge pool. */
  readonly publicBorderGroup: string | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** The quota of one kind of resource. */
export interface VpcepQuota {
  /** The kind of resource: `endpoint_service` or `endpoint`. */
  readonly resourceType: string;
  /** How many there are. */
  readonly used: number;
  /** How many there may be. */
  readonly quota: number;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A tag's key, with all values it has in the project. */
export interface VpcepTag {
  /** The key. */
  readonly key: string;
  /** Its values. */
  readonly values: readonly string[];
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** An address of a version of the API. */
export interface VpcepVersionLink {
  /** The address. */
  readonly href: string;
  /** What is there, usually `self`. */
  readonly rel: string | null;
  /** The media type of what is there. */
  readonly type: string | null;
}

/** A version of the API. */
export interface VpcepVersion {
  /** The version's id, for example `v1`. */
  readonly versionId: string;
  /** `CURRENT`, `SUPPORT` or `DEPRECATED`. */
  readonly status: string | null;
  /** When it was last changed: RFC 3339 in UTC. */
  readonly updatedAt: string | null;
  /** The microversion. */
  readonly version: string | null;
  /** The smallest microversion. */
  readonly minVersion: string | null;
  /** Where it is. */
  readonly links: readonly VpcepVersionLink[] | null;
  /** Every other field the API sent, and every one that could not be read, as it was sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** The record of each schema. */
export interface RecordTypes {
  connection: EndpointServiceConnection;
  endpoint: EndpointRecord;
  endpointService: EndpointServiceRecord;
  endpointServiceSummary: EndpointServiceSummary;
  permission: EndpointServicePermission;
  publicEndpointService: PublicEndpointService;
  quota: VpcepQuota;
  tag: VpcepTag;
  taggedService: TaggedEndpointService;
  version: VpcepVersion;
}
