// A lookup's whole configuration: its credential and its settings, from the same sources.
// Called by createClient.ts, dynamic/read.ts and the command.
import { chooseWithProfile } from "../credentials/chain";
import type { Credential } from "../credentials/credential";
import { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { accountSources, configuredAccounts, findAccount } from "../settings/accounts";
import { homeFolder } from "../settings/files";
import { type AskedPlace, resolveSettings, type Settings } from "../settings/settings";
import { type Account, findSetting, type SettingSources, secretsOf } from "../settings/table";

/** Settings, checked, and the credential beside them. */
export interface Configuration extends Settings {
  readonly credential: Credential;
  /** Every secret among the settings, used or not, those of all accounts included. */
  readonly secrets: readonly string[];
}

/** Resolves and checks everything that a lookup is configured with. `home` is where profile files are looked for. */
export function resolveConfiguration(
  asked: AskedPlace,
  sources: SettingSources,
  home = homeFolder(),
): Configuration {
  let known = sources;
  let account: Account | undefined;
  try {
    const accounts = configuredAccounts(sources);
    known = [...sources, accounts.map(({ family }) => family)];
    const secretsOfAll = secretsOf(known);
    account = findAskedAccount(asked, sources, home);
    const chosen = chooseFor(account, sources, home);
    known = [...known, ...chosen.sources];
    const settings = resolveSettings(asked, chosen.sources, home, account);
    const secrets = [...new Set([...secretsOfAll, ...secretsOf(chosen.sources)])];
    return { ...settings, credential: chosen.credential, secrets };
  } catch (error) {
    // A secret may stand where another value belongs.
    const secrets = new Secrets(secretsOf(known));
    const where = account ? `Account ${JSON.stringify(account.name)}: ` : "";
    throw error instanceof VpcepError ? error.reworded((what) => secrets.ownLine(`${where}${what}`)) : error;
  }
}

/** The account that is asked for, where it is not the default one. */
export function findAskedAccount({ account }: AskedPlace, sources: SettingSources, home: string | undefined) {
  return account === undefined ? undefined : findAccount(account, sources, home);
}

/** The credential of an account, or of the default one, and the sources of its other settings. */
export function chooseFor(account: Account | undefined, sources: SettingSources, home: string | undefined) {
  return account ? chooseForAccount(account, sources, home) : chooseWithProfile(sources, home);
}

/** An account's own credential: never the default one's, nor the one that this server happens to have. */
function chooseForAccount(account: Account, sources: SettingSources, home: string | undefined) {
  const own = accountSources(account, sources);
  const { family } = account;
  const namesProfile = findSetting(family, "profile") ?? findSetting(family, "sharedConfigFile");
  // Without a home no profile is looked for that nobody has named.
  const chosen = chooseWithProfile(own, namesProfile && home);
  if (chosen.credential.kind === "metadata") {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${account.from} has no credential: give it an accessKey and a secretKey, or another credential, of its own`,
    );
  }
  return chosen;
}
