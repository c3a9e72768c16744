// Lines that fit a width: wrapped texts, names with what is said of them, tables. Pure, and loads nothing; whoever prints
// brings the measure of a character, since they differ in width. The work is linear, whatever the texts are, and lines
// come one by one, so that whoever prints many may pause between two. Long for the three forms of lines.

/** How many columns of a terminal a text takes that is read as one character. */
export type Measure = (character: string) => number;

/** Where lines go: how wide they may be, without an end where nothing bounds them, and how characters are measured. */
export interface Page {
  readonly width: number;
  readonly measure: Measure;
}

/** The measure where nobody has brought a better one: no character is wider. */
export const roughly: Measure = (text) =>
  [...text].reduce((sum, character) => sum + (character < "\x7f" ? 1 : 2), 0);

/** A text in lines, broken between words; a word that is longer than a line is broken where the line ends. */
export function wrap(text: string, page: Page): string[] {
  return [...linesOf(text, page)];
}

function* linesOf(text: string, page: Page): Generator<string> {
  const { width } = page;
  if (width === Number.POSITIVE_INFINITY || fits(text, page)) {
    yield text;
    return;
  }
  let line = "";
  let used = 0;
  for (const word of wordsOf(text)) {
    let part = fitting(word, 0, page);
    if (line !== "" && part.end === word.length && used + 1 + part.used <= width) {
      line = `${line} ${word}`;
      used += 1 + part.used;
      continue;
    }
    if (line !== "") {
      yield line;
    }
    let start = 0;
    while (part.end < word.length) {
      yield word.slice(start, part.end);
      start = part.end;
      part = fitting(word, start, page);
    }
    line = word.slice(start);
    ({ used } = part);
  }
  if (line !== "") {
    yield line;
  }
}

function* wordsOf(text: string): Generator<string> {
  for (let start = 0; start <= text.length; ) {
    const space = text.indexOf(" ", start);
    const end = space === -1 ? text.length : space;
    yield text.slice(start, end);
    start = end + 1;
  }
}

/** A part of a text: where it ends, and how many columns it takes. */
interface Part {
  readonly end: number;
  readonly used: number;
}

let graphemes: Intl.Segmenter | undefined;

/**
 * How much of a text is looked at in one piece: each step of a segmenter takes as long as its text is. What is read as one
 * character is shorter, or is none that anybody reads.
 */
const pieceLength = 256;

/** As much of a text, from a place on, as fits: at least one character, or nothing would ever end. */
function fitting(text: string, start: number, { width, measure }: Page): Part {
  let end = start;
  let used = 0;
  while (end < text.length) {
    const letters = Math.min(lettersFrom(text, end), width - used);
    if (letters > 0) {
      end += letters;
      used += letters;
      continue;
    }
    // Made when it is first needed: it costs a third of the time in which Node starts.
    graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
    const piece = text.slice(end, end + pieceLength);
    const isLast = end + piece.length === text.length;
    for (const { segment, index } of graphemes.segment(piece)) {
      if (index > 0 && !isLast && index + segment.length === piece.length) {
        // The character may go on after the piece: the next one begins with it.
        break;
      }
      const size = measure(segment);
      if (used + size > width && end > start) {
        return { end, used };
      }
      used += size;
      end += segment.length;
    }
  }
  return { end, used };
}

/** How many characters of one column each begin at a place, as far as they are looked at. */
function lettersFrom(text: string, start: number): number {
  const letters = /[\x20-\x7e]{0,256}/y;
  letters.lastIndex = start;
  const { length } = letters.exec(text)?.[0] ?? "";
  // To the last one a mark may belong that follows it.
  return start + length === text.length ? length : length - 1;
}

function fits(text: string, page: Page): boolean {
  const { end, used } = fitting(text, 0, page);
  return end === text.length && used <= page.width;
}

/** How many columns a text takes; more than a bound is one more, since no more of it is looked at. */
function sizeOf(text: string, { width, measure }: Page): number {
  const { end, used } = fitting(text, 0, { width, measure });
  return end === text.length ? used : width + 1;
}

/** A text that fits, with a mark where it was cut. */
export function cut(text: string, page: Page): string {
  return fits(text, page) ? text : `${beginningOf(text, page.width - 1, page.measure)}…`;
}

function beginningOf(text: string, width: number, measure: Measure): string {
  return width > 0 ? text.slice(0, fitting(text, 0, { width, measure }).end) : "";
}

/** A name and what is said of it, a line each; no two texts of one row are mixed. */
export type Row = readonly [name: string, texts: readonly string[]];

