// The whitelist of an endpoint service: who may connect to it.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePermissionsDetails.html
import { type LookupDefinition, placeArguments, sortArguments } from "./definition";

export const endpointServicePermissions = {
  name: "endpointServicePermissions",
  getter: "getEndpointServicePermissions",
  type: "EndpointServicePermissions",
  subject: "the permissions of VPC endpoint service {serviceId}",
  permission: "vpcep:permissions:list",
  path: "/v1/{projectId}/vpc-endpoint-services/{serviceId}/permissions",
  arguments: {
    serviceId: { rule: "id", required: true },
    permission: { rule: "text", query: "permission" },
    ...sortArguments,
    ...placeArguments,
  },
  record: "permission",
  outputs: ["permissions", "totalCount"],
  list: { wire: "permissions", pageSize: 500 },
} as const satisfies LookupDefinition;
