// The record of one endpoint service that may be missing, by its id or by its name.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
import { type LookupDefinition, placeArguments } from "./definition";
import { endpointService, endpointServiceOutputs } from "./endpointService";
import { endpointServiceByName } from "./endpointServiceByName";

export const optionalEndpointService = {
  name: "optionalEndpointService",
  getter: "findEndpointService",
  type: "OptionalEndpointService",
  subject: "VPC endpoint service",
  permission: endpointService.permission,
  path: endpointService.path,
  arguments: { id: { rule: "id" }, serviceName: { rule: "text" }, ...placeArguments },
  exactlyOneOf: ["id", "serviceName"],
  record: "endpointService",
  outputs: [...endpointServiceOutputs, "exists"],
  finds: [
    { argument: "id", reads: endpointService },
    { argument: "serviceName", reads: endpointServiceByName },
  ],
} as const satisfies LookupDefinition;
