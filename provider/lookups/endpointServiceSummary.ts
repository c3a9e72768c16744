// What every account may know of an endpoint service, its own or another's.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDescribeDetails.html
import { type LookupDefinition, placeArguments } from "./definition";

export const endpointServiceSummary = {
  name: "endpointServiceSummary",
  getter: "getEndpointServiceSummary",
  type: "EndpointServiceSummary",
  subject: "the summary of a VPC endpoint service",
  permission: "vpcep:endpointServices:describe",
  path: "/v1/{projectId}/vpc-endpoint-services/describe",
  arguments: {
    serviceId: { rule: "id", query: "id" },
    serviceName: { rule: "text", query: "endpoint_service_name" },
    ...placeArguments,
  },
  exactlyOneOf: ["serviceId", "serviceName"],
  record: "endpointServiceSummary",
  outputs: [
    "serviceId",
    "serviceName",
    "serviceType",
    "createdAt",
    "isCharge",
    "publicBorderGroup",
    "enablePolicy",
    "region",
    "projectId",
    "extra",
  ],
} as const satisfies LookupDefinition;
