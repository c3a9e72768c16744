// JSON as the API sends it, without losing a digit and without guessing. A leaf; called by answers.ts.

/** Text that is no JSON document, or none that can be taken whole. The message never quotes it. */
export class JsonProblem extends Error {
  /** Whether the text is no JSON at all, which a cut on its way explains. */
  readonly cut: boolean;

  constructor(message: string, cut = false) {
    super(message);
    this.cut = cut;
  }
}

const largestDepth = 32;

/** Where a number may stand that JavaScript cannot hold: 16 digits or more, or an exponent. */
const longNumber = /[:[,]\s*-?(\d{16}|\d[\d.]*[eE])/;

/**
 * Parses JSON. An integer past 2^53 and a number past the range of a double become the string of their digits.
 * A key that stands twice in one object is refused, since nobody knows which value is meant.
 */
export function parseJson(text: string): unknown {
  checkStructure(text);
  try {
    // The reviver costs nine times the bare parse.
    return longNumber.test(text)
      ? JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown)
      : JSON.parse(text);
  } catch {
    throw new JsonProblem("it is not whole JSON", true);
  }
}

function keepDigits(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (
    typeof value !== "number" ||
    (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
  ) {
    return value;
  }
  return context.source;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const colon = 0x3a;

/** One pass over the text for what `JSON.parse` lets through: repeated keys, and depths that recursion dies of. */
function checkStructure(text: string): void {
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
          throw new JsonProblem(`the key ${JSON.stringify(key.slice(0, 64))} stands in it twice`);
        }
        keys.add(key);
      }
      at = end;
    }
  }
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
