// A list read whole, page by page, while it may change. Pure but for the pages it is given; called by list.ts.
import { VpcepError } from "../errors/errors";

/** One page of a list. */
export interface Page<Entry> {
  /** Two of one identity are the same record, sent twice. */
  readonly entries: readonly { readonly identity: string; readonly record: Entry }[];
  /** How many records the server says there are on all pages together. */
  readonly announced: number | undefined;
}

/** Every record that a list shows, once, in the server's order; `announced` may say that there are others. */
export interface WholeList<Entry> {
  readonly records: Entry[];
  readonly announced: number | undefined;
}

/** Reads the page at an offset; `found` is how many records came before it. */
type ReadPage<Entry> = (offset: number, found: number) => Promise<Page<Entry>>;

const passes = 4;

/**
 * Reads a list until it is whole: it has as many records as it announces, or is twice the same and ends where it ends.
 * Each page begins with the last record of the one before, so that a list which moved in between is noticed.
 * `limit` is how many records a page may have; undefined where the first answer has all.
 */
export async function readAllPages<Entry>(
  page: ReadPage<Entry>,
  limit: number | undefined,
): Promise<WholeList<Entry>> {
  let before: Pass<Entry> | undefined;
  let changed = false;
  for (let count = 1; ; count++) {
    const pass = await readOnce(page, limit);
    const { found, announced, fits, steady, ended } = pass;
    const same = before !== undefined && isSame(before, pass);
    const complete = announced === undefined || found.size === announced;
    if (complete ? (fits && steady) || same : fits && ended && same) {
      return { records: [...found.values()], announced };
    }
    changed ||= before !== undefined && !same;
    if (count === passes) {
      throw new VpcepError(
        "VPCEP_RESPONSE",
        changed
          ? `the list changed every time it was read, ${passes} times in a row, so that a whole one cannot be had: the last time it announced ${announced} records and ${found.size} were found. Run again later, or narrow the filter`
          : `the list announces ${announced} records, but has ${found.size}, the same each of the ${passes} times it was read. Narrow the filter, or ask the cloud's support why its pages do not fit their count`,
      );
    }
    before = pass;
  }
}

/** What one reading from the first page to the last has found. */
interface Pass<Entry> {
  readonly found: ReadonlyMap<string, Entry>;
  readonly announced: number | undefined;
  /** Whether each page went on where the one before ended, and none had a record of another. */
  readonly fits: boolean;
  /** Whether every page announced the same. */
  readonly steady: boolean;
  /** Whether nothing can come after what was found. */
  readonly ended: boolean;
}

async function readOnce<Entry>(page: ReadPage<Entry>, limit: number | undefined): Promise<Pass<Entry>> {
  const found = new Map<string, Entry>();
  let announced: number | undefined;
  let fits = true;
  let steady = true;
  let last: string | undefined;
  for (let position = 0; ; ) {
    const overlap = last === undefined ? 0 : 1;
    const known = found.size;
    const { entries, announced: now } = await page(position - overlap, known);
    const fresh = entries.slice(overlap);
    steady &&= position === 0 || now === announced;
    announced = now;
    if (entries.length > 0) {
      fits &&= overlap === 0 || entries[0]?.identity === last;
      fits &&= !fresh.some(({ identity }) => found.has(identity));
    }
    for (const { identity, record } of entries) {
      found.set(identity, record);
    }
    position += fresh.length;
    // Beyond its count a list is not asked: the API may refuse such an offset.
    const beyond = position >= (announced ?? 0);
    const past = limit === undefined || (beyond && fresh.length === 0);
    const ended = entries.length === 0 || (past && beyond);
    const repeats = fresh.length > 0 && found.size === known;
    // A full page may have others after it, whatever it announces.
    const counted = found.size === announced && entries.length < (limit ?? 0);
    if (past || ended || repeats || counted) {
      return { found, announced, fits, steady, ended };
    }
    // A page of one record, begun with the one before, would never come to the next.
    last = entries.length > 1 ? entries.at(-1)?.identity : undefined;
  }
}

function isSame(before: Pass<unknown>, { found, announced }: Pass<unknown>): boolean {
  return (
    before.announced === announced &&
    before.found.size === found.size &&
    [...found.keys()].every((identity) => before.found.has(identity))
  );
}
