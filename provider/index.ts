// The package entry "pulumi-vpcep/provider": what the provider process imports, and the client for use without Pulumi.
import "./errors/nodeVersion";

export type { VpcepClient } from "./client/client";
export { createVpcepClient, type VpcepAccount, type VpcepClientOptions } from "./client/createClient";
export type {
  EndpointServiceOutputs,
  GetEndpointServiceRequest,
  LookupArguments,
  LookupOutputs,
} from "./client/lookupTypes";
/** @internal */
export { runCommand } from "./command";
export { read, refuseCreation } from "./dynamic/read";
export { VpcepError, type VpcepErrorCode, type VpcepErrorDetails } from "./errors/errors";
/** @internal */
export { runFunction } from "./functions/run";
export type { LookupName } from "./lookups";
export type { SettingKey } from "./settings/table";
