// The settings of a lookup, as whoever uses them gets them, and what a named account is. Types alone; made by settings.ts and
// accounts.ts.
import type { SettingNames } from "../errors/failures";
import type { Address } from "./hosts";
import type { FoundSetting, SettingFamily } from "./table";

/** A named account, as the settings have it. */
export interface Account {
  readonly name: string;
  /** Where it is set, as an error calls it. */
  readonly from: string;
  /** Its own settings. */
  readonly family: SettingFamily;
}

/** What a lookup itself asks for; beats every source. */
export interface AskedPlace {
  /** The name of an account; undefined for the default one. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly projectId?: string | undefined;
  /** What an error calls these, where they are no arguments of a lookup. */
  readonly names?: { readonly region: string; readonly projectId: string } | undefined;
}

/** Settings, checked. */
export interface Settings {
  /** The named account that these are of; undefined for the default one. */
  readonly account: string | undefined;
  readonly region: string;
  /** Undefined where IAM is to be asked for it, by the name. */
  readonly projectId: string | undefined;
  readonly projectName: string;
  /** The origin of VPCEP. */
  readonly endpoint: string;
  /** The address of IAM. */
  readonly authUrl: Address;
  /** The address of STS; undefined where the cloud has none. */
  readonly stsUrl: Address | undefined;
  readonly metadataEndpoint: string;
  readonly caFile: FoundSetting | undefined;
  readonly attemptTimeoutMs: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  /** Under which names whoever asks can set what an error tells to set. */
  readonly settingNames: SettingNames;
  /** Where each of these came from, as an error calls it. */
  readonly origins: Readonly<Record<"region" | "project" | "endpoint", string>>;
}