/** What is made of the pieces of a line when they have their places, such as a colour. */
export interface Styles {
  readonly name: (text: string) => string;
  /** Of what is said of a name. */
  readonly text: (text: string, name: string) => string;
}

const plain: Styles = { name: (text) => text, text: (text) => text };

/** The longest name that what is said of it stands beside. */
const longestName = 24;
/** Beside its name, a text has at least this much room: ids are not broken. */
const leastRoom = 36;

/** Rows of names and texts in two columns; a name too long for its column, or for a narrow page, has a line of its own. */
export function rows(all: readonly Row[], page: Page, styles: Styles = plain): string[] {
  return [...linesOfRows(all, page, styles)];
}

/** The lines of {@link rows}, one by one. */
export function* linesOfRows(all: readonly Row[], page: Page, styles: Styles = plain): Generator<string> {
  const { width, measure } = page;
  const sizes = all.map(([name]) => sizeOf(name, { width: longestName, measure }));
  const beside = Math.max(0, ...new Set(sizes.filter((size) => size <= longestName))) + 2;
  const indent = width - beside >= leastRoom ? beside : 2;
  const room = { width: width - indent, measure };
  const margin = " ".repeat(indent);
  for (const [at, [name, texts]] of all.entries()) {
    const size = sizes[at] ?? 0;
    let before = margin;
    if (size + 2 <= indent && texts.length > 0) {
      before = styles.name(name + " ".repeat(indent - size));
    } else {
      yield* wrap(name, page).map(styles.name);
    }
    for (const text of texts) {
      for (const line of linesOf(text, room)) {
        yield before + styles.text(line, name);
        before = margin;
      }
    }
    if (before !== margin) {
      yield before;
    }
  }
}

/** One column of a table. */
export interface Column {
  readonly output: string;
  /** Whether it may be cut where the terminal is narrow. */
  readonly elastic?: true;
}

/** The least room of an elastic column. */
const leastElastic = 16;
/** A table of fewer columns is none: the records stand below each other then. */
const fewestColumns = 2;

/**
 * The lines of a table of records, of which each cell is one line; nothing where there is no line yet, but whoever prints
 * may pause. Answers the columns that had no room.
 */
export function* linesOfTable(
  columns: readonly Column[],
  records: Iterable<readonly string[]>,
  page: Page,
  styles: Styles = plain,
): Generator<string | undefined, readonly string[]> {
  const { width } = page;
  const names = columns.map(({ output }) => output);
  const cells = [names];
  const sizes = [names.map(({ length }) => length)];
  const natural = names.map(({ length }) => length);
  for (const record of records) {
    const ofRecord = record.map((text) => sizeOf(text, page));
    for (const [index, size] of ofRecord.entries()) {
      natural[index] = Math.max(natural[index] ?? 0, size);
    }
    cells.push([...record]);
    sizes.push(ofRecord);
    yield undefined;
  }
  const least = natural.map((size, index) => (columns[index]?.elastic ? Math.min(size, leastElastic) : size));
  const sum = (some: readonly number[]) => some.reduce((all, size) => all + size + 2, -2);
  let shown = columns.length;
  while (shown > 0 && sum(least.slice(0, shown)) > width) {
    shown--;
  }
  if (shown < Math.min(fewestColumns, columns.length)) {
    yield* blocks(columns, cells.slice(1), page, styles);
    return [];
  }
  const widths = least.slice(0, shown);
  for (const [index, size] of widths.entries()) {
    widths[index] = Math.min(natural[index] ?? 0, size + Math.max(0, width - sum(widths)));
  }
  for (const [at, row] of cells.entries()) {
    const line = widths.map((most, index) => {
      const text = row[index] ?? "";
      const part = inCell(text, sizes[at]?.[index] ?? 0, most, index === shown - 1, page);
      return at === 0 ? styles.name(part) : styles.text(part, names[index] ?? "");
    });
    yield line.join("  ");
  }
  return names.slice(shown);
}

/** A text of a known size as a cell has it: cut to the column's width, and filled up to it but in the last column. */
function inCell(text: string, size: number, most: number, isLast: boolean, { measure }: Page): string {
  const shown = size <= most ? text : cut(text, { width: most, measure });
  const used = size <= most ? size : sizeOf(shown, { width: most, measure });
  return isLast ? shown : shown + " ".repeat(most - used);
}

/** Records below each other, an empty line between two. */
function* blocks(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  page: Page,
  styles: Styles,
): Generator<string> {
  for (const [index, row] of cells.entries()) {
    if (index > 0) {
      yield "";
    }
    yield* linesOfRows(
      columns.map(({ output }, at): Row => [output, [row[at] ?? ""]]),
      page,
      styles,
    );
  }
}
