// The package entry "pulumi-vpcep/provider": what the provider process imports, and the client for use without Pulumi.
export {
  createVpcepClient,
  type EndpointServiceOutputs,
  type GetEndpointServiceRequest,
  type VpcepClient,
  type VpcepClientOptions,
} from "./client";
export { VpcepError, type VpcepErrorCode, type VpcepErrorDetails } from "./errors";
export { read, refuseCreation } from "./read";
