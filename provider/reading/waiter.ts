// Waits for a service to become available: asks again and again, with jitter, and says so sparingly, since Pulumi keeps
// every line. Called by lookup.ts.

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
  { clean, log }: Pick<LookupApi, "clean" | "log">,
  deadline: Deadline,
  unknownMs = defaultUnknownMs,
): Promise<OutputValues> {
  const waitMs = Number(args["waitTimeoutMs"] ?? defaultWaitMs);
  const intervalMs = Number(args["pollIntervalMs"] ?? defaultIntervalMs);
  const start = performance.now();
  let growth = 1;
  let said: string | undefined;
  let saidAt = 0;
  let seen = false;
  for (;;) {
    const unknownFor = seen ? undefined : performance.now() - start;
    const look = await lookAgain(read, deadline, waitMs - (performance.now() - start), said);
    const waitedMs = performance.now() - start;
    if (look instanceof VpcepError && (unknownFor === undefined || waitedMs >= Math.min(unknownMs, waitMs))) {
      const seenBefore = seen ? `was last seen ${said}, and after` : "was never there in";
      throw look.reworded(
        (what) => `the service ${seenBefore} ${seconds(waitedMs)} of waiting for available: ${what}`,
      );
    }
    let state = "not there yet";
    if (!(look instanceof VpcepError)) {
      const record = look as object as EndpointServiceRecord;
      seen = true;
      if (record.status === "available") {
        return look;
      }
      if (record.status === "failed" || record.status === "deleting") {
        throw neverAvailable(record, clean);
      }
      state = clean(record.status);
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
      throw stillWaiting(state, waitedMs);
    }
    await deadline.sleep(Math.min(leftMs, intervalMs * growth * (0.8 + 0.4 * Math.random())));
    growth = Math.min(largestGrowth, growth * 1.5);
  }
}

/** The service, or that there is none. A look whose time ends with the wait's says what was seen before. */
async function lookAgain(
  read: (deadline: Deadline) => Promise<OutputValues>,
  deadline: Deadline,
  leftMs: number,
  said: string | undefined,
): Promise<OutputValues | VpcepError> {
  const start = performance.now();
  // The last look of a wait is made when its time is over.
  const timeoutMs = Math.max(leftMs, lastLookMs);
  try {
    return await deadline.part(read, timeoutMs);
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    if (error.code === "VPCEP_NOT_FOUND") {
      return error;
    }
    const isOver = performance.now() - start >= timeoutMs - 1;
    throw isOver && said !== undefined
      ? error.reworded((what) => `the service was last seen ${said}, and then: ${what}`)
      : error;
  }
}

function stillWaiting(state: string, waitedMs: number): VpcepError {
  return new VpcepError(
    "VPCEP_TIMEOUT",
    `the service is still ${state} after ${seconds(waitedMs)} of waiting for available. Raise waitTimeoutMs, or ask the owner of the service`,
  );
}

function neverAvailable(
  { status, error }: EndpointServiceRecord,
  clean: (text: string) => string,
): VpcepError {
  const reasons = error.map(({ errorCode, errorMessage }) =>
    clean([errorCode, errorMessage].filter((part) => part !== null).join(": ")),
  );
  const why = reasons.length > 0 ? ` (${reasons.join("; ")})` : "";
  return new VpcepError(
    "VPCEP_FAILED",
    `the service is ${clean(status)}${why} and will not become available. Ask its owner to make another one`,
  );
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1_000)} s`;
}
