// What an emulator accepts and serves when it is told nothing.
// Imports nothing but types. Called by data.ts, credentials.ts and emulator.ts; tests use the credentials.
import type { Account, Agency, IdentityProvider, Key, Project, User, WireRecord } from "./options";

const agencyName = "emulator-agency";
const domainId = "5fc973eea581490997e82ea11a1d0101";
const domainName = "emulator-domain";
const otherDomainId = "c1a2b3d4e5f60718293a4b5c6d7e8f90";
const otherServiceId = "9d4393ac-2e3c-4a3f-9f0e-8a9b5f1c1f21";

/**
 * The region, projects, credentials and accounts of an emulator that is told nothing else.
 *
 * `temporaryKey` is what the ECS metadata service hands out.
 *
 * @example
 * ```ts
 * import { emulatorDefaults } from "pulumi-vpcep/testing";
 *
 * process.env["HW_ACCESS_KEY"] = emulatorDefaults.key.accessKey;
 * process.env["HW_SECRET_KEY"] = emulatorDefaults.key.secretKey;
 * ```
 */
export const emulatorDefaults: {
  /** `eu-de`. */
  readonly region: string;
  /** The sample's project; its name is the region. */
  readonly projectId: string;
  /** Accepted as `X-Auth-Token`, never expires. */
  readonly token: string;
  /** A permanent access key. */
  readonly key: Key;
  /** An access key that is only good together with its security token. */
  readonly temporaryKey: Required<Key>;
  /** An IAM user who may obtain tokens. */
  readonly user: User;
  /** The id of the first account, whose name is the user's `domainName`. */
  readonly accountId: string;
  /** The name of the agency that each of the two accounts has, and that the other one may assume. */
  readonly agencyName: string;
  /** The identity provider that the first account trusts; its agency may be assumed with a token of it. */
  readonly identityProvider: Required<IdentityProvider>;
  /** A second account, with a key, an agency and one endpoint service, `otherServiceId`. */
  readonly otherAccount: Account & { readonly keys: readonly [Key] };
  /** The id of the second account's endpoint service. */
  readonly otherServiceId: string;
} = {
  region: "eu-de",
  projectId: "6e9dfd51d1124e8d8498dce894923a0d",
  token: "emulator-token",
  key: { accessKey: "EMULATORACCESSKEY000", secretKey: "emulator-secret-key" },
  temporaryKey: {
    accessKey: "EMULATORTEMPORARY000",
    secretKey: "emulator-temporary-secret-key",
    securityToken: "emulator-security-token",
  },
  user: { userName: "emulator-user", password: "emulator-password", domainName },
  accountId: domainId,
  agencyName,
  identityProvider: {
    id: "emulator-identity-provider",
    // What GitHub Actions issues where nobody asks for an audience.
    audience: "https://github.com/octo-org",
    issuer: "https://token.actions.githubusercontent.com",
  },
  otherAccount: {
    id: otherDomainId,
    name: "emulator-other-domain",
    keys: [{ accessKey: "EMULATOROTHERKEY0000", secretKey: "emulator-other-secret-key" }],
    agencies: [{ name: agencyName, trustedAccounts: [domainId] }],
    services: [
      {
        id: otherServiceId,
        vpc_id: "b2c4e6f8-1a3b-4c5d-8e7f-90a1b2c3d4e5",
        status: "available",
        service_name: "orders",
        approval_enabled: true,
        ports: [{ client_port: 443, server_port: 8443, protocol: "TCP" }],
        created_at: "2024-05-06T07:08:09Z",
        updated_at: "2024-05-06T07:08:09Z",
      },
    ],
  },
  otherServiceId,
};

const sampleId = "4189d3c2-8882-4871-a3c2-d380272eed83";

/** The one project of the first account, which has the region's name. */
export function defaultProjects(region: string): Project[] {
  return [{ id: emulatorDefaults.projectId, name: region, domain_id: domainId, enabled: true }];
}

/** The agency of the first account. */
export const defaultAgencies: readonly Agency[] = [
  {
    name: agencyName,
    trustedAccounts: [otherDomainId],
    trustedIdentityProviders: [emulatorDefaults.identityProvider.id],
  },
];

export const defaultPublicServices: readonly WireRecord[] = [
  {
    id: "8df4e9a6-6d4a-4a0c-9a35-6f0a3a7d1c01",
    owner: "OTC",
    service_name: "com.t-systems.otc.eu-de.dns",
    service_type: "interface",
    created_at: "2019-04-10T09:02:30Z",
    is_charge: true,
  },
];

export const defaultEndpoints: readonly WireRecord[] = [
  {
    id: "b7a5d1f2-3c0e-4f59-8f0b-27f3c1d2a9e1",
    service_type: "interface",
    status: "accepted",
    active_status: ["active"],
    enable_status: "enable",
    endpoint_service_name: "test123",
    endpoint_service_id: sampleId,
    marker_id: 16777510,
    enable_dns: false,
    dns_names: [],
    ip: "192.168.0.232",
    vpc_id: "84758cf5-9c62-43ae-a778-3dbd8370c0a4",
    subnet_id: "16619e4c-9a1a-4c8a-9e3d-0a4c8c6f2b6d",
    created_at: "2018-01-30T07:42:01Z",
    updated_at: "2018-01-30T07:42:05Z",
    project_id: emulatorDefaults.projectId,
    tags: [],
    whitelist: [],
    enable_whitelist: false,
    routetables: [],
  },
];

export const defaultConnections: Readonly<Record<string, readonly WireRecord[]>> = {
  [sampleId]: [
    {
      id: "b7a5d1f2-3c0e-4f59-8f0b-27f3c1d2a9e1",
      marker_id: 16777510,
      status: "accepted",
      domain_id: domainId,
      created_at: "2018-01-30T07:42:01Z",
      updated_at: "2018-01-30T07:42:05Z",
    },
  ],
};

export const defaultPermissions: Readonly<Record<string, readonly WireRecord[]>> = {
  [sampleId]: [
    {
      id: "f7b0f2c4-5b3e-4a8e-8d3f-0c8a6a1b2c3d",
      permission: `iam:domain::${domainId}`,
      permission_type: "domainId",
      created_at: "2018-01-30T07:43:44Z",
    },
  ],
};

/** Each account's usual limits. */
export const defaultQuotas: { readonly endpoint_service: number; readonly endpoint: number } = {
  endpoint_service: 20,
  endpoint: 50,
};
