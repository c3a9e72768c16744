// Endpoint services by a filter.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
import { type LookupDefinition, placeArguments, sortArguments } from "./definition";

export const endpointServices = {
  name: "endpointServices",
  getter: "getEndpointServices",
  type: "EndpointServices",
  subject: "VPC endpoint services",
  permission: "vpcep:endpointServices:list",
  path: "/v1/{projectId}/vpc-endpoint-services",
  arguments: {
    serviceId: { rule: "id", query: "id", filters: "serviceId" },
    serviceName: { rule: "text", query: "endpoint_service_name" },
    status: { rule: "text", query: "status", filters: "status" },
    serverType: { rule: "text", query: "server_type", filters: "serverType" },
    publicBorderGroup: { rule: "text", query: "public_border_group" },
    ...sortArguments,
    ...placeArguments,
  },
  record: "endpointService",
  outputs: ["services", "totalCount"],
  list: { wire: "endpoint_services", pageSize: 1000, unique: "serviceId" },
} as const satisfies LookupDefinition;
