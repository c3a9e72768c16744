// The credential that requests are authenticated with: as the user gave it, or exchanged for a token or a temporary
// key, which are renewed in time. Called by client.ts.

import { Deadline } from "../http/deadline";
import type { CredentialSupply, RequestContext } from "../requests/apiRequest";
import type { Session } from "../requests/session";
import type { Settings } from "../settings/settings";
import type { Credential, UsableCredential } from "./chain";
import { createToken } from "./identity";
import { getTemporaryKey } from "./metadata";
import { Renewable } from "./renewable";

/** A supply that may know the project of its credential. */
export interface ProjectCredentialSupply extends CredentialSupply {
  /** The project that the credential is for, where it is for one. */
  projectId?(deadline: Deadline): Promise<string | undefined>;
}

/** The supply for settings: one for all lookups of a session that authenticate alike. */
export function supplyFor(settings: Settings, session: Session): ProjectCredentialSupply {
  const { credential } = settings;
  switch (credential.kind) {
    case "password":
      return session.once(
        ["tokens", credential, settings.authUrl, settings.projectId, settings.projectName],
        () => tokenSupply(credential, settings, session),
      );
    case "metadata":
      return session.once(["metadata", settings.metadataEndpoint], () =>
        keySupply(credential, settings, session),
      );
    default:
      remember(session, credential);
      return { from: credential.from, current: async () => credential };
  }
}

function tokenSupply(
  credential: Extract<Credential, { kind: "password" }>,
  settings: Settings,
  session: Session,
): ProjectCredentialSupply {
  session.secrets.add(credential.password);
  const { from } = credential;
  const project = settings.projectId ? { id: settings.projectId } : { name: settings.projectName };
  const tokens = new Renewable(async () => {
    const context: RequestContext = {
      session,
      deadline: new Deadline(settings.timeoutMs),
      supply: { from, current: async () => credential },
      attemptTimeoutMs: settings.attemptTimeoutMs,
      maxAttempts: settings.maxAttempts,
    };
    const { token, projectId, expiresAt } = await createToken(settings.authUrl, credential, project, context);
    const value = { kind: "token", token, from, projectId } as const;
    remember(session, value);
    return { value, expiresAt };
  });
  return {
    ...supplyOf(from, tokens),
    projectId: async (deadline) => (await tokens.current(deadline)).projectId,
  };
}

function keySupply(
  credential: Extract<Credential, { kind: "metadata" }>,
  settings: Settings,
  session: Session,
): CredentialSupply {
  const keys = new Renewable(async () => {
    const { expiresAt, ...key } = await getTemporaryKey(
      settings.metadataEndpoint,
      credential.lookedAt,
      session.transport,
    );
    const value = { kind: "keys", ...key, from: credential.from } as const;
    remember(session, value);
    return { value, expiresAt };
  });
  return supplyOf(credential.from, keys);
}

function supplyOf<Value extends UsableCredential>(from: string, values: Renewable<Value>): CredentialSupply {
  return {
    from,
    current: (deadline) => values.current(deadline),
    renew: (refused, deadline) => values.renew(refused as Value, deadline),
  };
}

/** Secrets are taken out of whatever a server writes. */
function remember(session: Session, credential: UsableCredential): void {
  if (credential.kind === "token") {
    session.secrets.add(credential.token);
  } else {
    session.secrets.add(credential.secretKey);
    if (credential.securityToken) {
      session.secrets.add(credential.securityToken);
    }
  }
}
