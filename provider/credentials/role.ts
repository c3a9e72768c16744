// The role that is assumed over a credential: an agency, or several in turn, of the same family of names as the credential.
// Pure; called by chain.ts.
import { describeValue } from "../errors/describeValue";
import { type Fault, VpcepError } from "../errors/errors";
import { idProblem, textProblem } from "../lookups/arguments";
import {
  type FoundSetting,
  findSetting,
  membersOf,
  type SettingFamily,
  type SettingSources,
} from "../settings/table";

/** One agency that is assumed. */
export interface Hop {
  readonly agencyName: string;
  /** The account that the agency is of, by its name or its id; of both the id is asked for. */
  readonly domainName: string | undefined;
  readonly domainId: string | undefined;
  /** How long its key is asked to live; undefined where nobody says so. */
  readonly duration: number | undefined;
  /** The names it was set under. */
  readonly from: string;
}

/** The agencies that are assumed one after the other, each with the key of the one before. */
export interface Role {
  readonly hops: readonly [Hop, ...Hop[]];
  /** The name of the project to ask in the account that is entered, where it is set. */
  readonly delegatedProject: FoundSetting | undefined;
  /** The id of the account of the credential, where it is set beside it. */
  readonly callerId: FoundSetting | undefined;
}

const members = membersOf.get("assumeRole") ?? [];

/** The bounds of a key's life, in seconds: those of IAM, which allows more than STS. */
const [leastSeconds, mostSeconds] = [900, 86_400];

/**
 * The role over a credential: that of its family, or of the family that has named its profile. Over the metadata of the
 * server, which is of no family, the first one that there is. `from` is where the credential comes from.
 */
export function roleOver(
  family: SettingFamily | undefined,
  from: string,
  sources: SettingSources,
  namer: SettingFamily | undefined,
): Role | undefined {
  const families = sources.flat();
  const none = families.findIndex(isNone);
  const saying = families
    .slice(0, none === -1 ? families.length : none)
    .filter((candidate) => hopsIn(candidate).some(isSet));
  const isOwn = (candidate: SettingFamily) => !family || candidate === family || candidate === namer;
  const [chosen, other] = saying.filter(isOwn);
  const [stray] = saying;
  if (!chosen && stray) {
    throw problem(
      `${nameIn(stray)} sets a role, but the credential comes from ${from}: a role is assumed over a credential of the same family of names. Set both under one, or unset the role`,
    );
  }
  if (!chosen) {
    return undefined;
  }
  if (family && other) {
    throw problem(`${nameIn(chosen)} and ${nameIn(other)} each set a role. Unset one of them`);
  }
  const [first, ...others] = hopsIn(chosen).map(hopOf) as [Hop, ...Hop[]];
  const domainId = family && findSetting(family, "domainId");
  checkText(domainId, idProblem);
  return {
    hops: [first, ...others],
    delegatedProject: delegatedProject(hopsIn(chosen)),
    callerId: ofProject.test(domainId?.from ?? "") ? undefined : domainId,
  };
}

/** The names of OpenStack's under which the account of a project is set, which need not be the user's. */
const ofProject = /^(?:OS_|auth\.)?project_domain_id\b/i;

/** The agencies of a family, each as a family of its own. */
function hopsIn(family: SettingFamily): readonly SettingFamily[] {
  return family.listed?.("assumeRole") ?? [family];
}

/** Whether a family says, with an empty list, that there is no role, whatever those after it say. */
function isNone(family: SettingFamily): boolean {
  return hopsIn(family).length === 0;
}

function isSet(hop: SettingFamily): boolean {
  return members.some((key) => findSetting(hop, key));
}

/** The first name under which a family sets its role. */
function nameIn(family: SettingFamily): string | undefined {
  return hopsIn(family).flatMap((hop) => members.flatMap((key) => findSetting(hop, key)?.from ?? []))[0];
}

function hopOf(family: SettingFamily): Hop {
  const [agencyName, domainName, domainId, duration] = (
    ["agencyName", "domainName", "domainId", "duration"] as const
  ).map((member) => findSetting(family, `assumeRole.${member}`));
  const from = members.flatMap((key) => findSetting(family, key)?.from ?? []).join(", ");
  const missing = !agencyName ? "agencyName" : !(domainName || domainId) ? "domainName" : undefined;
  if (!agencyName || missing) {
    const [name = ""] = family.namesOf(`assumeRole.${missing ?? "agencyName"}`, "");
    throw problem(
      `${from} is set, but ${name} is not: a role is an agency and the account that it is of. Set what is missing, or unset the rest`,
      { settings: [name], missing: "all" },
    );
  }
  checkText(agencyName, textProblem);
  checkText(domainName, textProblem);
  checkText(domainId, idProblem);
  return {
    agencyName: agencyName.value,
    domainName: domainName?.value,
    domainId: domainId?.value,
    duration: duration && secondsOf(duration),
    from,
  };
}

function delegatedProject(hops: readonly SettingFamily[]): FoundSetting | undefined {
  const found = hops.map((hop) => findSetting(hop, "assumeRole.delegatedProject"));
  const early = found.slice(0, -1).find((setting) => setting);
  if (early) {
    throw problem(`${early.from} has no effect: only the account that is entered last is asked. Unset it`);
  }
  return found.at(-1);
}

function secondsOf({ value, from }: FoundSetting): number {
  const seconds = Number(value);
  if (!/^\d{1,9}$/.test(value) || seconds < leastSeconds || seconds > mostSeconds) {
    throw problem(
      `${from} must be a whole number of seconds from ${leastSeconds} to ${mostSeconds}, but is ${describeValue(value)}`,
      { settings: [from] },
    );
  }
  return seconds;
}

function checkText(
  setting: FoundSetting | undefined,
  problemOf: (name: string, value: string) => string | undefined,
): void {
  const found = setting && problemOf(setting.from, setting.value);
  if (found) {
    throw problem(found, { settings: [setting.from] });
  }
}

function problem(message: string, fault?: Fault): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message, { fault });
}
