// JSON as the API sends it, without losing a digit and without guessing. A leaf; called by answers.ts. Long, since one scan of
// the text finds all that the parser does not tell.

/** Text that is no JSON document, or none that can be taken whole. The message quotes nothing of it but {@link key}. */
export class JsonProblem extends Error {
  /** Whether the text is no JSON at all, which a cut on its way explains. */
  readonly cut: boolean;
  /** The key that stands twice in one object, as the server wrote it. */
  readonly key: string | undefined;

  constructor(message: string, { cut = false, key }: { readonly cut?: boolean; readonly key?: string } = {}) {
    super(message);
    this.cut = cut;
    this.key = key;
  }
}

const largestDepth = 32;
/** No number that means something is longer, and reading one takes the longer the longer it is. */
const longestNumber = 1_000;

/**
 * Parses JSON. An integer past 2^53 and a number past the range of a double become the string of their digits.
 * A key that stands twice in one object is refused, since nobody knows which value is meant, and so is a document of more
 * than `mostValues` values: what is parsed in one turn of the event loop is bounded by them, not by the bytes.
 */
export function parseJson(text: string, mostValues = Number.POSITIVE_INFINITY): unknown {
  const { keys, unsafe } = scan(text, mostValues);
  let value: unknown;
  try {
    value = JSON.parse(unsafe.length === 0 ? text : quoted(text, unsafe));
  } catch {
    throw new JsonProblem("it is not whole JSON", { cut: true });
  }
  // Of a key that stands twice, the parser keeps one.
  if (countKeys(value) !== keys) {
    const key = repeatedKey(text);
    throw new JsonProblem(`the key ${JSON.stringify(key)} stands in it twice`, { key });
  }
  return value;
}

/** Where a number stands in the text, from its first character to the one after its last. */
type Place = readonly [start: number, end: number];

/** The text with quotes around some numbers: a reviver would do, at nine times the cost of the bare parse. */
function quoted(text: string, numbers: readonly Place[]): string {
  let result = "";
  let copied = 0;
  for (const [start, end] of numbers) {
    result += `${text.slice(copied, start)}"${text.slice(start, end)}"`;
    copied = end;
  }
  return result + text.slice(copied);
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The end of the number that begins at a place; 0 when it is none, so that the parser will complain. */
function endOfNumber(text: string, start: number): number {
  number.lastIndex = start;
  return number.test(text) ? number.lastIndex : 0;
}

function isExact(literal: string): boolean {
  if (literal.length < 16 && !/[eE]/.test(literal)) {
    return true;
  }
  const value = Number(literal);
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const colon = 0x3a;
const comma = 0x2c;
const minus = 0x2d;
const digitZero = 0x30;
const digitNine = 0x39;

/**
 * One pass over the text for what `JSON.parse` does not tell: depths that recursion dies of, how many keys there are, and
 * the numbers that it would round.
 */
function scan(
  text: string,
  mostValues: number,
): { readonly keys: number; readonly unsafe: readonly Place[] } {
  const unsafe: Place[] = [];
  let keys = 0;
  let depth = 0;
  // As many as there are brackets and commas, or a few less. Where they are missing it is no JSON, and need not be read.
  let values = 0;
  let texts = 0;
  const tooMany = () => new JsonProblem(`it has more than ${mostValues} values`);
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      at = endOfString(text, at);
      keys += isKey(text, at) ? 1 : 0;
      texts++;
      if (texts > 2 * (mostValues + 1)) {
        throw tooMany();
      }
    } else if (character === comma || character === openBrace || character === openBracket) {
      values++;
      if (values > mostValues) {
        throw tooMany();
      }
      depth += character === comma ? 0 : 1;
      if (depth > largestDepth) {
        throw new JsonProblem(`it is nested deeper than ${largestDepth} levels`);
      }
    } else if (character === closeBrace || character === closeBracket) {
      depth--;
    } else if (character === minus || isDigit(character)) {
      const end = endOfNumber(text, at);
      if (isDigit(text.charCodeAt(end))) {
        throw new JsonProblem("it is not whole JSON", { cut: true });
      }
      if (end > at + longestNumber) {
        throw new JsonProblem(`a number in it has more than ${longestNumber} characters`);
      }
      if (end > at) {
        // As a key it is no JSON, and must not become some.
        if (!isExact(text.slice(at, end)) && !isKey(text, end - 1)) {
          unsafe.push([at, end]);
        }
        at = end - 1;
      }
    }
  }
  return { keys, unsafe };
}

function isDigit(character: number): boolean {
  return character >= digitZero && character <= digitNine;
}

/** How many keys the objects of a parsed document have together. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) {
    return 0;
  }
  const members = Object.values(value);
  let count = Array.isArray(value) ? 0 : members.length;
  for (const member of members) {
    count += countKeys(member);
  }
  return count;
}

/** The key that stands twice in one object of a text that has such a key. */
function repeatedKey(text: string): string {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === openBrace) {
      open.push(new Set());
    } else if (character === closeBrace) {
      open.pop();
    } else if (character === quote) {
      const end = endOfString(text, at);
      if (isKey(text, end)) {
        const key = JSON.parse(text.slice(at, end + 1)) as string;
        if (open.at(-1)?.has(key)) {
          return key;
        }
        open.at(-1)?.add(key);
      }
      at = end;
    }
  }
  return "";
}

/** Whether the string that ends at a place is a key: a colon follows. */
function isKey(text: string, end: number): boolean {
  let at = end + 1;
  for (let character = text.charCodeAt(at); isSpace(character); character = text.charCodeAt(at)) {
    at++;
  }
  return text.charCodeAt(at) === colon;
}

function isSpace(character: number): boolean {
  return character === 0x20 || character === 0x0a || character === 0x0d || character === 0x09;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) {
      backslashes++;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
  }
  return text.length;
}
