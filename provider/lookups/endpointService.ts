// The record of one endpoint service, by its id.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
import { type LookupDefinition, placeArguments } from "./definition";

/** The outputs of an endpoint service's record. */
export const endpointServiceOutputs = [
  "serviceId",
  "serviceName",
  "status",
  "vpcId",
  "ports",
  "portId",
  "vipPortId",
  "serverType",
  "serviceType",
  "approvalEnabled",
  "projectId",
  "createdAt",
  "updatedAt",
  "error",
  "poolId",
  "cidrType",
  "tcpProxy",
  "description",
  "enablePolicy",
  "ip",
  "ipVersion",
  "snatNetworkId",
  "publicBorderGroup",
  "connectionCount",
  "domainId",
  "supportedEditions",
  "tags",
  "markerId",
  "region",
  "extra",
] as const;

export const endpointService = {
  name: "endpointService",
  getter: "getEndpointService",
  type: "EndpointService",
  subject: "VPC endpoint service {id}",
  permission: "vpcep:endpointServices:get",
  path: "/v1/{projectId}/vpc-endpoint-services/{id}",
  arguments: {
    id: { rule: "id", required: true },
    waitFor: { rule: "waitFor", notOnRefresh: true },
    waitTimeoutMs: { rule: "milliseconds", onlyWith: "waitFor", notOnRefresh: true },
    pollIntervalMs: { rule: "pollInterval", onlyWith: "waitFor", notOnRefresh: true },
    expect: { rule: "expectation", notOnRefresh: true },
    ...placeArguments,
  },
  record: "endpointService",
  outputs: endpointServiceOutputs,
} as const satisfies LookupDefinition;
