// What a named account is, and what of the settings it may have of its own. Used by accounts.ts, which finds one, and by
// whoever takes one.
import { configurationKeys, type SettingFamily, type SettingKey } from "./table";

/** A named account, as the settings have it. */
export interface Account {
  readonly name: string;
  /** Where it is set, as an error calls it. */
  readonly from: string;
  /** Its own settings. */
  readonly family: SettingFamily;
}

/** What a named account takes from the default one where it has none of its own. */
export const inheritedKeys = [
  "metadataEndpoint",
  "caFile",
  "attemptTimeoutMs",
  "timeoutMs",
  "maxAttempts",
] as const satisfies readonly SettingKey[];

/** What a named account may have of its own. */
export const accountKeys = configurationKeys.filter((key) => key !== "accounts");
