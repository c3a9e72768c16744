// A lookup's whole configuration: its credential and its settings, from the same sources.
// Called by createClient.ts, dynamic/read.ts and the command.
import { type Choice, chooseOf, type JoinedSources, joinProfile } from "../credentials/chain";
import type { Machine } from "../credentials/kinds/parts";
import { VpcepError } from "../errors/errors";
import { Secrets } from "../errors/redaction";
import { accountSources, configuredAccounts, findAccount } from "../settings/accounts";
import { homeFolder } from "../settings/files";
import { resolveSettings } from "../settings/settings";
import type { Account, AskedPlace } from "../settings/settingsTypes";
import { findSetting, type SettingSources, secretsOf } from "../settings/table";
import type { Configuration } from "./configurationTypes";

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
  const machine = { home, environment };
  let known = sources;
  let account: Account | undefined;
  try {
    const accounts = configuredAccounts(sources);
    known = [...sources, accounts.map(({ family }) => family)];
    account = findAskedAccount(asked, sources, machine);
    const joined = joinProfileOf(account, sources, machine);
    known = [...known, ...joined.all];
    const choice = chooseFor(account, joined, machine);
    const { authentication } = choice;
    const { credential, kind, role } = authentication;
    const settings = resolveSettings(asked, choice, home, role, account);
    const secrets = [...new Set([...secretsOf(known, environment), ...(kind.secrets?.(credential) ?? [])])];
    return { ...settings, authentication, secrets };
  } catch (error) {
    // A secret may stand where another value belongs.
    const secrets = new Secrets(secretsOf(known, environment));
    const where = account ? `Account ${JSON.stringify(account.name)}: ` : "";
    throw error instanceof VpcepError ? error.reworded((what) => secrets.ownLine(`${where}${what}`)) : error;
  }
}

/** The account that is asked for, where it is not the default one. */
export function findAskedAccount({ account }: AskedPlace, sources: SettingSources, machine: Machine) {
  return account === undefined ? undefined : findAccount(account, sources, machine);
}

/** The sources of an account, or of the default one, with the profile that joins them. */
export function joinProfileOf(
  account: Account | undefined,
  sources: SettingSources,
  machine: Machine,
): JoinedSources {
  if (!account) {
    return joinProfile(sources, machine);
  }
  const { family } = account;
  const namesProfile = findSetting(family, "profile") ?? findSetting(family, "sharedConfigFile");
  // Without a home no profile is looked for that nobody has named.
  // Its profile is its own, and comes before what it takes from others.
  return joinProfile(accountSources(account, sources), { ...machine, home: namesProfile && machine.home }, 1);
}

/** Who asks: for an account its own credential, never the default one's, nor what this server happens to have where it is not told to. */
export function chooseFor(account: Account | undefined, joined: JoinedSources, machine: Machine): Choice {
  const choice = chooseOf(joined, machine);
  const { credential, role } = choice.authentication;
  const isWanted = role ?? joined.all.flat().some(({ wantsMetadata }) => wantsMetadata !== undefined);
  if (account && credential.kind === "metadata" && !isWanted) {
    const names = (["accessKey", "secretKey"] as const).flatMap(
      (key) => account.family.namesOf(key, "")[0] ?? [],
    );
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${account.from} has no credential: give it an accessKey and a secretKey, or another credential, of its own`,
      { fault: { settings: names, missing: "all" } },
    );
  }
  return choice;
}
