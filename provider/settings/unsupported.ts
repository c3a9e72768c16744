// Names that change who asks or how, and that are not supported: refused, since without them a lookup would ask as
// somebody else. Called by families.ts for each source, and by profile.ts.
import { anyOf } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";

interface Unsupported {
  /** Names in the environment, and keys of a configuration or a profile. */
  readonly names: RegExp;
  /** Values that change nothing. */
  readonly unless?: RegExp;
  /** What is wrong, and what to do; `own` is a key of the configuration as it is spelt, and nothing where none is read. */
  readonly problem: (own: (key: "assumeRole" | "oidc" | "caFile") => readonly string[]) => string;
}

type Problem = Unsupported["problem"];

const role: Problem = (own) =>
  `a role is not read from this name, and without it the lookup would ask as somebody else. Unset it, and set ${[...own("assumeRole"), "HW_ASSUME_ROLE_AGENCY_NAME or OS_AGENCY_NAME with the name of its account"].join(", or ")}`;
const identityProvider: Problem = (own) =>
  `an identity provider is not read from this name, and without it the lookup would ask as somebody else. Unset it, and set ${anyOf([...own("oidc"), "HUAWEICLOUD_SDK_IDP_ID", "HW_ASSUME_ROLE_IDP_ID"])}`;

const unsupported: readonly Unsupported[] = [
  {
    names:
      /^(HW_ASSUME_ROLE_(?!((AGENCY|DOMAIN)_NAME|(DOMAIN|IDP)_ID|DURATION|ID_TOKEN(_FILE)?)$)|OS_AGENCY_(?!(DOMAIN_)?NAME$)|OS_TARGET_(AGENCY|DOMAIN|PROJECT)_|(assumeRoles|agency(Domain)?Name|agencyDomainId|delegatedProject)$)/,
    problem: role,
  },
  {
    names:
      /^((?!HW_ASSUME_ROLE_IDP_ID$|HUAWEICLOUD_SDK_IDP_ID$)(HW|HUAWEICLOUD_SDK|OS)_(\w+_)?IDP_ID|OS_(IDENTITY_PROVIDER|PROTOCOL)|assumeRoleWithOidc|idpId)$/i,
    problem: identityProvider,
  },
  {
    names: /^OS_AUTH_TYPE$/,
    unless: /^(v3)?(password|token)$/i,
    problem: () =>
      "no other way of signing in than a password or a token is supported by this name, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password",
  },
  {
    names: /^HC_CONTAINER_CREDENTIALS_FULL_URI$/,
    problem: () =>
      "the identity of a pod is not supported, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password",
  },
  {
    names: /^(OS_PASSCODE|passcode)$/,
    problem: () => "a one-time passcode is not supported. Unset it, and use a token or a key pair",
  },
  {
    names: /^OS_(CERT|KEY)$/,
    problem: () => "a certificate of the client is not supported. Unset it",
  },
  {
    names: /^OS_(APPLICATION_CREDENTIAL_(ID|NAME)|TRUST_ID)$/,
    problem: () =>
      "this kind of credential is not supported, and without it the lookup would ask as somebody else. Unset it, and use a token, a key pair or a password",
  },
  {
    names: /^((HW|OS)_INSECURE|insecure|skipSecureVerify)$/,
    unless: /^(0|f|false)$/i,
    problem: (own) =>
      `certificates are always checked. Unset it, and name your own certificate authorities with ${anyOf([...own("caFile"), "OS_CACERT"])}`,
  },
  {
    names: /^(HW_SIGNING_ALGORITHM|signingAlgorithm)$/,
    unless: /^HmacSHA256$/,
    problem: () => "requests are signed with HmacSHA256 alone. Unset it",
  },
];

/** The keys of a configuration that are refused. */
export const unsupportedKeys = [
  "assumeRoles",
  "assumeRoleWithOidc",
  "agencyName",
  "agencyDomainName",
  "delegatedProject",
  "passcode",
  "insecure",
  "signingAlgorithm",
] as const;

/**
 * Refuses the first name that is set and would change who asks or how; `label` is how an error calls a name, `configuration`
 * how the keys of a configuration are spelt, where one is read.
 */
export function refuseUnsupported(
  values: Iterable<readonly [name: string, value: unknown]>,
  label: (name: string) => string = (name) => name,
  configuration: string | null = "vpcep:",
): void {
  const own = (key: string) => (configuration === null ? [] : [`${configuration}${key}`]);
  for (const [name, value] of values) {
    const found = unsupported.find(({ names, unless }) => names.test(name) && !unless?.test(String(value)));
    if (found && value !== undefined && value !== null && value !== "") {
      throw new VpcepError("VPCEP_CONFIG", `${label(name)} is set, but ${found.problem(own)}`);
    }
  }
}
