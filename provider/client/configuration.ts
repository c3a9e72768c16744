// A lookup's whole configuration: its credential and its settings, from the same sources.
// Called by createClient.ts, dynamic/read.ts and the command.
import { chooseWithProfile } from "../credentials/chain";
import type { Credential } from "../credentials/credential";
import { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { homeFolder } from "../settings/files";
import { type AskedPlace, resolveSettings, type Settings } from "../settings/settings";
import { type SettingSources, secretsOf } from "../settings/table";

/** Settings, checked, and the credential beside them. */
export interface Configuration extends Settings {
  readonly credential: Credential;
  /** Every secret among the settings, used or not. */
  readonly secrets: readonly string[];
}

/** Resolves and checks everything that a lookup is configured with. `home` is where profile files are looked for. */
export function resolveConfiguration(
  asked: AskedPlace,
  sources: SettingSources,
  home = homeFolder(),
): Configuration {
  let known = sources;
  try {
    const chosen = chooseWithProfile(sources, home);
    known = chosen.sources;
    const settings = resolveSettings(asked, known, home);
    return { ...settings, credential: chosen.credential, secrets: secretsOf(known) };
  } catch (error) {
    // A secret may stand where another value belongs.
    const secrets = new Secrets(secretsOf(known));
    throw error instanceof VpcepError ? error.reworded((what) => secrets.ownLine(what)) : error;
  }
}
