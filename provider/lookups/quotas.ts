// How many endpoints and endpoint services the project may have, and has.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListQuotaDetails.html
import { type LookupDefinition, placeArguments } from "./definition";

export const quotas = {
  name: "quotas",
  getter: "getVpcepQuotas",
  type: "Quotas",
  subject: "the quotas of VPC endpoints",
  permission: "vpcep:quotas:get",
  path: "/v1/{projectId}/quotas",
  arguments: {
    resourceType: { rule: "resourceType", query: "type", filters: "resourceType" },
    ...placeArguments,
  },
  record: "quota",
  outputs: ["quotas", "totalCount"],
  list: { wire: "quotas.resources" },
} as const satisfies LookupDefinition;
