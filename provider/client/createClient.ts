// The client for users without Pulumi, from settings and the environment. Exported by index.ts.
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { given, textProblem } from "../lookups/arguments";
import { ownMembers } from "../lookups/ownMembers";
import { openSession } from "../requests/session";
import { configurationFamily, environmentSource } from "../settings/families";
import type { AskedPlace } from "../settings/settingsTypes";
import {
  type ConfigurationKey,
  configurationKeys,
  inheritedKeys,
  membersOf,
  type ObjectKey,
  type SettingKey,
} from "../settings/table";
import { unsupportedKeys } from "../settings/unsupported";
import { VpcepClient } from "./client";
import { resolveConfiguration } from "./configuration";

/** A setting's value. */
type Value = string | number | undefined;

/** The members of a setting that is an object. */
type Members<Key extends ObjectKey> = {
  readonly [Member in SettingKey as Member extends `${Key}.${infer Name}` ? Name : never]?: Value;
};

/** A named account: settings of its own, of which none comes from the client's others but timeouts, attempts and `caFile`. */
export type VpcepAccount = {
  readonly [Key in Exclude<ConfigurationKey, ObjectKey | "accounts">]?: Value;
} & {
  /** Addresses, as `endpoint`, `authUrl` and `stsUrl`, which beat them. */
  readonly endpoints?: Members<"endpoints"> | undefined;
  /** The identity token of a pipeline, in place of a stored credential. */
  readonly oidc?: Members<"oidc"> | undefined;
  /** The agency to assume with the credential among these settings, or several in turn. */
  readonly assumeRole?: Members<"assumeRole"> | readonly Members<"assumeRole">[] | undefined;
};

/** The settings of a client; whatever is left out comes from the environment. All values as in docs/settings.md. */
export type VpcepClientOptions = VpcepAccount & {
  /** The name of the account that asks: one of `accounts`, or a profile. Default: the account of the other settings. */
  readonly account?: string | undefined;
  /** Accounts by their names. */
  readonly accounts?: Readonly<Record<string, VpcepAccount>> | undefined;
  /** Is told, in one line a field, what of the records could not be read; else nobody is. What it throws is passed over. */
  readonly onWarning?: ((line: string) => void) | undefined;
};

/**
 * Makes a client that reads VPCEP without Pulumi. Settings that are not given come from the environment.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` when a setting is missing or malformed.
 * @example
 * ```ts
 * import { createVpcepClient } from "pulumi-vpcep/provider";
 *
 * async function main() {
 *   const client = createVpcepClient({ region: "eu-de" });
 *   const service = await client.getEndpointService({ id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 *   console.log(service.vpcId, service.ports);
 *   await client.close();
 * }
 * void main();
 * ```
 */
export function createVpcepClient(options: VpcepClientOptions = {}): VpcepClient {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new VpcepError("VPCEP_CONFIG", `The settings must be an object, but are ${describeValue(options)}`);
  }
  const known = [...configurationKeys, "account", "onWarning"];
  const taken = ownMembers(options, known);
  if (taken.problem !== undefined) {
    throw new VpcepError("VPCEP_CONFIG", taken.problem);
  }
  const { own } = taken;
  const refused: readonly string[] = unsupportedKeys;
  const unknown = Object.keys(own).find((name) => !known.includes(name) && !refused.includes(name));
  if (unknown !== undefined) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${unknown} is no setting of a client. The settings are ${known.join(", ")}`,
    );
  }
  const { account, onWarning } = own;
  if (onWarning !== undefined && typeof onWarning !== "function") {
    throw new VpcepError("VPCEP_CONFIG", `onWarning must be a function, but is ${describeValue(onWarning)}`);
  }
  const place = placeOf(account, own);
  const values: Readonly<Record<string, unknown>> = own;
  const family = configurationFamily(
    "",
    (key) => (membersOf.has(key as ObjectKey) ? undefined : settingText(key, values[key])),
    "client",
    (key) => values[key],
  );
  const settings = resolveConfiguration(place, [[family], environmentSource(process.env, undefined, "")]);
  return new VpcepClient(settings, openSession(settings.caFile), undefined, onWarning);
}

const names = { region: "region", projectId: "projectId" };

/** What the client asks for itself, where it is of a named account: there, other settings would be of nobody. */
function placeOf(account: unknown, own: VpcepClientOptions): AskedPlace {
  if ((account ?? undefined) === undefined) {
    return { names };
  }
  const problem = textProblem("account", account);
  if (problem) {
    throw new VpcepError("VPCEP_CONFIG", problem);
  }
  const beside: readonly string[] = [
    "region",
    "projectId",
    "account",
    "accounts",
    "sharedConfigFile",
    "onWarning",
  ];
  const other = Object.keys(given(own)).find(
    (name) => !beside.includes(name) && !inheritedKeys.includes(name as (typeof inheritedKeys)[number]),
  );
  if (other !== undefined) {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${other} has no effect beside account: the account ${JSON.stringify(account)} has all but region, projectId, ${inheritedKeys.join(", ")} of its own. Set it there`,
    );
  }
  const { region, projectId } = own;
  return {
    account: account as string,
    region: settingText("region", region),
    projectId: settingText("projectId", projectId),
    names,
  };
}

function settingText(key: string, value: unknown): string | undefined {
  if (key === "accounts" && typeof value === "object" && value !== null) {
    return accountsText(value);
  }
  if (typeof (value ?? "") !== "string" && typeof value !== "number") {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${key} must be a string or a number, but is ${describeValue(value)}`,
    );
  }
  return value?.toString();
}

/** Accounts as a stack's configuration has them. */
function accountsText(accounts: object): string {
  try {
    return JSON.stringify(accounts, (name, value) => {
      if (!["object", "string", "number", "boolean", "undefined"].includes(typeof value)) {
        throw new VpcepError("VPCEP_CONFIG", `${name} in accounts must be a string or a number`);
      }
      return value;
    });
  } catch (error) {
    throw error instanceof VpcepError
      ? error
      : new VpcepError(
          "VPCEP_CONFIG",
          "accounts must be an object of accounts by their names, but has itself inside",
        );
  }
}
