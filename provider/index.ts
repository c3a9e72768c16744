// The package entry "pulumi-vpcep/provider": what the provider process imports, and the client for use without Pulumi.
import "./nodeVersion";

export type { EndpointServiceOutputs, GetEndpointServiceRequest, VpcepClient } from "./client/client";
export { createVpcepClient, type VpcepClientOptions } from "./client/createClient";
/** @internal */
export { runCommand } from "./command";
export { VpcepError, type VpcepErrorCode, type VpcepErrorDetails } from "./errors/errors";
export type { LookupName } from "./lookups";
export { read, refuseCreation } from "./read";
export type { LookupArguments, LookupOutputs } from "./reading/lookup";
export type { SettingKey } from "./settings/table";
