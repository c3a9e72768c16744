// A lookup's whole configuration: its credential and its settings, from the same sources.
// Called by createClient.ts, dynamic/read.ts and the command.
import { chooseWithProfile } from "../credentials/chain";
import type { Credential } from "../credentials/credential";
import { type AskedPlace, resolveSettings, type Settings } from "../settings/settings";
import type { SettingSources } from "../settings/table";

/** Settings, checked, and the credential beside them. */
export interface Configuration extends Settings {
  readonly credential: Credential;
}

/** Resolves and checks everything that a lookup is configured with. `home` is where profile files are looked for. */
export function resolveConfiguration(
  asked: AskedPlace,
  sources: SettingSources,
  home?: string,
): Configuration {
  const chosen = chooseWithProfile(sources, home);
  return { ...resolveSettings(asked, chosen.sources), credential: chosen.credential };
}
