// The package entry "pulumi-vpcep": what a Pulumi program imports.
export {
  type GetVpcepQuotasArgs,
  type GetVpcepTagsArgs,
  type GetVpcepVersionsArgs,
  getVpcepQuotas,
  getVpcepTags,
  getVpcepVersions,
  type VpcepQuota,
  type VpcepQuotas,
  type VpcepTag,
  type VpcepTags,
  type VpcepVersion,
  type VpcepVersions,
} from "./account";
export {
  EndpointService,
  type EndpointServiceError,
  type EndpointServiceExpectation,
  type EndpointServicePort,
  type EndpointServiceServerType,
  type EndpointServiceStatus,
  type GetEndpointServiceArgs,
  getEndpointService,
} from "./endpointService";
export {
  type EndpointServiceConnection,
  type EndpointServiceConnections,
  type EndpointServicePermission,
  type EndpointServicePermissions,
  type GetEndpointServiceConnectionsArgs,
  type GetEndpointServicePermissionsArgs,
  getEndpointServiceConnections,
  getEndpointServicePermissions,
} from "./endpointServiceAccess";
export {
  type EndpointServiceRecord,
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
  type TaggedEndpointService,
} from "./endpointServices";
export {
  type EndpointServiceSummary,
  type GetEndpointServiceSummaryArgs,
  type GetPublicEndpointServicesArgs,
  getEndpointServiceSummary,
  getPublicEndpointServices,
  type PublicEndpointService,
  type PublicEndpointServices,
} from "./endpointServicesOfOthers";
export {
  type EndpointRecord,
  type Endpoints,
  type GetEndpointArgs,
  type GetEndpointsArgs,
  getEndpoint,
  getEndpoints,
} from "./endpoints";
export type { ListOutputs, PlaceArgs, SortArgs } from "./listing";
export type { Lookup } from "./lookupResource";
export {
  type FindEndpointServiceArgs,
  findEndpointService,
  type OptionalEndpointService,
} from "./optionalEndpointService";
export { parseServiceName, portOfClient, portsToServer, type ServiceNameParts } from "./records";
