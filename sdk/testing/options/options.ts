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
  /** The user's id, for whom signs in by it. Default: none. */
  readonly userId?: string;
  /** The user's password. */
  readonly password: string;
  /** The name of the account the user belongs to. */
  readonly domainName: string;
}

/** An agency: what an account delegates to others, who assume it as a role. */
export interface Agency {
  /** The agency's name. */
  readonly name: string;
  /** The accounts that may assume it, by name or id. Default: none. */
  readonly trustedAccounts?: readonly string[];
  /** The identity providers of its own account, by id, whose tokens may assume it through STS. Default: none. */
  readonly trustedIdentityProviders?: readonly string[];
  /** The longest session that STS gives, in seconds. Default 43200. */
  readonly maxSessionSeconds?: number;
}

/** An OpenID Connect identity provider that an account trusts. */
export interface IdentityProvider {
  /** The provider's id, which is its name. */
  readonly id: string;
  /** The `aud` that its tokens must have. */
  readonly audience: string;
  /** The `iss` that its tokens must have. Default: GitHub Actions'. */
  readonly issuer?: string;
}

/** The data an emulator serves for an account, each part with a small default of its own. */
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

/** An account beside the first: what is not given is empty, but for the project. */
export interface Account extends EmulatorData {
  /** The account's id, which is its domain's. */
  readonly id: string;
  /** The account's name, which is its domain's. */
  readonly name: string;
  /** IAM projects. Default: one with the region's name, whose id is in `account(name).environment`. */
  readonly projects?: readonly Project[];
  /** Tokens accepted as `X-Auth-Token` in every project of the account, without an end. Default: none. */
  readonly tokens?: readonly string[];
  /** Access keys accepted in every project of the account. Default: none. */
  readonly keys?: readonly Key[];
  /** Users who may obtain tokens for the account's projects. Default: none. */
  readonly users?: readonly User[];
  /** Agencies of the account. Default: none. */
  readonly agencies?: readonly Agency[];
  /** Identity providers that the account trusts. Default: none. */
  readonly identityProviders?: readonly IdentityProvider[];
}

/** How to start an emulator; every part has a default. All but `accounts` is about its first account. */
export interface EmulatorOptions extends EmulatorData {
  /** The port to listen on, at 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** The region the emulator plays. Default `eu-de`. */
  readonly region?: string;
  /** The id of the first account. Default: the `domain_id` of its first project, else `emulatorDefaults.accountId`. */
  readonly accountId?: string;
  /** The name of the first account. Default: the `domainName` of its first user, else that of `emulatorDefaults.user`. */
  readonly accountName?: string;
  /** Tokens accepted as `X-Auth-Token` in every project, without an end. Default: `emulatorDefaults.token`. */
  readonly tokens?: readonly string[];
  /**
   * Access keys accepted in every project. The first with a security token is what the ECS metadata service
   * hands out. Default: `emulatorDefaults.key` and `emulatorDefaults.temporaryKey`.
   */
  readonly keys?: readonly Key[];
  /** Users who may obtain tokens. Default: `emulatorDefaults.user`. */
  readonly users?: readonly User[];
  /**
   * Agencies of the first account. Default: one, `emulatorDefaults.agencyName`, which trusts
   * `emulatorDefaults.otherAccount` and the default identity provider.
   */
  readonly agencies?: readonly Agency[];
  /** Identity providers that the first account trusts. Default: `emulatorDefaults.identityProvider`. */
  readonly identityProviders?: readonly IdentityProvider[];
  /** The other accounts. Default: `emulatorDefaults.otherAccount`. */
  readonly accounts?: readonly Account[];
  /** How long an issued token lasts, in milliseconds. Default 24 hours. */
  readonly tokenLifetimeMs?: number;
  /**
   * The emulator's clock, in milliseconds since 1970: it decides which signatures and tokens have expired and
   * is sent as the `Date` header. Default `Date.now`.
   */
  readonly now?: () => number;
}
