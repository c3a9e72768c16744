// What must not be read in an error or a log line, taken out where a text becomes one; whatever is decided by a text is
// decided before. Its work is linear, whatever the text and the secrets are. A leaf; kept by requests/session.ts, used by
// client/, requests/ and the command.

import { escaped, onOneLine } from "./describeValue";

/** A secret as short as this may be a word of this package's own: it is taken out of others' texts alone. */
const longestWord = 7;

/** Of a spelling as short as this any text may have a part by chance. */
const shortest = 3;

/** How much of another's text is looked at, beside one secret, and how much is shown. */
const lookedAt = 4_096;
const shown = 300;

/** Every secret value in use. */
export class Secrets {
  readonly #forms = new Map<string, { readonly forms: readonly Form[]; uses: number }>();
  #longest = 0;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) {
      this.add(secret);
    }
  }

  add(secret: string): void {
    const known = this.#forms.get(secret);
    if (known) {
      known.uses++;
    } else if (secret !== "") {
      const forms = formsOf(secret);
      this.#forms.set(secret, { forms, uses: 1 });
      this.#longest = Math.max(this.#longest, ...forms.map(({ codes }) => codes.length));
    }
  }

  /** Takes one use of a secret back; what nobody uses any more is an ordinary text again. */
  remove(secret: string): void {
    const known = this.#forms.get(secret);
    if (known && --known.uses === 0) {
      this.#forms.delete(secret);
    }
  }

  /** What somebody else wrote, fit for an error: short, on one line, without any secret. */
  quoted(text: string): string {
    const part = text.slice(0, lookedAt + 2 * this.#longest);
    const searched = onOneLine(part);
    // Where there is more, a secret may begin at the end that does not end there.
    const end = part.length === text.length ? searched.length : searched.length - this.#longest;
    // The gateway ends the reason of a refused signature with the whole request that it computed.
    const [reason = ""] = this.#without(searched, end, 0).split("canonicalRequest:", 1);
    const line = reason.trim();
    return line.length > shown ? `${line.slice(0, shown).toWellFormed()}…` : line.replace(/[,\s]+$/, "");
  }

  /** A sentence of this package, in which a setting or an argument of the user's may stand. */
  ownLine(text: string): string {
    return this.without(onOneLine(text));
  }

  /** A text of somebody else's in which secrets as short as words are hidden too, and nothing else is changed. */
  everywhere(text: string): string {
    return this.#without(text, text.length, 0);
  }

  /** A sentence of this package in which secrets as short as words are hidden too, where they stand by themselves. */
  whereAlone(text: string): string {
    let clean = this.without(text);
    for (const secret of [...this.#forms.keys()].filter(({ length }) => length <= longestWord)) {
      const escaped = onOneLine(secret).replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
      clean = clean.replaceAll(
        new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu"),
        "[redacted]",
      );
    }
    return clean;
  }

  /** A text with nothing else changed. Secrets as short as words stay, since they would be words of it. */
  without(text: string): string {
    return this.#without(text, text.length, longestWord);
  }

  /** The beginning of a text, with one mark in place of characters that belong to secrets longer than so many. */
  #without(text: string, end: number, longerThan: number): string {
    const hidden = new Uint8Array(text.length);
    for (const [secret, { forms }] of this.#forms) {
      for (const form of secret.length > longerThan ? forms : []) {
        hide(text, form, hidden);
      }
    }
    let clean = "";
    for (let at = 0; at < end && at < text.length; ) {
      const after = hidden.indexOf(1 - (hidden[at] ?? 0), at);
      const next = after === -1 ? text.length : after;
      clean += hidden[at] === 1 ? "[redacted]" : text.slice(at, Math.min(next, end));
      at = next;
    }
    return clean;
  }
}

/** Every text in a value. */
export function textsOf(value: unknown): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).flatMap(textsOf);
  }
  return typeof value === "string" ? [value] : [];
}

/** One spelling of a secret. */
interface Form {
  readonly codes: Uint16Array;
  /** How much of the spelling's beginning each beginning of it ends with. */
  readonly borders: Uint32Array;
  /** So much of its beginning is a secret too: whoever cut a text may have cut it there. */
  readonly enough: number;
}

/** A secret as it is, as {@link onOneLine} leaves it, and as servers give one back: escaped, in base64, or in hexadecimal. */
function formsOf(secret: string): Form[] {
  const text = secret.toWellFormed();
  const bytes = Buffer.from(text);
  const spellings = [
    secret,
    onOneLine(secret),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(secret)
      .slice(1, -1)
      .replaceAll(/[^\x20-\x7e]/g, escaped),
    encodeURIComponent(text),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    ...[bytes.toString("hex"), ...[1, 2].flatMap((before) => inBase64(bytes, before))].filter(
      ({ length }) => length > shortest,
    ),
  ];
  return [...new Set(spellings)].filter(Boolean).map((spelling) => {
    const codes = Uint16Array.from({ length: spelling.length }, (_, at) => codeAt(spelling, at));
    const { length } = codes;
    const enough = Math.min(length, 16, Math.max(longestWord + 1, length / 2));
    const form = { codes, borders: new Uint32Array(length), enough };
    for (let at = 1; at < length; at++) {
      form.borders[at] = grown(form, form.borders[at - 1] ?? 0, codes[at] ?? 0);
    }
    return form;
  });
}

/** What base64 makes of a text where so many bytes stand before it, as in `user:password`: without what is theirs too. */
function inBase64(bytes: Buffer, before: number): string[] {
  const all = Buffer.concat([Buffer.alloc(before), bytes]);
  return (["base64", "base64url"] as const).map((coding) =>
    all
      .toString(coding)
      .replace(/=+$/, "")
      .slice(before + 1),
  );
}

/** Marks every place where enough of the form stands (the search of Knuth, Morris and Pratt). */
function hide(text: string, form: Form, hidden: Uint8Array): void {
  let length = 0;
  let hiddenTo = 0;
  for (let at = 0; at < text.length; at++) {
    length = grown(form, length, codeAt(text, at));
    if (length >= form.enough) {
      hidden.fill(1, Math.max(hiddenTo, at + 1 - length), at + 1);
      hiddenTo = at + 1;
    }
  }
}

/** How much of the form's beginning a text ends with, after one more character. */
function grown({ codes, borders }: Form, before: number, code: number): number {
  let length = before;
  while (length > 0 && codes[length] !== code) {
    length = borders[length - 1] ?? 0;
  }
  return codes[length] === code ? length + 1 : 0;
}

/** A character in its small letter: a server may write a secret in another case. */
function codeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}
