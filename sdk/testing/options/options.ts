// What an emulator can be told when it starts: the data it serves and the credentials it accepts.
// This room knows what an emulator is told and what it takes for granted. It imports no other; all may enter.
// Imports nothing. Called by emulator.ts and whoever starts one; all types.

/** A record in the API's own form, field names included; a `JSON.rawJSON` number keeps its digits. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** An IAM project in the API's own form. */
export interface Project {
  /** The project's id, as in VPCEP's paths. */
  readonly id: string;
  /** The project's name; a region's main project is named after the region. */
  readonly name: string;
  /** The account that owns the project; default: one fixed account. */
  readonly domain_id?: string;
  /** Whether the project may be used; default `true`. */
  readonly enabled?: boolean;
}

/** An access key that may sign requests. */
export interface Key {
  /** The access key id. */
  readonly accessKey: string;
  /** The secret key that signs. */
  readonly secretKey: string;
  /** What a temporary key must send and sign as `X-Security-Token`; absent for a permanent one. */
  readonly securityToken?: string;
}

/** An IAM user who may obtain tokens by password. */
export interface User {
  /** The user's name. */
  readonly userName: string;
  /** The user's password. */
  readonly password: string;
  /** The name of the account the user belongs to. */
  readonly domainName: string;
}

/** The data an emulator serves, each part with a small default of its own. */
export interface EmulatorData {
  /** IAM projects; calls to any other are forbidden. Default: one, with the sample's id and the region's name. */
  readonly projects?: readonly Project[];
  /**
   * Endpoint services as the detail query has them. A string is JSON text, served byte for byte; a record is
   * served as compact JSON. One with a `project_id` is visible in that project only. Default: the sample.
   */
  readonly services?: readonly (WireRecord | string)[];
  /** Services that the cloud's operator offers to everyone. Default: one. */
  readonly publicServices?: readonly WireRecord[];
  /** Endpoints; one with a `project_id` is visible in that project only. Default: one, connected to the sample. */
  readonly endpoints?: readonly WireRecord[];
  /** The connections of each service, by its id. Default: one accepted connection to the sample. */
  readonly connections?: Readonly<Record<string, readonly WireRecord[]>>;
  /** The whitelist of each service, by its id. Default: one account on the sample's. */
  readonly permissions?: Readonly<Record<string, readonly WireRecord[]>>;
  /** The most services and endpoints allowed; what is used is counted. Default: 20 and 50. */
  readonly quotas?: { readonly endpoint_service: number; readonly endpoint: number };
}

/** How to start an emulator; every part has a default. */
export interface EmulatorOptions extends EmulatorData {
  /** The port to listen on, at 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** The region the emulator plays. Default `eu-de`. */
  readonly region?: string;
  /** Tokens accepted as `X-Auth-Token` in every project, without an end. Default: `emulatorDefaults.token`. */
  readonly tokens?: readonly string[];
  /**
   * Access keys accepted in every project. The first with a security token is what the ECS metadata service
   * hands out. Default: `emulatorDefaults.key` and `emulatorDefaults.temporaryKey`.
   */
  readonly keys?: readonly Key[];
  /** Users who may obtain tokens. Default: `emulatorDefaults.user`. */
  readonly users?: readonly User[];
  /** How long an issued token lasts, in milliseconds. Default 24 hours. */
  readonly tokenLifetimeMs?: number;
  /**
   * The emulator's clock, in milliseconds since 1970: it decides which signatures and tokens have expired and
   * is sent as the `Date` header. Default `Date.now`.
   */
  readonly now?: () => number;
}
