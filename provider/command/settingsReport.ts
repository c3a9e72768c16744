// Which settings the doctor finds, each with where it came from, as far as they can be told even when something is
// missing. Sends nothing; called by index.ts.
import { chooseFor, findAskedAccount, resolveConfiguration } from "../client/configuration";
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
  type SettingFamily,
  type SettingKey,
  type SettingSources,
  searcher,
  secretsOf,
  settingsTable,
} from "../settings/table";
import type { CommandRun } from "./commandLine";
import { inOptions } from "./commands";
import type { ReportedSetting, SettingsReport } from "./findings";
import type { StackConfiguration } from "./stackConfiguration";

/** The options of a command line as a source of settings, which beats all others. */
export function optionSource(settings: CommandRun["settings"]): SettingFamily[] {
  const values = new Map(Object.values(settings).map(({ value, from }) => [from, value]));
  return [
    {
      namesOf: (key) => [settings[key]?.from ?? []].flat(),
      get: (name) => values.get(name),
    },
  ];
}

/** What a command line asks for itself; where it is of an account, its options stand in place of the account's settings. */
export function askedPlace({ settings, others }: CommandRun): AskedPlace {
  const { account } = others;
  return account === undefined
    ? {}
    : { account, region: settings.region?.value, projectId: settings.projectId?.value };
}

/** Finds every setting, and resolves them as a lookup would. */
export function reportSettings(
  run: CommandRun,
  { get, secretNames, problem }: StackConfiguration,
): { readonly report: SettingsReport; readonly configuration: Configuration | undefined } {
  const problems: Record<"settings" | "credential", VpcepError[]> = {
    settings: problem ? [problem] : [],
    credential: [],
  };
  const noting = (step: keyof typeof problems) => (error: VpcepError) =>
    problems[step].push(error.reworded((what) => inOptions(what, run.command.options)));
  const given: SettingSources = [
    optionSource(run.settings),
    (get && attempt(() => configurationSource(get), noting("settings"))) ?? [],
    attempt(() => environmentSource(process.env), noting("settings")) ??
      environmentSource(knownNames(process.env)),
  ];
  const home = homeFolder();
  const machine = { home, environment: process.env };
  const asked = askedPlace(run);
  const accounts = attempt(() => configuredAccounts(given), noting("settings")) ?? [];
  const account = attempt(() => findAskedAccount(asked, given, machine), noting("settings"));
  const told = (
    settings: SettingsReport["settings"],
    sources: SettingSources,
    authentication?: Authentication,
    resolved?: Settings,
  ) => {
    const all = (["settings", "credential"] as const).flatMap((step) =>
      problems[step].map((error) => ({ step, error })),
    );
    const report: SettingsReport = {
      settings,
      credentials: chainOf(authentication),
      kind: authentication?.credential.kind,
      endpoint: resolved?.endpoint,
      authUrl: textOf(resolved?.authUrl) ?? undefined,
      problems: all,
      secrets: secretsOf([...given, ...sources, accounts.map(({ family }) => family)], process.env),
    };
    return { report, configuration: all.length > 0 ? undefined : resolveConfiguration(asked, given, home) };
  };
  if (asked.account !== undefined && !account) {
    // Nothing that is set is this account's.
    return told({}, []);
  }
  const chosen = attempt(() => chooseFor(account, given, machine), noting("credential"));
  const { authentication } = chosen ?? {};
  const sources = chosen?.sources ?? (account ? accountSources(account, given) : given);
  const resolved = attempt(
    () => resolveSettings(asked, chosen ?? { sources, asker: anybody }, home, authentication?.role, account),
    noting("settings"),
  );
  const settings = {
    account: { value: asked.account ?? null, origin: asked.account === undefined ? null : "--account" },
    ...describe(sources, resolved, secretNames),
    proxy: proxyTo(resolved?.endpoint),
  };
  return told(settings, sources, authentication, resolved);
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

/** The variables that are settings: without those that are refused. */
function knownNames(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = Object.values(settingsTable).flatMap(({ environment }): readonly string[] => environment);
  const patterns = names.map((name) => new RegExp(`^${name.replace("<REGION>", "\\w+")}$`));
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => patterns.some((pattern) => pattern.test(name))),
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
