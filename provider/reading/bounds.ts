// What one list may take of time, bytes and requests, whatever its server does. Called by list.ts and lookup.ts.
import { orRaise } from "../errors/answerErrors";
import { describeTime } from "../errors/describeValue";
import { VpcepError, type VpcepErrorCode } from "../errors/errors";
import type { Deadline } from "../http/deadline";
import type { LookupApi } from "./lookupApi";

const timeouts = 10;
const answerMebibytes = 64;
const pages = 1_000;
/** What a read by ids may take beside, for each id: a second of a server that answers eight at a time, and a large record. */
const forEachId = { ms: 125, kibibytes: 16 };

/** How far a list has come. */
export interface Progress {
  records: number;
  /** How many there are to be, once that is known. */
  announced?: number | undefined;
}

/** Reads a list within its bounds. One that is read by ids has one request for each of them, else at most 1,000. */
export async function withinBounds<Value>(
  api: LookupApi,
  deadline: Deadline,
  ids: number | undefined,
  read: (api: LookupApi, progress: Progress) => Promise<Value>,
): Promise<Value> {
  const progress: Progress = { records: 0, announced: ids };
  let requests = 0;
  let bytes = 0;
  let crossed: VpcepError | undefined;
  /** Ends the list, and whatever it waits for. */
  const cross = (code: VpcepErrorCode, bound: string, raise = ""): VpcepError => {
    const of = progress.announced === undefined ? "" : ` of ${progress.announced}`;
    const less = ids === undefined ? "Narrow the filter" : "Ask for fewer ids at a time";
    crossed = new VpcepError(
      code,
      `the list is not whole after ${bound}: ${progress.records}${of} records came in ${requests} requests. ${less}${raise}`,
    );
    deadline.cancel(crossed);
    return crossed;
  };

  const most = ids === undefined ? pages : Number.POSITIVE_INFINITY;
  const mostMebibytes = answerMebibytes + Math.ceil(((ids ?? 0) * forEachId.kibibytes) / 1024);
  const mostMs = timeouts * deadline.timeoutMs + (ids ?? 0) * forEachId.ms;
  const timer = setTimeout(() => {
    const more = ids === undefined ? "" : ` and ${forEachId.ms / 1_000} s for each id`;
    const bound = `${describeTime(mostMs)}, ten times timeoutMs${more}`;
    cross("VPCEP_TIMEOUT", bound, orRaise(api.timeoutSettings));
  }, mostMs);
  const send: LookupApi["send"] = async (request, part) => {
    if (requests === most) {
      throw cross("VPCEP_RESPONSE", `${most} requests`);
    }
    requests++;
    const answer = await api.send(request, part);
    bytes += answer.bytes;
    if (bytes > mostMebibytes * 1024 * 1024) {
      throw cross("VPCEP_RESPONSE", `${mostMebibytes} MiB of answers`);
    }
    return answer;
  };
  try {
    return await read({ ...api, send }, progress);
  } catch (error) {
    throw crossed ?? error;
  } finally {
    clearTimeout(timer);
  }
}
