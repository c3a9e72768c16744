// The versions of the API that a region serves.
// https://support.huaweicloud.com/intl/en-us/api-vpcep/ListVersionDetails.html
import { type LookupDefinition, placeArguments } from "./definition";

export const versions = {
  name: "versions",
  getter: "getVpcepVersions",
  type: "Versions",
  subject: "the versions of the VPCEP API",
  permission: "none",
  path: "/",
  arguments: { region: placeArguments.region, account: placeArguments.account },
  record: "version",
  outputs: ["versions", "totalCount"],
  list: { wire: "versions" },
} as const satisfies LookupDefinition;
