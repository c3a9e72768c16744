// A list read whole, page by page, while it may change. Pure but for the pages it is given; called by lookup.ts.
import { VpcepError } from "./errors";
import { identityOf, type WirePage } from "./schema/listing";

const largestList = 100_000;
const passes = 4;

/**
 * Every record of a list once, in the server's order. Each page begins with the last record of the one before, so that
 * a list which moved in between is noticed and read again.
 */
export async function readAllPages(page: (offset: number) => Promise<WirePage>): Promise<unknown[]> {
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
async function readOnce(page: (offset: number) => Promise<WirePage>): Promise<unknown[] | undefined> {
  const found = new Map<string, unknown>();
  let read = 0;
  let last: string | undefined;
  for (let total: number | undefined; total === undefined || read < total; ) {
    const { records, totalCount } = await page(last === undefined ? 0 : read - 1);
    const moved = total !== undefined && totalCount !== total;
    const [first, ...others] = records.map(identityOf);
    const fresh = last === undefined ? records : records.slice(1);
    if (moved || (last !== undefined && first !== last) || (fresh.length === 0 && read < totalCount)) {
      return undefined;
    }
    for (const record of fresh) {
      found.set(identityOf(record), record);
    }
    total = totalCount;
    read += fresh.length;
    last = others.at(-1) ?? first;
    if (read > largestList) {
      throw new VpcepError(
        "VPCEP_RESPONSE",
        `the list has more than ${largestList} records, or no end. Narrow the filter; if it should be short, check that nothing answers in the cloud's place`,
      );
    }
  }
  return [...found.values()];
}
