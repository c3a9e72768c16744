// A list read whole, page by page, while it may change. Pure but for the pages it is given; called by list.ts.
import { VpcepError } from "../errors/errors";

/** One page of a list. */
export interface Page<Entry> {
  readonly entries: readonly { readonly identity: string; readonly record: Entry }[];
  /** How many records there are on all pages together. */
  readonly totalCount: number;
}

const largestList = 100_000;
const passes = 4;

/**
 * Every record of a list once, in the server's order. Each page begins with the last record of the one before, so that
 * a list which moved in between is noticed and read again.
 */
export async function readAllPages<Entry>(page: (offset: number) => Promise<Page<Entry>>): Promise<Entry[]> {
  for (let pass = 0; pass < passes; pass++) {
    const records = await readOnce(page);
    if (records) {
      return records;
    }
  }
  throw new VpcepError(
    "VPCEP_RESPONSE",
    `the list changed every time it was read, ${passes} times in a row, so that a whole one cannot be had. Run again later, or narrow the filter`,
  );
}

/** The list, or undefined where it moved meanwhile. */
async function readOnce<Entry>(page: (offset: number) => Promise<Page<Entry>>): Promise<Entry[] | undefined> {
  const found = new Map<string, Entry>();
  let read = 0;
  let last: string | undefined;
  for (let total: number | undefined; total === undefined || read < total; ) {
    const { entries, totalCount } = await page(last === undefined ? 0 : read - 1);
    const moved = total !== undefined && totalCount !== total;
    const fresh = last === undefined ? entries : entries.slice(1);
    if (
      moved ||
      (last !== undefined && entries[0]?.identity !== last) ||
      (fresh.length === 0 && read < totalCount)
    ) {
      return undefined;
    }
    for (const { identity, record } of fresh) {
      found.set(identity, record);
    }
    total = totalCount;
    read += fresh.length;
    last = entries.at(-1)?.identity;
    if (read > largestList) {
      throw new VpcepError(
        "VPCEP_RESPONSE",
        `the list has more than ${largestList} records, or no end. Narrow the filter; if it should be short, check that nothing answers in the cloud's place`,
      );
    }
  }
  return [...found.values()];
}
