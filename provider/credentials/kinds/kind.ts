// What a kind of credential says of itself. Types alone; each file beside this one fills one in, chain.ts lists them.
import type { SettingNames } from "../../errors/failures";
import type { Address } from "../../settings/hosts";
import type { SettingKey } from "../../settings/table";
import type { Asks } from "./asking";
import type { Expiring, UsableCredential } from "./credential";
import type { IdentityApi } from "./identityApi";
import type { Parts } from "./parts";

/** Whether one is a token or a key that signs, and a key that ends: which decides how a role over it is assumed. */
export type Usable = "token" | "keys" | "temporaryKeys";

/** What of the settings an exchange depends on. */
export interface ExchangeSettings {
  readonly region: string;
  readonly projectId: string | undefined;
  readonly projectName: string;
  /** The addresses of IAM and of STS, which not every cloud has. */
  readonly authUrl: Address;
  readonly stsUrl: Address | undefined;
  readonly metadataEndpoint: string;
  readonly settingNames: Pick<SettingNames, "stsUrl">;
}

/** A credential as it was given: whatever else it has is its kind's own. */
export interface GivenCredential {
  readonly kind: string;
  readonly from: string;
}

/** How a credential becomes one that authenticates a request, again and again. */
export interface Exchange {
  /** What its result depends on, beside the credential's kind: it is shared by all for whom this is the same. */
  readonly key: readonly unknown[];
  /** Asks once; tells whom it asks, at first and as it goes on. */
  readonly obtain: (asks: Asks) => Promise<Expiring<UsableCredential>>;
}

/** One way to authenticate. */
export interface CredentialKind<Given> {
  /** For example `a key pair`. */
  readonly label: string;
  /** Any of these begins it, the most telling one first; none where it needs no setting. */
  readonly begins: readonly SettingKey[];
  /** All its parts. */
  readonly parts: readonly SettingKey[];
  /** The first part that is missing. */
  missing(has: (key: SettingKey) => boolean): SettingKey | undefined;
  /** Takes the parts together. */
  build(parts: Parts): Given;
  /** What it authenticates a request as, where a role is assumed over it. */
  underRole(given: Given): Usable;
  /** Its values that are secret, and are no setting's. */
  secrets?(given: Given): readonly string[];
  /** Its exchange, where it does not authenticate a request as it is; `underRole` where a role is assumed over it. */
  exchange?(given: Given, settings: ExchangeSettings, underRole: boolean, api: IdentityApi): Exchange;
}
