// The entry "pulumi-vpcep/testing": its public names, listed by hand.
// Imports only its own rooms and the emulator beside it. Called by users' tests.
export { type Emulator, startEmulator } from "./emulator";
export { emulatorDefaults } from "./options/defaults";
export type { EmulatorData, EmulatorOptions, Key, Project, User, WireRecord } from "./options/options";
export { sampleEndpointService } from "./options/sampleEndpointService";
export type { Reply, ReplyFunction } from "./replies/reply";
export type { RecordedRequest } from "./replies/requests";
