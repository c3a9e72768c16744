// What to do next, as every error over a request says it. Pure; called by answerErrors.ts.

import { anyOf } from "./describeValue";
import type { VpcepErrorCode } from "./errors";
import type { AskedApi, NextSteps, Problem, RefusedAnswer, SettingNames } from "./failures";

/** What a request is authenticated with: as it was given, or what was issued in its place. */
export type SentKind = "token" | "keys" | "temporaryKeys" | "password" | "issued";

/** Where an outcome was met: what the messages name. */
export interface FailureContext extends AskedApi {
  /** Where the credential came from. */
  readonly credentialFrom: string;
  /** What was sent in the end; undefined where nothing was. */
  readonly credentialKind: SentKind | undefined;
  /** What to do when it is refused, where that is known of its source. */
  readonly remedy?: string | undefined;
  /** The permission that the request needs, where it needs one. */
  readonly permission: string | undefined;
  /** Whether it was asked in a project, which may be the wrong one. */
  readonly inProject: boolean;
  readonly nextSteps?: NextSteps | undefined;
  readonly settingNames: SettingNames;
  readonly attempts: number;
  /** Whether one object was asked for, so that the API may not know it; never at IAM. */
  readonly mayBeMissing?: boolean | undefined;
  /** How far the host's clock is ahead of this machine's, in milliseconds. */
  readonly clockDifferenceMs: number;
  /** Where the answer was one to an earlier request: for how long, in milliseconds, none is sent. */
  readonly rememberedMs?: number | undefined;
  /** What the server wrote, fit for an error. */
  readonly quoted: (text: string) => string;
  /** Whether it would have been tried again, had the lookups together not failed so often. */
  readonly retriesSpent?: boolean;
}

/** How the address of an API is set, beside by the region. */
export function addressOf(api: string, { authUrl, stsUrl }: SettingNames): string {
  switch (api) {
    case "IAM":
      return `the address of IAM${setAs(authUrl)}`;
    case "STS":
      return `the address of STS${setAs(stsUrl)}, which may be another region's`;
    default:
      return "the endpoint";
  }
}

/** In brackets, under which names something is set, where whoever asks can set it. */
function setAs(names: readonly string[]): string {
  return names.length === 0 ? "" : ` (${anyOf(names)})`;
}

/** What would have a certificate trusted. */
export function toTrust(
  { why, inTunnel }: NonNullable<Problem["untrusted"]>,
  { caFile }: SettingNames,
): string {
  const authorities = anyOf([...caFile, "NODE_EXTRA_CA_CERTS"]);
  const opened = inTunnel ? "; a proxy that opens TLS has its own" : "";
  return why === "time"
    ? `Check this machine's clock, which says ${new Date().toISOString()}, and the authorities in ${authorities}${opened}`
    : `If it is to be trusted, name the authority that signed it in ${authorities}${opened}`;
}

/** What to check where nothing was answered. */
export function toReach(
  { host, address }: { readonly host: string; readonly address: string | { readonly check: string } },
  names: SettingNames,
): string {
  const where = typeof address === "string" ? `the region, ${addressOf(address, names)}` : address.check;
  return `Check ${where} and the proxy settings, and that this machine can reach ${host}`;
}

/** What to check where lookups are not answered that try a credential before the others: their host may answer anything else. */
export function heldUp(host: string): string {
  return `Check that this machine can reach ${host}. If it answers others, those lookups hang and hold up all that use the credential: run them apart`;
}

/** What to check where something else was answered. */
export function wrongHost(host: string): string {
  return `Check that ${host} is the cloud's own host, and that no proxy answers in its place`;
}

/** What to do about an answer that is not the record; `waitMs` is how long to wait. */
export function nextStep(
  code: VpcepErrorCode,
  { status, errorCode = "" }: RefusedAnswer,
  context: FailureContext,
  waitMs: number,
): string {
  const address = addressOf(context.api, context.settingNames);
  switch (code) {
    case "VPCEP_NOT_FOUND":
      return "Check the id, and that the service is in this region and project: a service of another project is not visible here";
    case "VPCEP_AUTH":
      if (context.clockDifferenceMs !== 0) {
        const minutes = Math.round(context.clockDifferenceMs / 60_000);
        return `Set this machine's clock: it is ${Math.abs(minutes)} minutes ${minutes > 0 ? "behind" : "ahead of"} the server's, and a signature corrected by that was refused too${notAgain(context)}`;
      }
      return `${context.nextSteps?.unauthorized ?? wrongCredential(context)}${notAgain(context)}`;
    case "VPCEP_FORBIDDEN":
      return context.nextSteps?.forbidden ?? missingPermission(context);
    case "VPCEP_THROTTLED":
      return `Run again ${waitMs > 0 ? `in ${Math.ceil(waitMs / 1_000)} s` : "in a minute"}, or look up fewer services at a time`;
    case "VPCEP_RESPONSE":
      return wrongHost(context.host);
    default:
      if (status >= 300 && status < 400) {
        return `Redirects are not followed, so that a credential stays with its host: check the region and ${address}`;
      }
      if (status === 404 && context.nextSteps?.missing && !/^(apigw?\..*)?$/i.test(errorCode)) {
        return context.nextSteps.missing;
      }
      if (status === 404) {
        return `${context.host} does not serve this call of ${context.api}: check the region and ${address}`;
      }
      if (status >= 500) {
        return "The fault is on the cloud's side: run again later, and give its support the request id";
      }
      // IAM's error code is the status once more.
      return errorCode === "" || errorCode === String(status)
        ? `Check the region and ${address}; if they are right, give the cloud's support what it answered`
        : `Look up ${errorCode} in ${context.api}'s table of error codes`;
  }
}

/** A project that is not the account's own is refused as a missing permission is. */
function missingPermission({ host, credentialFrom, permission, inProject }: FailureContext): string {
  if (permission === undefined) {
    return wrongHost(host);
  }
  const grant = `ive the user of the credential from ${credentialFrom} the permission ${permission}`;
  return inProject
    ? `Check that the project is one of this credential's account and of this region; if it is, g${grant} in it`
    : `G${grant}`;
}

/** What may be wrong with each. */
const doubts: Readonly<Record<SentKind, string>> = {
  token: "it is wrong, has ended (a token lives 24 hours at most), or is for another region or project",
  keys: "the access key is mistyped, disabled or deleted, the secret key is not the one that belongs to it, or both are of another cloud",
  temporaryKeys:
    "it has ended, or its access key, secret key and security token do not belong together, or are of another cloud",
  password:
    "the user's name, the password or the account's name is wrong, or the user has no access to the project",
  issued: "what was issued for it is not taken here, so that the addresses may be of two regions or clouds",
};

function wrongCredential({ credentialFrom, credentialKind = "token", remedy }: FailureContext): string {
  const check = `Check the credential from ${credentialFrom}: ${doubts[credentialKind]}`;
  return remedy === undefined ? check : `${check}. ${remedy}`;
}

/** A time to wait, in minutes: one that has begun counts, and the fraction of a millisecond that a clock may add does not. */
export function minutesOf(milliseconds: number): string {
  const minutes = Math.ceil(Math.round(milliseconds) / 60_000);
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}

function notAgain({ rememberedMs }: FailureContext): string {
  return rememberedMs === undefined
    ? ""
    : `. It is not sent again for ${minutesOf(rememberedMs)}, since the gateway locks a key for everybody after five failures`;
}
