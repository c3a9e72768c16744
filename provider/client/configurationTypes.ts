// A lookup's whole configuration, as the client gets it. Types alone; made by configuration.ts.
import type { Credential } from "../credentials/credential";
import type { Settings } from "../settings/settingsTypes";

/** Settings, checked, and the credential beside them. */
export interface Configuration extends Settings {
  readonly credential: Credential;
  /** Every secret among the settings, used or not. */
  readonly secrets: readonly string[];
}
