// Looks for many pieces in one text at once, in a time that grows with the text alone, whatever stands in it. A leaf; used by
// redaction.ts.

/** A text as it is compared: in small letters, since a server may write a secret in another case. */
export class View {
  readonly codes: Uint16Array;
  /** Where each character stands in the text itself. */
  readonly #places: Uint32Array;
  #hashes: { readonly length: number; readonly ofPieces: Int32Array } | undefined;

  /** A dense view is without what a server may wrap or break a secret with: white space, and characters that show nothing. */
  constructor(text: string, isDense: boolean) {
    const codes = new Uint16Array(text.length);
    this.#places = new Uint32Array(text.length);
    let length = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (!isDense || isShown(code)) {
        codes[length] = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
        this.#places[length++] = at;
      }
    }
    this.codes = codes.subarray(0, length);
  }

  get length(): number {
    return this.codes.length;
  }

  /** The place of a character in the text itself. */
  placeOf(at: number): number {
    return this.#places[at] ?? 0;
  }

  /** The hash of every piece of this length, each made of the one before (Rabin and Karp). */
  hashes(length: number): Int32Array {
    if (this.#hashes?.length !== length) {
      this.#hashes = { length, ofPieces: hashesOf(this.codes, length) };
    }
    return this.#hashes.ofPieces;
  }
}

/** Half of a character that has two of them shows nothing by itself. */
function isShown(code: number): boolean {
  return code < 0x7f ? code > 0x20 : !/[\p{C}\p{Z}]/u.test(String.fromCharCode(code));
}

/** Odd numbers whose powers and products are far apart. */
const base = 0x01000193;
const spread = 0x9e3779b1;

function hashesOf(codes: Uint16Array, length: number): Int32Array {
  const hashes = new Int32Array(Math.max(0, codes.length - length + 1));
  let leaving = 1;
  for (let at = 0; at < length; at++) {
    leaving = Math.imul(leaving, base);
  }
  let hash = 0;
  for (let at = 0; at < codes.length; at++) {
    hash = (Math.imul(hash, base) + (codes[at] ?? 0)) | 0;
    if (at >= length) {
      hash = (hash - Math.imul(codes[at - length] ?? 0, leaving)) | 0;
    }
    if (at >= length - 1) {
      hashes[at - length + 1] = Math.imul(hash, spread);
    }
  }
  return hashes;
}

/** All pieces of some texts that have one length. */
export class Pieces {
  readonly length: number;
  readonly #texts: readonly View[];
  /** Which piece each hash leads to, or the next free place behind it: 0 is none, else one more than its number. */
  readonly #numbers: Uint32Array;
  readonly #shift: number;

  constructor(texts: readonly View[], length: number) {
    this.length = length;
    this.#texts = texts;
    const count = texts.reduce((sum, text) => sum + text.length, 0);
    const bits = Math.ceil(Math.log2(4 * (count + 1)));
    this.#shift = 32 - bits;
    this.#numbers = new Uint32Array(2 ** bits);
    let first = 1;
    for (const text of texts) {
      for (const [at, hash] of text.hashes(length).entries()) {
        const slot = this.#slotOf(text.codes, at, hash);
        this.#numbers[slot] ||= first + at;
      }
      first += text.length;
    }
  }

  /** Puts a 1 at every character of a view's text that belongs to a piece, or stands between two that do. */
  hide(view: View, hidden: Uint8Array): void {
    const { codes } = view;
    const hashes = view.hashes(this.length);
    let hiddenTo = 0;
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at] ?? 0;
      if (this.#numbers[hash >>> this.#shift] !== 0 && this.#numbers[this.#slotOf(codes, at, hash)] !== 0) {
        const to = view.placeOf(at + this.length - 1) + 1;
        hidden.fill(1, Math.max(hiddenTo, view.placeOf(at)), to);
        hiddenTo = to;
      }
    }
  }

  /** Where the number of a piece stands, or would. */
  #slotOf(codes: Uint16Array, at: number, hash: number): number {
    let slot = hash >>> this.#shift;
    for (let number = this.#numbers[slot]; number; number = this.#numbers[slot]) {
      if (this.#isPiece(number - 1, codes, at)) {
        return slot;
      }
      slot = (slot + 1) % this.#numbers.length;
    }
    return slot;
  }

  #isPiece(number: number, codes: Uint16Array, at: number): boolean {
    let from = number;
    let text = 0;
    while (from >= (this.#texts[text]?.length ?? Number.POSITIVE_INFINITY)) {
      from -= this.#texts[text++]?.length ?? 0;
    }
    const own = this.#texts[text]?.codes ?? codes;
    for (let next = 0; next < this.length; next++) {
      if (own[from + next] !== codes[at + next]) {
        return false;
      }
    }
    return true;
  }
}
