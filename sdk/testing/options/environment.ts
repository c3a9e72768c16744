// The environment variables with which a program reaches an emulator.
// Imports options and defaults. Called by emulator.ts.
import { emulatorDefaults } from "./defaults";
import type { EmulatorOptions, Project } from "./options";

/** The addresses, the region, the first project, and the first credentials of the first kind there is. */
export function environmentOf(
  url: string,
  region: string,
  projects: readonly Project[],
  options: EmulatorOptions,
): Record<string, string> {
  const [project] = projects;
  return {
    VPCEP_ENDPOINT: url,
    HW_AUTH_URL: url,
    HW_REGION_NAME: region,
    ...(project === undefined ? {} : { HW_PROJECT_ID: project.id }),
    ...credentialsOf(options),
  };
}

function credentialsOf(options: EmulatorOptions): Record<string, string> {
  const [token] = options.tokens ?? [emulatorDefaults.token];
  if (token !== undefined) {
    return { HW_AUTH_TOKEN: token };
  }
  const [key] = options.keys ?? [emulatorDefaults.key];
  if (key !== undefined) {
    const { accessKey, secretKey, securityToken } = key;
    return {
      HW_ACCESS_KEY: accessKey,
      HW_SECRET_KEY: secretKey,
      ...(securityToken === undefined ? {} : { HW_SECURITY_TOKEN: securityToken }),
    };
  }
  const [user] = options.users ?? [emulatorDefaults.user];
  return user === undefined
    ? {}
    : {
        HW_USER_NAME: user.userName,
        HW_USER_PASSWORD: user.password,
        HW_DOMAIN_NAME: user.domainName,
      };
}
