// Which settings the doctor finds, each with where it came from, as far as they can be told even when something is
// missing. Sends nothing; called by index.ts. Long for all that must be told of settings which cannot be used.
import { chooseFor, findAskedAccount, joinProfileOf, resolveConfiguration } from "../client/configuration";
import type { Configuration } from "../client/configurationTypes";
import { agencyOf } from "../credentials/assumedRole";
import { credentialKeys } from "../credentials/chain";
import type { Authentication } from "../credentials/chosen";
import { VpcepError } from "../errors/errors";
import { readProxies, routeTo } from "../http/proxy";
import { accountSources, configuredAccounts } from "../settings/accounts";
import { anybody } from "../settings/addresses";
import { configurationSource, environmentSource } from "../settings/families";
import { homeFolder } from "../settings/files";
import { resolveSettings } from "../settings/settings";
import type { AskedPlace, Settings } from "../settings/settingsTypes";
import {
  type FoundSetting,
  namesToSet,
  type SettingFamily,
  type SettingKey,
  type SettingSources,
  searcher,
  secretsOf,
  settingsTable,
} from "../settings/table";
import type { CommandRun } from "./commandLine";
import type { Failed, NamedSetting, ReportedSetting, SettingsReport } from "./findings";
import type { StackConfiguration } from "./stackConfiguration";

/** The options of a command line as a source of settings, which beats all others. */
export function optionSource({
  command,
  settings,
}: Pick<CommandRun, "command" | "settings">): SettingFamily[] {
  const values = new Map(Object.values(settings).map(({ value, from }) => [from, value]));
  const names = new Map(
    command.options.flatMap(({ flag, setting }) => (setting ? [[setting, `--${flag}`] as const] : [])),
  );
  return [
    {
      place: "option",
      namesOf: (key) => [names.get(key) ?? []].flat(),
      get: (name) => values.get(name),
    },
  ];
}

/** What a command line asks for itself; where it is of an account, its options stand in place of the account's settings. */
export function askedPlace({ settings, others }: CommandRun): AskedPlace {
  const { account } = others;
  const names = { region: "--region", projectId: "--project-id" };
  return account === undefined
    ? { names }
    : { account, region: settings.region?.value, projectId: settings.projectId?.value, names };
}

/** Finds every setting, and resolves them as a lookup would. */
export function reportSettings(
  run: CommandRun,
  { get, secretNames, unknownNames, problem }: StackConfiguration,
): { readonly report: SettingsReport; readonly configuration: Configuration | undefined } {
  const problems: Failed[] = problem ? [{ step: "settings", error: problem }] : [];
  let where = "";
  const noting = (step: Failed["step"]) => (error: VpcepError) =>
    problems.push({ step, error: error.reworded((what) => `${where}${what}`) });
  const home = homeFolder();
  const { env: environment } = process;
  const machine = { home, environment };
  const ofVariables = (variables: NodeJS.ProcessEnv) =>
    environmentSource(variables, home, get ? "vpcep:" : null);
  const given: SettingSources = [
    optionSource(run),
    (get && attempt(() => configurationSource(get), noting("settings"))) ?? [],
    attempt(() => ofVariables(environment), noting("settings")) ?? ofVariables(knownNames(environment)),
  ];
  const asked = askedPlace(run);
  const accounts = attempt(() => configuredAccounts(given), noting("settings")) ?? [];
  const account = attempt(() => findAskedAccount(asked, given, machine), noting("settings"));
  where = account ? `Account ${JSON.stringify(account.name)}: ` : "";
  // Where a source cannot be read, nobody knows what a profile after it would give, nor what is missing.
  const joined =
    problems.length === 0
      ? attempt(() => joinProfileOf(account, given, machine), noting("settings"))
      : undefined;
  const own = account ? accountSources(account, given) : given;
  const usable = joined ?? { all: own, order: own };
  const chosen = attempt(() => chooseFor(account, usable, machine), joined ? noting("credential") : () => {});
  const authentication = joined || chosen?.authentication.names.length ? chosen?.authentication : undefined;
  const choice = chosen ?? { sources: usable.all, asker: anybody };
  const isKnown = asked.account === undefined || account !== undefined;
  const resolved = isKnown
    ? attempt(
        () => resolveSettings(asked, choice, home, chosen?.authentication.role, account),
        noting("settings"),
      )
    : undefined;
  const sources = [...given, ...usable.all, accounts.map(({ family }) => family)];
  const report: SettingsReport = {
    settings: isKnown
      ? {
          account: { value: account?.name ?? null, origin: account ? "--account" : null },
          ...describe(choice.sources, resolved, secretNames),
          proxy: proxyTo(resolved?.endpoint),
        }
      : {},
    credentials: chainOf(authentication),
    kind: authentication?.credential.kind,
    credentialNames: authentication?.names ?? [],
    endpoint: resolved?.endpoint,
    authUrl: textOf(resolved?.authUrl) ?? undefined,
    stsUrl: textOf(resolved?.stsUrl) ?? undefined,
    names: namesIn(sources, resolved?.region ?? ""),
    waysToSet: (key) => namesToSet(own, key).map(({ name }) => name),
    projectNames: resolved?.settingNames.projectId ?? [],
    unknownNames,
    // What is wrong with a setting keeps a credential from being tried.
    problems: (["settings", "credential"] as const).flatMap((step) =>
      problems.filter((one) => one.step === step),
    ),
    secrets: secretsOf(sources, environment),
  };
  return {
    report,
    configuration: problems.length > 0 ? undefined : resolveConfiguration(asked, given, home),
  };
}

