// The project that is asked where no setting names its id. Called by client.ts.

import type { Deadline } from "../http/deadline";
import type { Settings } from "../settings/settingsTypes";
import type { Credential, CredentialProvider } from "./credential";
import { findProjectId } from "./identity";
import type { IdentityApi } from "./identityApi";
import { Renewable } from "./renewable";

/** The project of the credential, else the one that IAM knows by the name; asked once. */
export async function projectOf(
  credential: Credential,
  { authUrl, projectName }: Settings,
  provider: CredentialProvider,
  api: IdentityApi,
  deadline: Deadline,
): Promise<string> {
  const known = await provider.projectId?.(deadline);
  if (known) {
    return known;
  }
  const found = api.once(
    ["project", authUrl, projectName, credential],
    () =>
      new Renewable(authUrl, async () => ({
        value: await findProjectId(authUrl, projectName, provider.from, api.sendWith(provider)),
        expiresAt: Number.POSITIVE_INFINITY,
      })),
  );
  return found.current(deadline);
}
