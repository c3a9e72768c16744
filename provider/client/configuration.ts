// A lookup's whole configuration: its credential and its settings, from the same sources.
// Called by createClient.ts, dynamic/read.ts and the command.
import { chooseWithProfile } from "../credentials/chain";
import { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { homeFolder } from "../settings/files";
import { resolveSettings } from "../settings/settings";
import type { AskedPlace } from "../settings/settingsTypes";
import { type SettingSources, secretsOf } from "../settings/table";
import type { Configuration } from "./configurationTypes";

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
