// The settings with which a program reaches an account of an emulator, as environment variables and as an entry of
// `vpcep:accounts`. Imports options. Called by emulator.ts.
import type { Key, Project, User } from "./options";

/** What is told of an account. */
interface Reachable {
  readonly projects: readonly Project[];
  readonly tokens: readonly string[];
  readonly keys: readonly Key[];
  readonly users: readonly User[];
}

/** The environment's name of each setting that is told. */
const variables = {
  endpoint: "VPCEP_ENDPOINT",
  authUrl: "HW_AUTH_URL",
  stsUrl: "HUAWEICLOUD_SDK_STS_ENDPOINT",
  region: "HW_REGION_NAME",
  projectId: "HW_PROJECT_ID",
  token: "HW_AUTH_TOKEN",
  accessKey: "HW_ACCESS_KEY",
  secretKey: "HW_SECRET_KEY",
  securityToken: "HW_SECURITY_TOKEN",
  userName: "HW_USER_NAME",
  password: "HW_USER_PASSWORD",
  domainName: "HW_DOMAIN_NAME",
} as const;

/** Settings by their keys. */
export type AccountConfiguration = { readonly [Key in keyof typeof variables]?: string };

/** The addresses, the region, the first project, and the first credentials of the first kind there is. */
export function configurationOf(url: string, region: string, account: Reachable): AccountConfiguration {
  const [project] = account.projects;
  return {
    endpoint: url,
    authUrl: url,
    stsUrl: url,
    region,
    ...(project === undefined ? {} : { projectId: project.id }),
    ...credentialsOf(account),
  };
}

/** The same as environment variables. */
export function environmentOf(configuration: AccountConfiguration): Record<string, string> {
  return Object.fromEntries(
    Object.entries(configuration).map(([key, value]) => [
      variables[key as keyof AccountConfiguration],
      value,
    ]),
  );
}

function credentialsOf({ tokens: [token], keys: [key], users: [user] }: Reachable): AccountConfiguration {
  if (token !== undefined || key !== undefined) {
    return token === undefined ? { ...key } : { token };
  }
  return user === undefined ? {} : pick(user);
}

function pick({ userName, password, domainName }: User): AccountConfiguration {
  return { userName, password, domainName };
}