/** Every name that a setting has in the sources. */
function namesIn(sources: SettingSources, region: string): SettingsReport["names"] {
  const names = new Map<string, NamedSetting>();
  for (const family of sources.flat().flatMap((one) => [one, ...(one.listed?.("assumeRole") ?? [])])) {
    for (const key of Object.keys(settingsTable) as SettingKey[]) {
      for (const name of family.namesOf(key, region)) {
        names.set(name, { key, place: family.place });
      }
    }
  }
  return names;
}

/** Who asks in turn: the credential that was given, then each role that is assumed. */
function chainOf(authentication: Authentication | undefined): SettingsReport["credentials"] {
  if (!authentication) {
    return [];
  }
  const { credential, kind, role } = authentication;
  const hops = role?.hops.map((hop) => ({ who: agencyOf(hop), from: hop.from })) ?? [];
  return [{ who: kind.label, from: credential.from }, ...hops];
}

/** The proxy as this host would be asked through it; where the host is not known, as any other would be. */
function proxyTo(endpoint: string | undefined): ReportedSetting {
  const proxies = readProxies(process.env);
  const proxy = endpoint === undefined ? proxies.https : routeTo(endpoint, proxies).proxy;
  return { value: proxy ? (proxy.address?.host ?? "not an address") : null, origin: proxy?.from ?? null };
}

/** What can be told without an error; an error is noted. */
function attempt<Value>(work: () => Value, note: (error: VpcepError) => void): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    note(error);
    return undefined;
  }
}

/** The variables that are settings: without those that are refused, and those in whose place a cloud stands. */
function knownNames(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { OS_CLOUD: cloud } = environment;
  const names = Object.values(settingsTable).flatMap(({ environment }): readonly string[] => environment);
  const patterns = names.map((name) => new RegExp(`^${name.replace("<REGION>", "\\w+")}$`));
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => patterns.some((pattern) => pattern.test(name)) && !(cloud && name.startsWith("OS_")),
    ),
  );
}

/** A value as it may be shown: an object by its names alone, an address without what may be a password. */
function withoutParts(value: string): string {
  if (/^\s*[{[]/.test(value)) {
    try {
      return Object.keys(JSON.parse(value)).join(", ");
    } catch {
      return "not readable";
    }
  }
  return value.replace(/\/\/[^/\s]*@/, "//[redacted]@");
}

/** Every setting but those of the credential: as it was found, else as it was resolved. */
function describe(
  sources: SettingSources,
  resolved: Settings | undefined,
  secretNames: readonly string[],
): Record<string, ReportedSetting> {
  const find = searcher(sources.flat());
  const region = find("region")?.value;
  const values: Readonly<Record<string, unknown>> = { ...resolved };
  const described = (key: SettingKey): ReportedSetting => {
    const { value = null, origin = null } = (resolved && placeOf(resolved)[key]) ??
      foundSetting(find(key, region)) ?? { value: textOf(values[key]), origin: "default" };
    const isSecret = value !== null && secretNames.includes(origin ?? "");
    return isSecret ? { value: "[secret]", origin } : { value, origin: value === null ? null : origin };
  };
  const keys = (Object.keys(settingsTable) as SettingKey[]).filter((key) => !credentialKeys.has(key));
  return Object.fromEntries(keys.map((key) => [key, described(key)]));
}

/** Where a lookup goes, which follows from more than what is set. */
function placeOf({ origins, ...settings }: Settings): { readonly [Key in SettingKey]?: ReportedSetting } {
  const { region, projectId, projectName, endpoint, authUrl } = settings;
  return {
    region: { value: region, origin: origins.region },
    projectId: { value: projectId ?? null, origin: origins.project },
    projectName: { value: projectName, origin: projectId === undefined ? origins.project : "default" },
    endpoint: { value: endpoint, origin: origins.endpoint },
    authUrl: { value: textOf(authUrl), origin: authUrl.from },
  };
}

function foundSetting(found: FoundSetting | undefined): ReportedSetting | undefined {
  return found && { value: withoutParts(found.value), origin: found.from };
}

/** A value that was resolved; of an address its origin, where a request may go there. */
function textOf(value: unknown): string | null {
  const told = (value as { readonly origin?: unknown } | undefined)?.origin ?? value;
  return typeof told === "string" || typeof told === "number" ? String(told) : null;
}
