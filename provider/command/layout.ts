// Lines that fit a width: wrapped texts, names with what is said of them, tables. Pure, and loads nothing; whoever prints
// brings the measure of a text, since characters differ in width.

/** How many columns of a terminal a text takes. */
export type Measure = (text: string) => number;

/** Where lines go: how wide they may be, without an end where nothing bounds them, and how they are measured. */
export interface Page {
  readonly width: number;
  readonly measure: Measure;
}

/** The measure where nobody has brought a better one: no character is wider. */
export const roughly: Measure = (text) =>
  [...text].reduce((sum, character) => sum + (character < "\x7f" ? 1 : 2), 0);

/** A text in lines, broken between words; a word that is longer than a line is broken where the line ends. */
export function wrap(text: string, { width, measure }: Page): string[] {
  if (measure(text) <= width) {
    return [text];
  }
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    let rest = word;
    if (line !== "" && measure(`${line} ${rest}`) <= width) {
      line = `${line} ${rest}`;
      continue;
    }
    if (line !== "") {
      lines.push(line);
    }
    while (measure(rest) > width) {
      const part = beginningOf(rest, { width, measure });
      lines.push(part);
      rest = rest.slice(part.length);
    }
    line = rest;
  }
  return line === "" ? lines : [...lines, line];
}

let graphemes: Intl.Segmenter | undefined;

/** As much of a text as fits: at least one character, or nothing would ever end. */
function beginningOf(text: string, { width, measure }: Page): string {
  // Made when it is first needed: it costs a third of the time in which Node starts.
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let end = 0;
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += measure(segment);
    if (used > width && end > 0) {
      break;
    }
    end += segment.length;
  }
  return text.slice(0, end);
}

/** A text that fits, with a mark where it was cut. */
export function cut(text: string, { width, measure }: Page): string {
  return measure(text) <= width
    ? text
    : `${width > 1 ? beginningOf(text, { width: width - 1, measure }) : ""}…`;
}

function padded(text: string, width: number, measure: Measure): string {
  return text + " ".repeat(Math.max(0, width - measure(text)));
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
  const { width, measure } = page;
  const names = all.map(([name]) => measure(name)).filter((length) => length <= longestName);
  const beside = Math.max(0, ...names) + 2;
  const indent = width - beside >= leastRoom ? beside : 2;
  return all.flatMap(([name, texts]) => {
    const room = { width: width - indent, measure };
    const said = texts.flatMap((text) => wrap(text, room)).map((line) => styles.text(line, name));
    const isBeside = measure(name) + 2 <= indent && said.length > 0;
    return [
      ...(isBeside ? [] : wrap(name, page).map(styles.name)),
      ...said.map((line, index) =>
        isBeside && index === 0
          ? styles.name(padded(name, indent, measure)) + line
          : " ".repeat(indent) + line,
      ),
    ];
  });
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

/** A table of records, and the columns that had no room. */
export interface Table {
  readonly lines: readonly string[];
  readonly leftOut: readonly string[];
}

/** Records as a table; each cell is one line. */
export function table(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  page: Page,
  styles: Styles = plain,
): Table {
  const { width, measure } = page;
  const natural = columns.map(({ output }, index) =>
    cells.reduce((most, row) => Math.max(most, measure(row[index] ?? "")), measure(output)),
  );
  const least = natural.map((size, index) => (columns[index]?.elastic ? Math.min(size, leastElastic) : size));
  const sizeOf = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size + 2, -2);
  let shown = columns.length;
  while (shown > 0 && sizeOf(least.slice(0, shown)) > width) {
    shown--;
  }
  if (shown < Math.min(fewestColumns, columns.length)) {
    return { lines: blocks(columns, cells, page, styles), leftOut: [] };
  }
  const sizes = least.slice(0, shown);
  for (const [index, size] of sizes.entries()) {
    sizes[index] = Math.min(natural[index] ?? 0, size + Math.max(0, width - sizeOf(sizes)));
  }
  const names = columns.map(({ output }) => output);
  const lineOf = (row: readonly string[], style: Styles["text"]) =>
    sizes
      .map((size, index) => {
        const text = cut(row[index] ?? "", { width: size, measure });
        return style(index === shown - 1 ? text : padded(text, size, measure), names[index] ?? "");
      })
      .join("  ");
  return {
    lines: [lineOf(names, styles.name), ...cells.map((row) => lineOf(row, styles.text))],
    leftOut: names.slice(shown),
  };
}

/** Records below each other, an empty line between two. */
function blocks(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  page: Page,
  styles: Styles,
): string[] {
  return cells.flatMap((row, index) => [
    ...(index === 0 ? [] : [""]),
    ...rows(
      columns.map(({ output }, at): Row => [output, [row[at] ?? ""]]),
      page,
      styles,
    ),
  ]);
}
