// Several endpoint services by their ids, each read by a request of its own.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
import { type LookupDefinition, placeArguments } from "./definition";
import { endpointService } from "./endpointService";

export const endpointServicesByIds = {
  name: "endpointServicesByIds",
  getter: "getEndpointServicesByIds",
  type: "EndpointServicesByIds",
  subject: "VPC endpoint services",
  permission: endpointService.permission,
  path: endpointService.path,
  arguments: {
    ids: { rule: "ids", required: true },
    ifMissing: { rule: "ifMissing" },
    ...placeArguments,
  },
  record: "endpointService",
  outputs: ["services", "totalCount"],
  each: { argument: "ids", reads: endpointService },
} as const satisfies LookupDefinition;
