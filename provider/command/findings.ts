// What the doctor finds, step by step. Types and one list; filled in by settingsReport.ts, examination.ts and remedies.ts,
// told by doctor.ts and doctorPage.ts.
import type { VpcepError } from "../errors/errors";
import type { SettingKey, SettingPlace } from "../settings/table";

/** The steps, in the order in which they are told. */
export const stepNames = ["settings", "credential", "project", "host", "permission", "service"] as const;

/** The name of a step. */
export type StepName = (typeof stepNames)[number];

/** A step that has failed. */
export interface Failed {
  readonly step: StepName;
  readonly error: VpcepError;
  /** The settings at fault, where the error does not know them. */
  readonly settings?: readonly string[];
}

/** What a name means that a setting has somewhere. */
export interface NamedSetting {
  readonly key: SettingKey;
  readonly place: SettingPlace;
}

/** A setting that is used, and where it came from. */
export interface ReportedSetting {
  readonly value: string | null;
  readonly origin: string | null;
}

/** All that can be told of the settings, whether or not they can be used. */
export interface SettingsReport {
  /** Every setting but those of the credential, and the proxy that VPCEP would be asked through. */
  readonly settings: Readonly<Record<string, ReportedSetting>>;
  /** Who asks in turn: the credential that was given, then each role that is assumed. None where that cannot be told. */
  readonly credentials: readonly { readonly who: string; readonly from: string }[];
  /** The kind of the credential that was given, and the names that it was set under. */
  readonly kind: string | undefined;
  readonly credentialNames: readonly string[];
  /** The origins that are asked, where they are known. */
  readonly endpoint: string | undefined;
  readonly authUrl: string | undefined;
  readonly stsUrl: string | undefined;
  /** Every name that a setting has in the sources, by which errors and origins call it. */
  readonly names: ReadonlyMap<string, NamedSetting>;
  /** Under which names a setting can be set, and a project so that it counts. */
  readonly waysToSet: (key: SettingKey) => readonly string[];
  readonly projectNames: readonly string[];
  /** The keys of a stack's configuration that are no setting. */
  readonly unknownNames: readonly string[];
  /** What is wrong, the worst first. */
  readonly problems: readonly Failed[];
  readonly secrets: readonly string[];
}

/** What the steps have shown. */
export interface Examination {
  /** The steps that have gone well, and what there is to say of them. */
  readonly passed: ReadonlyMap<StepName, string>;
  readonly failed: Failed | undefined;
  /** The project to set in place of a wrong one, where it can be told. */
  readonly rightProject?: string | undefined;
}

/** What to do next: commands, and what for, where they do not say it themselves. */
export interface Remedy {
  readonly say?: string;
  readonly type: readonly string[];
}

/** One step, as it is told. */
export interface Step {
  readonly step: StepName;
  readonly state: "ok" | "failed" | "untried";
  /** What is known of it. */
  readonly says: string | null;
}
