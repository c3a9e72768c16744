// Names that change who asks or how, and that are not supported: refused, since without them a lookup would ask as
// somebody else. Called by table.ts for each source, and by profile.ts.
import { VpcepError } from "../errors/errors";

interface Unsupported {
  /** Names in the environment, and keys of a configuration or a profile. */
  readonly names: RegExp;
  /** Values that change nothing. */
  readonly unless?: RegExp;
  readonly problem: string;
}

const role =
  "assuming a role is not supported, and without it the lookup would ask as somebody else. Unset it, and use a credential of the account that owns the service";
const identityProvider =
  "signing in through an identity provider is not supported, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password";

const unsupported: readonly Unsupported[] = [
  {
    names:
      /^(HW_ASSUME_ROLE_(?!IDP_|ID_TOKEN)|OS_(TARGET_)?AGENCY_|OS_TARGET_DOMAIN_|OS_DELEGATED_PROJECT$|(assumeRoles?|agency(Domain)?Name|agencyDomainId|delegatedProject|sourceProfile)$)/,
    problem: role,
  },
  {
    names:
      /^((HW|HUAWEICLOUD_SDK|OS)_(\w+_)?IDP_ID|HW_ASSUME_ROLE_ID_TOKEN(_FILE)?|OS_(IDENTITY_PROVIDER|PROTOCOL)|assumeRoleWithOidc|oidc|idp_?id)$/i,
    problem: identityProvider,
  },
  {
    names: /^OS_AUTH_TYPE$/,
    unless: /^(v3)?(password|token)$/i,
    problem:
      "no other way of signing in than a password or a token is supported by this name, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password",
  },
  {
    names: /^HC_CONTAINER_CREDENTIALS_FULL_URI$/,
    problem:
      "the identity of a pod is not supported, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password",
  },
  {
    names: /^OS_CLOUD$/,
    problem:
      "clouds.yaml is not read, and without it the lookup would ask as somebody else. Unset it, and set the credential itself",
  },
  {
    names: /^(OS_PASSCODE|passcode)$/,
    problem: "a one-time passcode is not supported. Unset it, and use a token or a key pair",
  },
  {
    names: /^OS_(APPLICATION_CREDENTIAL_(ID|NAME)|TRUST_ID)$/,
    problem:
      "this kind of credential is not supported, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password",
  },
  {
    names: /^((HW|OS)_INSECURE|insecure|skipSecureVerify)$/,
    unless: /^(0|f|false)$/i,
    problem:
      "certificates are always checked. Unset it, and name your own certificate authorities with vpcep:caFile or OS_CACERT",
  },
  {
    names: /^(HW_SIGNING_ALGORITHM|signingAlgorithm)$/,
    unless: /^HmacSHA256$/,
    problem: "requests are signed with HmacSHA256 alone. Unset it",
  },
  {
    names: /^endpoints$/,
    problem:
      "it is not read, and without it the lookup would ask another host. Set vpcep:endpoint and vpcep:authUrl",
  },
];

/** The keys of a configuration that are refused. */
export const unsupportedKeys = [
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithOidc",
  "agencyName",
  "agencyDomainName",
  "delegatedProject",
  "oidc",
  "passcode",
  "insecure",
  "signingAlgorithm",
  "endpoints",
] as const;

/** Refuses the first name that is set and would change who asks or how; `label` is how an error calls a name. */
export function refuseUnsupported(
  values: Iterable<readonly [name: string, value: unknown]>,
  label: (name: string) => string = (name) => name,
): void {
  for (const [name, value] of values) {
    const found = unsupported.find(({ names, unless }) => names.test(name) && !unless?.test(String(value)));
    if (found && value !== undefined && value !== null && value !== "") {
      throw new VpcepError("VPCEP_CONFIG", `${label(name)} is set, but ${found.problem}`);
    }
  }
}
