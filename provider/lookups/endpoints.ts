// The VPC endpoints of a project.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpoints.html
import { type LookupDefinition, placeArguments, sortArguments } from "./definition";

export const endpoints = {
  name: "endpoints",
  getter: "getEndpoints",
  type: "Endpoints",
  subject: "VPC endpoints",
  permission: "vpcep:endpoints:list",
  path: "/v1/{projectId}/vpc-endpoints",
  arguments: {
    endpointId: { rule: "id", query: "id", filters: "endpointId" },
    serviceName: { rule: "text", query: "endpoint_service_name" },
    vpcId: { rule: "id", query: "vpc_id", filters: "vpcId" },
    publicBorderGroup: { rule: "text", query: "public_border_group" },
    ...sortArguments,
    ...placeArguments,
  },
  record: "endpoint",
  outputs: ["endpoints", "totalCount"],
  list: { wire: "endpoints", pageSize: 1000, unique: "endpointId" },
} as const satisfies LookupDefinition;
