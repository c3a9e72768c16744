// A lookup's whole configuration: its credential and its settings, from the same sources.
// Called by createClient.ts, dynamic/read.ts and the command.
import { chooseWithProfile } from "../credentials/chain";
import { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { homeFolder } from "../settings/files";
import { type AskedPlace, resolveSettings } from "../settings/settings";
import { type SettingSources, secretsOf } from "../settings/table";
import type { Configuration } from "./configured";

/**
 * Resolves and checks everything that a lookup is configured with. `home` is where profile files are looked for,
 * `environment` where an identity token is.
 */
export function resolveConfiguration(
  asked: AskedPlace,
  sources: SettingSources,
  home = homeFolder(),
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Configuration {
  let known = sources;
  try {
    const { authentication, sources: all } = chooseWithProfile(sources, { home, environment });
    known = all;
    const { credential, kind, role } = authentication;
    const settings = resolveSettings(asked, known, home, role);
    const secrets = [...secretsOf(known), ...(kind.secrets?.(credential) ?? [])];
    return { ...settings, authentication, secrets };
  } catch (error) {
    // A secret may stand where another value belongs.
    const secrets = new Secrets(secretsOf(known));
    throw error instanceof VpcepError ? error.reworded((what) => secrets.ownLine(what)) : error;
  }
}
