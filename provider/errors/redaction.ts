// What must not be read in an error or a log line, taken out where a text becomes one; whatever is decided by a text is
// decided before. Its work is linear, whatever the text and the secrets are. A leaf; kept by requests/session.ts, used by
// client/, requests/ and the command.

import { escaped, onOneLine } from "./describeValue";
import { Pieces, View } from "./pieces";

/** A secret as short as this may be a word of this package's own: it is taken out of others' texts alone. */
const longestWord = 7;

/** A spelling as long as this is no word: any part of it that is as long as {@link part} is secret too, whoever shows it. */
const longest = 40;
const part = 16;

/** Of a spelling as short as this any text may have a part by chance. */
const shortest = 3;

/** How much of another's text is looked at, beside one secret, and how much is shown. */
const lookedAt = 4_096;
const shown = 300;

/** Who wrote a text: others may show a secret cut, and words of this package's own stay. */
type Writer = "others" | "ours";

/** Every secret value in use. */
export class Secrets {
  /** Each with its pieces, which are made when a text is first searched: never in most runs. */
  readonly #known = new Map<string, { readonly searches: Map<Writer, readonly Search[]>; uses: number }>();
  #longest = 0;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) {
      this.add(secret);
    }
  }

  add(secret: string): void {
    const known = this.#known.get(secret);
    if (known) {
      known.uses++;
    } else if (secret !== "") {
      this.#known.set(secret, { searches: new Map(), uses: 1 });
      // As in an address, where a byte is three characters.
      this.#longest = Math.max(this.#longest, 3 * Buffer.byteLength(secret));
    }
  }

  /** Takes one use of a secret back; what nobody uses any more is an ordinary text again. */
  remove(secret: string): void {
    const known = this.#known.get(secret);
    if (known && --known.uses === 0) {
      this.#known.delete(secret);
    }
  }

  /** What somebody else wrote, fit for an error: short, on one line, without any secret. */
  quoted(text: string): string {
    const part = text.slice(0, lookedAt + 2 * this.#longest);
    const searched = onOneLine(part);
    // Where there is more, a secret may begin at the end that does not end there.
    const end = part.length === text.length ? searched.length : searched.length - this.#longest;
    // The gateway ends the reason of a refused signature with the whole request that it computed.
    const [reason = ""] = this.#without(searched, "others", end).split("canonicalRequest:", 1);
    const line = reason.trim();
    return line.length > shown ? `${line.slice(0, shown).toWellFormed()}…` : line.replace(/[,\s]+$/, "");
  }

  /** A sentence of this package, in which a setting or an argument of the user's may stand. */
  ownLine(text: string): string {
    return this.without(onOneLine(text));
  }

  /** A text of somebody else's in which secrets as short as words are hidden too, and nothing else is changed. */
  everywhere(text: string): string {
    return this.#without(text, "others");
  }

  /** A sentence of this package in which secrets as short as words are hidden too, where they stand by themselves. */
  whereAlone(text: string): string {
    let clean = this.without(text);
    for (const secret of [...this.#known.keys()].filter(({ length }) => length <= longestWord)) {
      const escaped = onOneLine(secret).replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
      clean = clean.replaceAll(
        new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu"),
        "[redacted]",
      );
    }
    return clean;
  }

  /** A text with nothing else changed, in which whole secrets are hidden, and parts of long ones. As short as words they stay. */
  without(text: string): string {
    return this.#without(text, "ours");
  }

  /** The beginning of a text, with one mark in place of characters that belong to secrets. */
  #without(text: string, writer: Writer, end = text.length): string {
    const hidden = new Uint8Array(text.length);
    const views = { exact: new View(text, false), dense: new View(text, true) };
    const searches = [...this.#known].flatMap(([secret, known]) => {
      const made = known.searches.get(writer) ?? searchesFor(secret, writer);
      known.searches.set(writer, made);
      return made;
    });
    // A view keeps the hashes of one length.
    for (const { view, pieces } of searches.sort((one, other) => one.pieces.length - other.pieces.length)) {
      pieces.hide(views[view], hidden);
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

/** Pieces of a secret, and the view of a text that they are looked for in. */
interface Search {
  readonly view: "exact" | "dense";
  readonly pieces: Pieces;
}

function searchesFor(secret: string, writer: Writer): Search[] {
  if (writer === "ours" && secret.length <= longestWord) {
    return [];
  }
  const texts = { exact: new Map<number, View[]>(), dense: new Map<number, View[]>() };
  for (const spelling of spellingsOf(secret)) {
    const dense = new View(spelling, true);
    // What may be a word is not put together of the ends of others.
    const isDense = dense.length > longestWord;
    const text = isDense ? dense : new View(spelling, false);
    const length = isDense ? pieceLength(text.length, writer) : text.length;
    const ofLength = texts[isDense ? "dense" : "exact"];
    ofLength.set(length, [...(ofLength.get(length) ?? []), text]);
  }
  return (["exact", "dense"] as const).flatMap((view) =>
    [...texts[view]].map(([length, ofLength]) => ({ view, pieces: new Pieces(ofLength, length) })),
  );
}

/** So much of a spelling, wherever it is cut, is as secret as all of it. */
function pieceLength(length: number, writer: Writer): number {
  if (length >= longest) {
    return part;
  }
  // Less of a short one may be a word of others: "password" is no secret for one that ends so.
  return writer === "ours" ? length : Math.min(part, Math.max(longestWord + 1, Math.ceil(length * 0.75)));
}

/** A secret as it is, as {@link onOneLine} leaves it, and as servers give one back: escaped, in base64, or in hexadecimal. */
function spellingsOf(secret: string): Set<string> {
  const text = secret.toWellFormed();
  const bytes = Buffer.from(text);
  const json = JSON.stringify(secret).slice(1, -1);
  const spellings = [
    secret,
    onOneLine(secret),
    json,
    json.replaceAll(/[^\x20-\x7e]/g, escaped),
    encodeURIComponent(text),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    ...[bytes.toString("hex"), ...[1, 2].flatMap((before) => inBase64(bytes, before))].filter(
      ({ length }) => length > shortest,
    ),
  ];
  return new Set(spellings.filter(Boolean));
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
