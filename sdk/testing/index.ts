// The entry "pulumi-vpcep/testing": its public names, listed by hand.
// Imports only its own rooms and the emulator beside it. Called by users' tests.
export { type Emulator, type EmulatorAccount, startEmulator } from "./emulator";
export { emulatorDefaults } from "./options/defaults";
export type { AccountConfiguration } from "./options/environment";
export type {
  Account,
  Agency,
  EmulatorData,
  EmulatorOptions,
  IdentityProvider,
  Key,
  Project,
  User,
  WireRecord,
} from "./options/options";
export { sampleEndpointService } from "./options/sampleEndpointService";
export type { Reply, ReplyFunction } from "./replies/reply";
export type { RecordedRequest } from "./replies/requests";
export type { IdTokenClaims } from "./state/idTokens";
