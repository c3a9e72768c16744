// The tags that the project's endpoints or endpoint services have.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQueryProjectResourceTags.html
import { type LookupDefinition, placeArguments } from "./definition";

export const tags = {
  name: "tags",
  getter: "getVpcepTags",
  type: "Tags",
  subject: "the tags of VPC endpoints",
  permission: "vpcep:tags:list",
  path: "/v1/{projectId}/{resourceType}/tags",
  arguments: { resourceType: { rule: "resourceType", required: true }, ...placeArguments },
  record: "tag",
  outputs: ["tags", "totalCount"],
  list: { wire: "tags" },
} as const satisfies LookupDefinition;
