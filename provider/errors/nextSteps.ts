// What to do next, as every error over a request says it. Pure; called by answerErrors.ts.

import type { VpcepErrorCode } from "./errors";
import type { AskedApi, NextSteps, RefusedAnswer } from "./failures";

/** Where an outcome was met: what the messages name. */
export interface FailureContext extends AskedApi {
  /** Where the credential came from. */
  readonly credentialFrom: string;
  /** What to do when it is refused, where that is known of its source. */
  readonly remedy?: string | undefined;
  /** The permission that the request needs. */
  readonly permission: string;
  readonly nextSteps?: NextSteps | undefined;
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
export const addressOf = {
  VPCEP: "the endpoint",
  IAM: "the address of IAM (vpcep:authUrl or HW_AUTH_URL)",
  STS: "the address of STS (vpcep:stsUrl or HUAWEICLOUD_SDK_STS_ENDPOINT), which may be another region's",
} as const;

/** What to check where nothing was answered. */
export function unreachable({ host, api }: FailureContext): string {
  return `Check the region, ${addressOf[api]} and the proxy settings, and that this machine can reach ${host}`;
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
      return (
        context.nextSteps?.forbidden ??
        `Give the user of the credential from ${context.credentialFrom} the permission ${context.permission} in this project`
      );
    case "VPCEP_THROTTLED":
      return `Run again ${waitMs > 0 ? `in ${Math.ceil(waitMs / 1_000)} s` : "in a minute"}, or look up fewer services at a time`;
    case "VPCEP_RESPONSE":
      return wrongHost(context.host);
    default:
      if (status >= 300 && status < 400) {
        return `Redirects are not followed, so that a credential stays with its host: check the region and ${addressOf[context.api]}`;
      }
      if (status === 404 && context.nextSteps?.missing && !/^(apigw?\..*)?$/i.test(errorCode)) {
        return context.nextSteps.missing;
      }
      if (status === 404) {
        return `${context.host} does not serve this call of ${context.api}: check the region and ${addressOf[context.api]}`;
      }
      return status >= 500
        ? "The fault is on the cloud's side: run again later, and give its support the request id"
        : `Look up ${errorCode === "" ? `status ${status}` : errorCode} in ${context.api}'s table of error codes`;
  }
}

function wrongCredential({ credentialFrom, api, remedy }: FailureContext): string {
  const also = api === "IAM" ? " or project" : "";
  const check = `Check the credential from ${credentialFrom}: it is wrong, has expired (a token lives 24 hours), or is for another region${also}`;
  return remedy === undefined ? check : `${check}. ${remedy}`;
}

function notAgain({ rememberedMs }: FailureContext): string {
  return rememberedMs === undefined
    ? ""
    : `. It is not sent again for ${Math.ceil(rememberedMs / 60_000)} minutes, since the gateway locks a key for everybody after five failures`;
}
