// Waits for a service to become available: asks again and again, with jitter, and says so sparingly, since Pulumi keeps
// every line. Called by lookup.ts.

import { listed } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import type { Deadline } from "../http/deadline";
import type { ArgumentValues, OutputValues } from "../lookups/definition";
import type { EndpointServiceRecord } from "../lookups/records";
import type { LookupApi } from "./lookupApi";

const defaultWaitMs = 600_000;
const defaultIntervalMs = 3_000;
/** The interval grows up to this many times itself. */
const largestGrowth = 5;
const silenceMs = 60_000;
/** A wait ends with one more look, for which it has so long. */
const lastLookMs = 1_000;

/** Of the reasons why a service has failed a message shows so many. */
const mostReasons = 5;

/** A service that was made a moment ago may be unknown for so long. */
const defaultUnknownMs = 60_000;

/**
 * The service once it is available; fails at once where it never will be. A wait has a time of its own, all of which a
 * look may take: a host that wants no requests for some minutes is a part of the wait, and a silent one does not make it
 * longer.
 */
export async function waitUntilAvailable(
  read: (deadline: Deadline) => Promise<OutputValues>,
  args: ArgumentValues,
  { clean, log, argumentNames }: Pick<LookupApi, "clean" | "log" | "argumentNames">,
  deadline: Deadline,
  unknownMs = defaultUnknownMs,
): Promise<OutputValues> {
  const waitMs = Number(args["waitTimeoutMs"] ?? defaultWaitMs);
  const intervalMs = Number(args["pollIntervalMs"] ?? defaultIntervalMs);
  const start = performance.now();
  let growth = 1;
  let said: string | undefined;
  let saidAt = 0;
  let lastSeen: string | undefined;
  for (;;) {
    const look = await lookAgain(read, deadline, waitMs - (performance.now() - start), said !== undefined);
    const waitedMs = performance.now() - start;
    const isUnreadable = look instanceof VpcepError && look.code !== "VPCEP_NOT_FOUND";
    const isGone = look instanceof VpcepError && !isUnreadable && lastSeen !== undefined;
    const patienceMs = isGone ? 0 : isUnreadable ? waitMs : Math.min(unknownMs, waitMs);
    if (look instanceof VpcepError && waitedMs >= patienceMs) {
      const seenBefore =
        lastSeen === undefined ? "was never there in" : `was last seen ${lastSeen}, and after`;
      throw look.reworded(
        (what) => `the service ${seenBefore} ${seconds(waitedMs)} of waiting for available: ${what}`,
      );
    }
    let state = isUnreadable ? "not readable now" : "not there yet";
    if (!(look instanceof VpcepError)) {
      const record = look as object as EndpointServiceRecord;
      if (record.status === "available") {
        return look;
      }
      if (record.status === "failed" || record.status === "deleting") {
        throw neverAvailable(record, clean);
      }
      state = clean(record.status);
      lastSeen = state;
    }
    if (state !== said || performance.now() - saidAt >= silenceMs) {
      const { id } = args;
      log(
        `VPC endpoint service ${clean(String(id))} is ${state}; waiting for available, ${seconds(waitedMs)} of at most ${seconds(waitMs)} so far`,
      );
      said = state;
      saidAt = performance.now();
    }
    const leftMs = waitMs - waitedMs;
    if (leftMs <= 0) {
      throw stillWaiting(state, waitedMs, argumentNames["waitTimeoutMs"] ?? "waitTimeoutMs");
    }
    await deadline.sleep(Math.min(leftMs, intervalMs * growth * (0.8 + 0.4 * Math.random())));
    growth = Math.min(largestGrowth, growth * 1.5);
  }
}

/** The service, or what kept it from being seen, where that may pass. */
async function lookAgain(
  read: (deadline: Deadline) => Promise<OutputValues>,
  deadline: Deadline,
  leftMs: number,
  hasLooked: boolean,
): Promise<OutputValues | VpcepError> {
  try {
    // The last look of a wait is made when its time is over.
    return await deadline.part(read, Math.max(leftMs, lastLookMs));
  } catch (error) {
    // The API has answered before: it will again, once its outage is over.
    if (
      error instanceof VpcepError &&
      (error.code === "VPCEP_NOT_FOUND" || (hasLooked && isPassing(error)))
    ) {
      return error;
    }
    throw error;
  }
}

function isPassing({ code, status = 0 }: VpcepError): boolean {
  return ["VPCEP_CONNECTION", "VPCEP_TIMEOUT", "VPCEP_THROTTLED"].includes(code) || status >= 500;
}

function stillWaiting(state: string, waitedMs: number, argument: string): VpcepError {
  return new VpcepError(
    "VPCEP_TIMEOUT",
    `the service is still ${state} after ${seconds(waitedMs)} of waiting for available. Raise ${argument}, or ask the owner of the service`,
  );
}

function neverAvailable(
  { status, error }: EndpointServiceRecord,
  clean: (text: string) => string,
): VpcepError {
  const reasons = error.map(({ errorCode, errorMessage }) =>
    clean([errorCode, errorMessage].filter((part) => part !== null).join(": ")),
  );
  const why = reasons.length > 0 ? ` (${listed(reasons, "; ", mostReasons)})` : "";
  return new VpcepError(
    "VPCEP_FAILED",
    `the service is ${clean(status)}${why} and will not become available. Ask its owner to make another one`,
  );
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1_000)} s`;
}
