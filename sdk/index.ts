// The package entry "pulumi-vpcep": what a Pulumi program imports.
export type {
  EndpointRecord,
  EndpointServiceConnection,
  EndpointServiceError,
  EndpointServicePermission,
  EndpointServicePort,
  EndpointServiceRecord,
  EndpointServiceServerType,
  EndpointServiceStatus,
  EndpointServiceSummary,
  PublicEndpointService,
  TaggedEndpointService,
  VpcepQuota,
  VpcepTag,
  VpcepVersion,
} from "../provider/lookups/records";
export {
  type GetVpcepQuotasArgs,
  type GetVpcepTagsArgs,
  type GetVpcepVersionsArgs,
  getVpcepQuotas,
  getVpcepTags,
  getVpcepVersions,
  type VpcepQuotas,
  type VpcepTags,
  type VpcepVersions,
} from "./account";
export {
  EndpointService,
  type EndpointServiceExpectation,
  type GetEndpointServiceArgs,
  getEndpointService,
} from "./endpointService";
export {
  type EndpointServiceConnections,
  type EndpointServicePermissions,
  type GetEndpointServiceConnectionsArgs,
  type GetEndpointServicePermissionsArgs,
  getEndpointServiceConnections,
  getEndpointServicePermissions,
} from "./endpointServiceAccess";
export {
  type EndpointServices,
  type EndpointServicesByTags,
  type GetEndpointServiceByNameArgs,
  type GetEndpointServicesArgs,
  type GetEndpointServicesByIdsArgs,
  type GetEndpointServicesByTagsArgs,
  getEndpointServiceByName,
  getEndpointServices,
  getEndpointServicesByIds,
  getEndpointServicesByTags,
  type TagFilter,
} from "./endpointServices";
export {
  type GetEndpointServiceSummaryArgs,
  type GetPublicEndpointServicesArgs,
  getEndpointServiceSummary,
  getPublicEndpointServices,
  type PublicEndpointServices,
} from "./endpointServicesOfOthers";
export {
  type Endpoints,
  type GetEndpointArgs,
  type GetEndpointsArgs,
  getEndpoint,
  getEndpoints,
} from "./endpoints";
export type { ListOutputs, PlaceArgs, ReadPlace, SortArgs } from "./listing";
export type { Lookup } from "./lookupResource";
export {
  type FindEndpointServiceArgs,
  findEndpointService,
  type OptionalEndpointService,
} from "./optionalEndpointService";
export { parseServiceName, portOfClient, portsToServer, type ServiceNameParts } from "./records";
