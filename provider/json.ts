// JSON as the API sends it, without losing a digit and without guessing. A leaf; called by answers.ts.

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

/**
 * Parses JSON. An integer past 2^53 and a number past the range of a double become the string of their digits.
 * A key that stands twice in one object is refused, since nobody knows which value is meant.
 */
export function parseJson(text: string): unknown {
  const unsafe = checkStructure(text);
  try {
    return JSON.parse(unsafe.length === 0 ? text : quoted(text, unsafe));
  } catch {
    throw new JsonProblem("it is not whole JSON", { cut: true });
  }
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
const minus = 0x2d;
const digitZero = 0x30;
const digitNine = 0x39;

/**
 * One pass over the text for what `JSON.parse` lets through: repeated keys, depths that recursion dies of, and the
 * numbers that it would round, which are returned.
 */
function checkStructure(text: string): Place[] {
  const unsafe: Place[] = [];
  const keysOfOpen: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === openBrace || character === openBracket) {
      if (keysOfOpen.length === largestDepth) {
        throw new JsonProblem(`it is nested deeper than ${largestDepth} levels`);
      }
      keysOfOpen.push(character === openBrace ? new Set() : undefined);
    } else if (character === closeBrace || character === closeBracket) {
      keysOfOpen.pop();
    } else if (character === quote) {
      const end = endOfString(text, at);
      const keys = keysOfOpen.at(-1);
      if (keys && text.charCodeAt(afterSpace(text, end + 1)) === colon) {
        const key = decode(text.slice(at, end + 1));
        if (keys.has(key)) {
          throw new JsonProblem(`the key ${JSON.stringify(key)} stands in it twice`, { key });
        }
        keys.add(key);
      }
      at = end;
    } else if (character === minus || (character >= digitZero && character <= digitNine)) {
      const end = endOfNumber(text, at);
      if (end > at) {
        if (!isExact(text.slice(at, end))) {
          unsafe.push([at, end]);
        }
        at = end - 1;
      }
    }
  }
  return unsafe;
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

function afterSpace(text: string, start: number): number {
  let at = start;
  while (
    text.charCodeAt(at) === 0x20 ||
    text.charCodeAt(at) === 0x0a ||
    text.charCodeAt(at) === 0x0d ||
    text.charCodeAt(at) === 0x09
  ) {
    at++;
  }
  return at;
}

/** A key as it is meant: two spellings of one key are one key. */
function decode(literal: string): string {
  if (!literal.includes("\\")) {
    return literal.slice(1, -1);
  }
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal;
  }
}
