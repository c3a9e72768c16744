// What a lookup is configured with, once everything is resolved. A type alone; made by configuration.ts.
import type { Authentication } from "../credentials/chosen";
import type { Settings } from "../settings/settingsTypes";

/** Settings, checked, and who asks beside them. */
export interface Configuration extends Settings {
  readonly authentication: Authentication;
  /** Every secret among the settings, used or not, those of all accounts included. */
  readonly secrets: readonly string[];
}
