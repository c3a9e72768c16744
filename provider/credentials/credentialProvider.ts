// What provides the credential that requests are authenticated with: as the user gave it, or exchanged for a token or a
// temporary key, and that of a role in place of it, all of them renewed in time here. Called by client.ts.
import { agencyOf, roleKeys } from "./assumedRole";
import type { Authentication } from "./chosen";
import type { ChainLink, CredentialProvider, UsableCredential } from "./kinds/credential";
import type { IdentityApi } from "./kinds/identityApi";
import type { Exchange, ExchangeSettings, GivenCredential } from "./kinds/kind";
import { Renewable } from "./renewable";
import type { Role } from "./role";

/** The provider for a credential and the role over it: one for all lookups of a session that authenticate alike. */
export function credentialProviderFor(
  { credential, kind, role }: Authentication,
  settings: ExchangeSettings,
  api: IdentityApi,
): CredentialProvider {
  const exchange = kind.exchange?.(credential, settings, role !== undefined, api);
  const source = exchange
    ? api.once(["credential", credential.kind, ...exchange.key], () =>
        renewed(credential, kind.label, exchange),
      )
    : asGiven(credential as UsableCredential, kind.label);
  if (!role) {
    return source;
  }
  const { authUrl, stsUrl, metadataEndpoint } = settings;
  return api.once(["role", credential, role, authUrl, stsUrl, metadataEndpoint], () => {
    const obtain = roleKeys(source, kind.underRole(credential), role, settings, api);
    return assumed(source, role, new Renewable(obtain));
  });
}

function asGiven(credential: UsableCredential, who: string): CredentialProvider {
  const { from } = credential;
  const projectId = credential.kind === "token" ? credential.projectId : undefined;
  return {
    from,
    chain: () => [{ who, from, expiresAt: undefined }],
    current: async () => credential,
    projectId: async () => projectId,
  };
}

function renewed({ from }: GivenCredential, who: string, { obtain }: Exchange): CredentialProvider {
  const values = new Renewable(obtain);
  return { ...providerOf(from, values), chain: () => [{ who, from, expiresAt: values.expiresAt }] };
}

/** Of several agencies only the last one's key has an end: all are assumed anew for it. */
function assumed(
  source: CredentialProvider,
  { hops }: Role,
  values: Renewable<UsableCredential>,
): CredentialProvider {
  const [last] = hops.slice(-1);
  const links = (): ChainLink[] =>
    hops.map((hop) => ({
      who: agencyOf(hop),
      from: hop.from,
      expiresAt: hop === last ? values.expiresAt : undefined,
    }));
  const from = `${agencyOf(last ?? hops[0])}, assumed by ${source.from}`;
  return { ...providerOf(from, values), chain: () => [...source.chain(), ...links()] };
}

function providerOf(from: string, values: Renewable<UsableCredential>): Omit<CredentialProvider, "chain"> {
  return {
    from,
    current: (deadline) => values.current(deadline),
    asking: () => values.asking(),
    renew: (refused, deadline) => values.renew(refused as UsableCredential, deadline),
    projectId: async (deadline) => {
      const value = await values.current(deadline);
      return value.kind === "token" ? value.projectId : undefined;
    },
  };
}
