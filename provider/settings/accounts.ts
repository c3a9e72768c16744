// Named accounts: where each is found, and the sources of its settings, of which none is the default account's.
// Called by client/configuration.ts. An error names accounts and settings, never a value.
import { describeValue, meant, onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { configurationFamily } from "./families";
import { parseObject } from "./objects";
import { type ProfilePlace, profileFiles } from "./profile";
import type { Account } from "./settingsTypes";
import {
  configurationKeys,
  findSetting,
  inheritedKeys,
  membersOf,
  namesToSet,
  type ObjectKey,
  type SettingKey,
  type SettingName,
  type SettingPlace,
  type SettingSources,
  searcher,
} from "./table";

/** What a named account may have of its own. */
export const accountKeys = configurationKeys.filter((key) => key !== "accounts");

/** Somewhere that accounts may be found. */
interface AccountPlace {
  /** As an error calls it. */
  readonly from: string;
  readonly names: readonly string[];
  readonly accountOf: (name: string) => Account;
}

/** The accounts of the configuration, all of them checked. */
export function configuredAccounts(sources: SettingSources): readonly Account[] {
  return configuredPlaces(sources).flatMap(({ names, accountOf }) => names.map(accountOf));
}

/** The account of that name: from the one place that has it. */
export function findAccount(name: string, sources: SettingSources, place: ProfilePlace): Account {
  const profiles = profilePlaces(sources, place);
  const places = [...configuredPlaces(sources), ...profiles.places];
  const [found, ...others] = places.filter(({ names }) => names.includes(name));
  if (found === undefined) {
    throw profiles.problem ?? unknownAccount(name, places, namesToSet(sources, "accounts"));
  }
  if (others.length > 0) {
    const where = [found, ...others].map(({ from }) => from).join(" and ");
    throw problem(
      `There is more than one account ${JSON.stringify(name)}: in ${where}. Rename all but one, or remove them`,
    );
  }
  return found.accountOf(name);
}

/**
 * The sources of an account's settings: its own first, and of the others what is about this machine and its patience. A profile
 * that it names is looked for where the default account's would be.
 */
export function accountSources({ family }: Account, sources: SettingSources): SettingSources {
  const inherited = new Set<SettingKey>(inheritedKeys);
  if (findSetting(family, "profile")) {
    inherited.add("sharedConfigFile");
  }
  const rest = sources.map((families) =>
    families.map(({ place, get, namesOf }) => ({
      place,
      get,
      namesOf: (key: SettingKey, region: string) => (inherited.has(key) ? namesOf(key, region) : []),
    })),
  );
  return [[family], ...rest];
}

function configuredPlaces(sources: SettingSources): AccountPlace[] {
  return sources.flat().flatMap((family) => {
    const found = findSetting(family, "accounts");
    if (found === undefined) {
      return [];
    }
    const { from } = found;
    const accounts = objectIn(found.value, from);
    const all = Object.keys(accounts).map((name) => {
      // As `pulumi config set --path` takes it.
      const path = /^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
      return entryOf(name, accounts[name], `${from}${path}`, family.place);
    });
    const accountOf = (name: string) => all.find((account) => account.name === name) as Account;
    return [{ from, names: Object.keys(accounts), accountOf }];
  });
}

function profilePlaces(sources: SettingSources, place: ProfilePlace) {
  const file = searcher(sources.flat())("sharedConfigFile");
  let unreadable: VpcepError | undefined;
  const places: AccountPlace[] = [];
  for (const { path, names, familyOf } of profileFiles(file, place, (error) => {
    unreadable ??= error;
  })) {
    const accountOf = (name: string) => {
      const from = `profile ${JSON.stringify(name)} of ${path}`;
      return { name, from, family: familyOf(name) };
    };
    places.push({ from: path, names, accountOf });
  }
  return { places, problem: unreadable };
}

/** One entry of a configuration's accounts, with its members as settings of a family. */
function entryOf(name: string, entry: unknown, from: string, place: SettingPlace): Account {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    throw problem(`${onOneLine(from)} must be an object of settings, but is ${kindOf(entry)}`);
  }
  const members = entry as Readonly<Record<string, unknown>>;
  const known: readonly string[] = accountKeys;
  const unknown = Object.keys(members).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw problem(
      `${onOneLine(`${from}.${unknown}`)} is no setting of an account, which has ${known.join(", ")}${meant(unknown, known)}`,
    );
  }
  const prefix = `${from}.`;
  const get = (path: string) => {
    const key = path.slice(prefix.length);
    const others = membersOf.has(key as ObjectKey) ? ["boolean", "object"] : ["boolean"];
    return Object.hasOwn(members, key) ? settingText(path, members[key], others) : undefined;
  };
  const family = configurationFamily(prefix, get, place);
  for (const key of Object.keys(members)) {
    family.get(`${prefix}${key}`);
  }
  return { name, from, family };
}

/**
 * A setting as text: Pulumi's command line makes numbers of what looks like them, and what of the `others` it may be;
 * objects stay JSON.
 */
export function settingText(path: string, value: unknown, others: readonly string[]): string | undefined {
  if (value === undefined || value === null || typeof value === "string") {
    return value ?? undefined;
  }
  if (typeof value !== "number" && !others.includes(typeof value)) {
    throw problem(`${path} must be a string, but is ${describeValue(value)}`);
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw problem(`${path} must be a string: as a number it would lose digits. Put it in quotes`);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function objectIn(text: string, from: string): Readonly<Record<string, unknown>> {
  const value = parseObject(from, text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw problem(`${from} must be an object of accounts by their names, but is ${kindOf(value)}`);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** What a value is, and nothing of what is in it. */
function kindOf(value: unknown): string {
  return typeof value === "object" ? describeValue(value) : `a ${typeof value}`;
}

function unknownAccount(
  name: string,
  places: readonly AccountPlace[],
  entries: readonly SettingName[],
): VpcepError {
  const known = [...new Set(places.flatMap(({ names }) => names))].map((each) => JSON.stringify(each));
  const list = known.length > 0 ? `known are ${known.slice(0, 20).join(", ")}` : "none is known";
  const more = known.length > 20 ? ` and ${known.length - 20} more` : "";
  const asEntry = entries.map(({ name, place }) =>
    place === "stack"
      ? `with \`pulumi config set --path\` as an entry of ${name}, or `
      : `as an entry of ${name}, or `,
  );
  return problem(
    `There is no account ${JSON.stringify(name)}; ${list}${more}. Set it ${asEntry.join("")}as a profile of that name`,
  );
}

function problem(message: string): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message);
}
