// Endpoint services by their tags: the one read of the API that is a POST.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListResourceInstances.html
import { type LookupDefinition, placeArguments } from "./definition";

export const endpointServicesByTags = {
  name: "endpointServicesByTags",
  getter: "getEndpointServicesByTags",
  type: "EndpointServicesByTags",
  subject: "VPC endpoint services by tags",
  permission: "vpcep:endpointServices:listResourcesByTag",
  path: "/v1/{projectId}/endpoint_service/resource_instances/action",
  arguments: {
    tags: { rule: "tagFilter" },
    tagsAny: { rule: "tagFilter" },
    notTags: { rule: "tagFilter" },
    notTagsAny: { rule: "tagFilter" },
    withoutAnyTag: { rule: "boolean" },
    serviceName: { rule: "text" },
    ...placeArguments,
  },
  record: "taggedService",
  outputs: ["services", "totalCount"],
  list: { wire: "resources", pageSize: 1000, unique: "serviceId", body: "tagFilter" },
} as const satisfies LookupDefinition;
