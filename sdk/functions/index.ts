// The package entry "pulumi-vpcep/functions": every lookup as a pair of functions, which run in the program's own process.
export type {
  EndpointServiceConnection,
  EndpointServiceError,
  EndpointServicePermission,
  EndpointServicePort,
  EndpointServiceServerType,
  EndpointServiceStatus,
  PublicEndpointService,
  TaggedEndpointService,
  VpcepQuota,
  VpcepTag,
  VpcepVersion,
} from "../../provider/lookups/records";
export type {
  GetVpcepQuotasArgs as GetVpcepQuotasOutputArgs,
  GetVpcepTagsArgs as GetVpcepTagsOutputArgs,
  GetVpcepVersionsArgs as GetVpcepVersionsOutputArgs,
  VpcepQuotas,
  VpcepTags,
  VpcepVersions,
} from "../account";
export type {
  EndpointServiceExpectation,
  GetEndpointServiceArgs as GetEndpointServiceOutputArgs,
} from "../endpointService";
export type {
  EndpointServiceConnections,
  EndpointServicePermissions,
  GetEndpointServiceConnectionsArgs as GetEndpointServiceConnectionsOutputArgs,
  GetEndpointServicePermissionsArgs as GetEndpointServicePermissionsOutputArgs,
} from "../endpointServiceAccess";
export type {
  EndpointServices,
  EndpointServicesByTags,
  GetEndpointServiceByNameArgs as GetEndpointServiceByNameOutputArgs,
  GetEndpointServicesArgs as GetEndpointServicesOutputArgs,
  GetEndpointServicesByIdsArgs as GetEndpointServicesByIdsOutputArgs,
  GetEndpointServicesByTagsArgs as GetEndpointServicesByTagsOutputArgs,
  TagFilter,
} from "../endpointServices";
export type {
  GetEndpointServiceSummaryArgs as GetEndpointServiceSummaryOutputArgs,
  GetPublicEndpointServicesArgs as GetPublicEndpointServicesOutputArgs,
  PublicEndpointServices,
} from "../endpointServicesOfOthers";
export type {
  Endpoints,
  GetEndpointArgs as GetEndpointOutputArgs,
  GetEndpointsArgs as GetEndpointsOutputArgs,
} from "../endpoints";
export type { ListOutputs, PlaceArgs, ReadPlace, SortArgs } from "../listing";
export type { FindEndpointServiceArgs as FindEndpointServiceOutputArgs } from "../optionalEndpointService";
export { parseServiceName, portOfClient, portsToServer, type ServiceNameParts } from "../records";
export * from "./account";
export * from "./endpointService";
export * from "./endpointServiceAccess";
export * from "./endpointServices";
export * from "./endpointServicesOfOthers";
export * from "./endpoints";
export type { InvokeOptions, InvokeOutputOptions } from "./invoke";
export type { Plain } from "./plain";
