// What provides the credential that requests are authenticated with: as the user gave it, or exchanged for a token or a
// temporary key, which are renewed in time. Called by client.ts.
// This room knows the way from settings to the headers of an authenticated request; requests/ and client/ may enter.
import type { Settings } from "../settings/settingsTypes";
import type { Credential, CredentialProvider, UsableCredential } from "./credential";
import { createToken } from "./identity";
import type { IdentityApi } from "./identityApi";
import { temporaryKeys } from "./metadata";
import { Renewable } from "./renewable";

/** The provider for a credential: one for all lookups of a session that authenticate alike. */
export function credentialProviderFor(
  credential: Credential,
  settings: Settings,
  api: IdentityApi,
): CredentialProvider {
  switch (credential.kind) {
    case "password":
      return api.once(
        ["tokens", credential, settings.authUrl, settings.projectId, settings.projectName],
        () => tokenProvider(credential, settings, api),
      );
    case "metadata":
      return api.once(["metadata", settings.metadataEndpoint], () => keyProvider(credential, settings, api));
    default:
      return { from: credential.from, current: async () => credential };
  }
}

function tokenProvider(
  credential: Extract<Credential, { kind: "password" }>,
  settings: Settings,
  api: IdentityApi,
): CredentialProvider {
  const { from } = credential;
  const project = settings.projectId ? { id: settings.projectId } : { name: settings.projectName };
  const send = api.sendWith({ from, current: async () => credential });
  const tokens = new Renewable(settings.authUrl, async () => {
    const { token, projectId, expiresAt } = await createToken(settings.authUrl, credential, project, send);
    const value = { kind: "token", token, from, projectId } as const;
    remember(api, value);
    return { value, expiresAt };
  });
  return {
    ...providerOf(from, tokens),
    projectId: async (deadline) => (await tokens.current(deadline)).projectId,
  };
}

function keyProvider(
  credential: Extract<Credential, { kind: "metadata" }>,
  settings: Settings,
  api: IdentityApi,
): CredentialProvider {
  const obtain = temporaryKeys(settings.metadataEndpoint, credential.lookedAt, api);
  const keys = new Renewable(settings.metadataEndpoint, async () => {
    const { expiresAt, ...key } = await obtain();
    const value = { kind: "keys", ...key, from: credential.from } as const;
    remember(api, value);
    return { value, expiresAt };
  });
  return providerOf(credential.from, keys);
}

function providerOf<Value extends UsableCredential>(
  from: string,
  values: Renewable<Value>,
): CredentialProvider {
  return {
    from,
    current: (deadline) => values.current(deadline),
    renew: (refused, deadline) => values.renew(refused as Value, deadline),
  };
}

/** Secrets are taken out of whatever a server writes. */
function remember(api: IdentityApi, credential: UsableCredential): void {
  if (credential.kind === "token") {
    api.secrets.add(credential.token);
  } else {
    api.secrets.add(credential.secretKey);
    if (credential.securityToken) {
      api.secrets.add(credential.securityToken);
    }
  }
}
