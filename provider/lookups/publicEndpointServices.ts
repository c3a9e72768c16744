// The endpoint services that the cloud's operator offers to everybody.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServicePublicDetails.html
import { type LookupDefinition, placeArguments, sortArguments } from "./definition";

export const publicEndpointServices = {
  name: "publicEndpointServices",
  getter: "getPublicEndpointServices",
  type: "PublicEndpointServices",
  subject: "public VPC endpoint services",
  permission: "vpcep:endpointServices:listPublic",
  path: "/v1/{projectId}/vpc-endpoint-services/public",
  arguments: {
    serviceId: { rule: "id", query: "id", filters: "serviceId" },
    serviceName: { rule: "text", query: "endpoint_service_name" },
    ...sortArguments,
    ...placeArguments,
  },
  record: "publicEndpointService",
  outputs: ["services", "totalCount"],
  list: { wire: "endpoint_services", pageSize: 1000, unique: "serviceId" },
} as const satisfies LookupDefinition;
