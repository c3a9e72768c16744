// What was set for one credential, and what of the machine it may be found in. Types alone; taken together by chain.ts,
// used by the kinds beside this file.
import type { SettingFamily, SettingKey } from "../../settings/table";

/** What was set for one credential, all of it under the names of one family. */
export interface Parts {
  /** The value of a part; undefined where it is not set. */
  readonly get: (key: SettingKey) => string | undefined;
  /** The name of a part that is set. */
  readonly nameOf: (key: SettingKey) => string | undefined;
  /** The names of all parts that are set. */
  readonly from: string;
  readonly family: SettingFamily;
  readonly machine: Machine;
}

/** What of the machine a credential may be found in. */
export interface Machine {
  /** The user's own folder, if there is one. */
  readonly home: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
