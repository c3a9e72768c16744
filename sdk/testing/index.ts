// The entry "pulumi-vpcep/testing": its public names, listed by hand.
// Imports only files beside it. Called by users' tests.
export { emulatorDefaults } from "./defaults";
export { type Emulator, startEmulator } from "./emulator";
export type { EmulatorData, EmulatorOptions, Key, Project, User, WireRecord } from "./options";
export type { Reply, ReplyFunction } from "./reply";
export type { RecordedRequest } from "./requests";
export { sampleEndpointService } from "./sampleEndpointService";
