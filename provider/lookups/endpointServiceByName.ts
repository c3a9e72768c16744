// The record of one endpoint service, by its name: the API's list matches names by parts, so the match is made here.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointService.html
import { type LookupDefinition, placeArguments } from "./definition";
import { endpointService, endpointServiceOutputs } from "./endpointService";

export const endpointServiceByName = {
  name: "endpointServiceByName",
  getter: "getEndpointServiceByName",
  type: "EndpointServiceByName",
  subject: "VPC endpoint service named {serviceName}",
  permission: "vpcep:endpointServices:list",
  path: "/v1/{projectId}/vpc-endpoint-services",
  arguments: {
    serviceName: { rule: "text", required: true, query: "endpoint_service_name" },
    ...placeArguments,
  },
  record: "endpointService",
  outputs: endpointServiceOutputs,
  list: { wire: "endpoint_services", pageSize: 1000, unique: "serviceId" },
  selects: { argument: "serviceName", reads: endpointService },
} as const satisfies LookupDefinition;
