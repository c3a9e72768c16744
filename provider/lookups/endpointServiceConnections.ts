// The connections to an endpoint service.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceConnections.html
import { type LookupDefinition, placeArguments, sortArguments } from "./definition";

export const endpointServiceConnections = {
  name: "endpointServiceConnections",
  getter: "getEndpointServiceConnections",
  type: "EndpointServiceConnections",
  subject: "the connections of VPC endpoint service {serviceId}",
  permission: "vpcep:connections:list",
  path: "/v1/{projectId}/vpc-endpoint-services/{serviceId}/connections",
  arguments: {
    serviceId: { rule: "id", required: true },
    endpointId: { rule: "id", query: "id", filters: "endpointId" },
    markerId: { rule: "text", query: "marker_id" },
    status: { rule: "text", query: "status", filters: "status" },
    ...sortArguments,
    ...placeArguments,
  },
  record: "connection",
  outputs: ["connections", "totalCount"],
  list: { wire: "connections", pageSize: 1000 },
} as const satisfies LookupDefinition;
