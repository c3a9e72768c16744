// Which settings the doctor finds, each with where it came from, as far as they can be told even when something is
// missing. Sends nothing; called by doctor.ts.
import {
  type Configuration,
  chooseFor,
  findAskedAccount,
  resolveConfiguration,
} from "../client/configuration";
import { credentialKeys } from "../credentials/chain";
import type { Credential } from "../credentials/credential";
import { VpcepError } from "../errors/errors";
import { readProxies, routeTo } from "../http/proxy";
import { accountSources, configuredAccounts } from "../settings/accounts";
import { homeFolder } from "../settings/files";
import { type AskedPlace, resolveSettings, type Settings } from "../settings/settings";
import {
  configurationSource,
  environmentSource,
  type SettingFamily,
  type SettingKey,
  type SettingSources,
  searcher,
  secretsOf,
  settingsTable,
} from "../settings/table";
import type { CommandRun } from "./commandLine";
import type { StackConfiguration } from "./stackConfiguration";

/** A setting that is used, and where it came from. */
export interface ReportedSetting {
  readonly value: string | null;
  readonly origin: string | null;
}

/** All that can be told of the settings. */
export interface SettingsReport {
  /** Every setting but those of the credential, and the proxy that VPCEP would be asked through. */
  readonly settings: Readonly<Record<string, ReportedSetting>>;
  readonly credential: Credential | undefined;
  /** What is wrong, the worst first. */
  readonly problems: readonly { readonly step: "settings" | "credential"; readonly error: VpcepError }[];
  /** Where nothing is wrong. */
  readonly configuration: Configuration | undefined;
  readonly secrets: readonly string[];
}

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
): SettingsReport {
  const problems: Record<SettingsReport["problems"][number]["step"], VpcepError[]> = {
    settings: problem ? [problem] : [],
    credential: [],
  };
  const noting = (step: keyof typeof problems) => (error: VpcepError) => problems[step].push(error);
  const given: SettingSources = [
    optionSource(run.settings),
    (get && attempt(() => configurationSource(get), noting("settings"))) ?? [],
    attempt(() => environmentSource(process.env), noting("settings")) ??
      environmentSource(knownNames(process.env)),
  ];
  const home = homeFolder();
  const asked = askedPlace(run);
  const accounts = attempt(() => configuredAccounts(given), noting("settings")) ?? [];
  const account = attempt(() => findAskedAccount(asked, given, home), noting("settings"));
  const told = (known: Pick<SettingsReport, "settings" | "credential">, sources: SettingSources) => {
    const all = (["settings", "credential"] as const).flatMap((step) =>
      problems[step].map((error) => ({ step, error })),
    );
    return {
      ...known,
      problems: all,
      configuration: all.length > 0 ? undefined : resolveConfiguration(asked, given, home),
      secrets: secretsOf([...given, ...sources, accounts.map(({ family }) => family)]),
    };
  };
  if (asked.account !== undefined && !account) {
    // Nothing that is set is this account's.
    return told({ settings: {}, credential: undefined }, []);
  }
  const chosen = attempt(() => chooseFor(account, given, home), noting("credential"));
  const sources = chosen?.sources ?? (account ? accountSources(account, given) : given);
  const resolved = attempt(() => resolveSettings(asked, sources, home, account), noting("settings"));
  const settings = {
    account: { value: asked.account ?? null, origin: asked.account === undefined ? null : "--account" },
    ...describe(sources, resolved, secretNames),
    proxy: proxyTo(resolved?.endpoint),
  };
  return told({ settings, credential: chosen?.credential }, sources);
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
  const origins: Readonly<Record<string, string>> = { ...resolved?.origins };
  const described = (key: SettingKey): ReportedSetting => {
    const found = find(key, region);
    if (found) {
      const isSecret = secretNames.includes(found.from);
      return { value: isSecret ? "[secret]" : withoutParts(found.value), origin: found.from };
    }
    const value = values[key];
    return typeof value === "string" || typeof value === "number"
      ? { value: String(value), origin: origins[key] ?? "default" }
      : { value: null, origin: null };
  };
  const keys = (Object.keys(settingsTable) as SettingKey[]).filter((key) => !credentialKeys.has(key));
  return Object.fromEntries(keys.map((key) => [key, described(key)]));
}
