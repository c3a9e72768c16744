// The package entry "pulumi-vpcep": what a Pulumi program imports.
export {
  EndpointService,
  type EndpointServiceError,
  type EndpointServicePort,
  type EndpointServiceStatus,
  type GetEndpointServiceArgs,
  getEndpointService,
} from "./endpointService";
