// The standing of every credential that a configuration has, whichever of its accounts sends it: several accounts over one
// wrong key would lock it for everybody. Made by sharedClients.ts for all of its sessions, else by session.ts for one.
import type { SentCredential } from "../credentials/kinds/credential";
import { CredentialGate } from "./credentialGate";

/** A gate for each credential. */
export class CredentialGates {
  readonly #gates = new Map<string, CredentialGate>();

  /** The standing of a credential, by what is secret of it: a token has one with each host, anything else one with the whole cloud. */
  of(credential: SentCredential, origin: string): CredentialGate {
    const key = JSON.stringify(identityOf(credential, origin));
    let gate = this.#gates.get(key);
    if (!gate) {
      gate = new CredentialGate();
      this.#gates.set(key, gate);
    }
    return gate;
  }
}

function identityOf(credential: SentCredential, origin: string): readonly unknown[] {
  switch (credential.kind) {
    case "token":
      return [credential.token, origin];
    case "keys":
      return [credential.accessKey, credential.secretKey, credential.securityToken];
    default:
      return [credential.kind, ...credential.parts];
  }
}
