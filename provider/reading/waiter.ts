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

/** The service once it is available; fails at once where it never will be. */
export async function waitUntilAvailable(
  read: () => Promise<OutputValues>,
  args: ArgumentValues,
  { clean, log }: Pick<LookupApi, "clean" | "log">,
  deadline: Deadline,
): Promise<OutputValues> {
  const waitMs = Number(args["waitTimeoutMs"] ?? defaultWaitMs);
  const intervalMs = Number(args["pollIntervalMs"] ?? defaultIntervalMs);
  const start = performance.now();
  let growth = 1;
  let saidStatus: string | undefined;
  let saidAt = 0;
  for (;;) {
    const outputs = await read();
    const record = outputs as object as EndpointServiceRecord;
    const { status } = record;
    if (status === "available") {
      return outputs;
    }
    if (status === "failed" || status === "deleting") {
      throw neverAvailable(record, clean);
    }
    const waitedMs = performance.now() - start;
    if (status !== saidStatus || performance.now() - saidAt >= silenceMs) {
      log(
        `VPC endpoint service ${clean(record.serviceId)} is ${clean(status)}; waiting for available, ${seconds(waitedMs)} of at most ${seconds(waitMs)} so far`,
      );
      saidStatus = status;
      saidAt = performance.now();
    }
    const leftMs = waitMs - waitedMs;
    if (leftMs <= 0) {
      throw new VpcepError(
        "VPCEP_TIMEOUT",
        `the service is still ${clean(status)} after ${seconds(waitedMs)} of waiting for available. Raise waitTimeoutMs, or ask the owner of the service`,
      );
    }
    await deadline.sleep(Math.min(leftMs, intervalMs * growth * (0.8 + 0.4 * Math.random())));
    growth = Math.min(largestGrowth, growth * 1.5);
  }
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
