// The settings of a lookup, as whoever uses them gets them. Types alone; made by settings.ts.
import type { FoundSetting } from "./table";

/** What a lookup itself asks for; beats every source. */
export interface AskedPlace {
  readonly region?: string | undefined;
  readonly projectId?: string | undefined;
}

/** Settings, checked. */
export interface Settings {
  readonly region: string;
  /** Undefined where IAM is to be asked for it, by the name. */
  readonly projectId: string | undefined;
  readonly projectName: string;
  /** The origin of VPCEP. */
  readonly endpoint: string;
  /** The origin of IAM. */
  readonly authUrl: string;
  readonly metadataEndpoint: string;
  readonly caFile: FoundSetting | undefined;
  readonly attemptTimeoutMs: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  /** Where each of these came from, as an error calls it. */
  readonly origins: Readonly<Record<"region" | "project" | "endpoint" | "authUrl", string>>;
}
