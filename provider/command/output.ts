// What leaves the command: lines that no terminal obeys, one line of JSON, what a failure says, and the line that says what
// takes so long. Loads nothing but the texts of errors.
import { setImmediate } from "node:timers/promises";
import { styleText } from "node:util";
import { escaped, onOneLine } from "../errors/describeValue";
import type { VpcepErrorCode } from "../errors/errors";
import { cut, type Measure, type Page, roughly, wrap } from "./layout";

/** The narrowest terminal that lines are fitted to. */
const narrowest = 40;

/** The width of a stream: a terminal's own, else without an end, since a pipe or a file has none. */
function widthOf({ isTTY, columns }: NodeJS.WriteStream): number {
  return isTTY ? Math.max(narrowest, columns) : Number.POSITIVE_INFINITY;
}

/** The page that standard output is, with the true width of every character. */
export function outputPage(): Page {
  return { width: widthOf(process.stdout), measure: trueWidth };
}

/** Characters that have been measured, since a text has few: measuring one takes up to a hundred times as long. */
const measured = new Map<string, number>();
const mostMeasured = 10_000;

/** The measure of wide characters is loaded when there are any, since that takes longer than all of the rest. */
const trueWidth: Measure = (character) => {
  let width = measured.get(character);
  if (width === undefined) {
    const { default: stringWidth } = require("string-width") as { readonly default: Measure };
    width = stringWidth(character);
    if (measured.size < mostMeasured) {
      measured.set(character, width);
    }
  }
  return width;
};

/** The help's page: as wide as most texts are, on a narrow terminal as wide as that. */
export function helpPageOf(stream: NodeJS.WriteStream): Page {
  return { width: Math.min(80, widthOf(stream)), measure: roughly };
}

/** Prints lines on standard output, in one piece. */
export function print(lines: readonly string[]): void {
  if (lines.length > 0) {
    process.stdout.write(`${lines.join("\n")}\n`);
  }
}

/** How long the process works without looking for a signal, and how much it writes. */
const turnMs = 50;
const turnLength = 65_536;

/** Prints lines as they come, where there are any, in turns between which a signal gets through; answers what their source does. */
export async function printInTurns<Answer>(lines: Generator<string | undefined, Answer>): Promise<Answer> {
  let text = "";
  let start = performance.now();
  for (let next = lines.next(); ; next = lines.next()) {
    if (!next.done && next.value !== undefined) {
      text += `${next.value}\n`;
    }
    if (next.done || text.length > turnLength || performance.now() - start > turnMs) {
      if (text !== "") {
        process.stdout.write(text);
        text = "";
      }
      if (next.done) {
        return next.value;
      }
      await setImmediate();
      start = performance.now();
    }
  }
}

/** Says something beside the output: on one line, but for a terminal that is narrower. */
export function tell(line: string): void {
  const lines = wrap(onOneLine(line), { width: widthOf(process.stderr), measure: roughly });
  process.stderr.write(`${lines.join("\n")}\n`);
}

/** A text in a colour or in bold, where standard output is a terminal that takes it. */
export function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

/** Prints a value as one line of JSON, in which nothing is cut, and which no terminal obeys. */
export function printJson(value: unknown): void {
  print([obeyedByNone(JSON.stringify(value))]);
}

/** Does the same with a value that may be large, in turns between which a signal gets through. */
export async function printLargeJson(value: unknown): Promise<void> {
  print([await printInTurns(obeyedByNoneInTurns(JSON.stringify(value)))]);
}

function obeyedByNone(json: string): string {
  return json.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    character.length === 1 ? escaped(character) : character.split("").map(escaped).join(""),
  );
}

function* obeyedByNoneInTurns(json: string): Generator<undefined, string> {
  let text = "";
  for (let start = 0; start < json.length; start += turnLength) {
    // Of a pair of surrogates that is parted here each is escaped, which is the same character.
    text += obeyedByNone(json.slice(start, start + turnLength));
    yield undefined;
  }
  return text;
}

/** Why a command has failed: an error's code, or one of the command's own. */
export interface Failure {
  readonly code: VpcepErrorCode | "VPCEP_USAGE" | "VPCEP_INTERRUPTED" | "UNEXPECTED";
  readonly message: string;
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly requestId?: string | undefined;
}

/** A failure as JSON has it: whatever is not known is null. */
export function failureJson({ code, message, status, errorCode, requestId }: Failure) {
  return {
    code,
    message: onOneLine(message),
    status: status ?? null,
    errorCode: errorCode ?? null,
    requestId: requestId ?? null,
  };
}

/** How often the line of progress is written, and when for the first time. */
const progressMs = 1_000;

/** Says on a terminal what is done, and for how long, until it is disposed of. */
export class Progress implements Disposable {
  readonly #what: string;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Takes the line away, until it is drawn again. */
  readonly clear = () => this.#draw("");
  /** How much of the line is written. */
  #drawn = 0;

  constructor(what: string) {
    this.#what = onOneLine(what);
    if (process.stderr.isTTY) {
      const start = performance.now();
      this.#timer = setInterval(() => {
        this.#draw(`${this.#what} … ${Math.round((performance.now() - start) / 1_000)} s`);
      }, progressMs).unref();
      process.once("exit", this.clear);
    }
  }

  /** A line that stays, where a terminal has any. */
  say(line: string): void {
    if (this.#timer) {
      this.clear();
      tell(line);
    }
  }

  /** A line that is said in any case. */
  warn(line: string): void {
    this.clear();
    tell(line);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    process.off("exit", this.clear);
    this.clear();
  }

  /** Writes over the line without a sequence that some terminal does not know. */
  #draw(text: string): void {
    if (text !== "" || this.#drawn > 0) {
      const line = cut(text, { width: widthOf(process.stderr) - 1, measure: roughly });
      const width = roughly(line);
      process.stderr.write(
        `\r${line}${" ".repeat(Math.max(0, this.#drawn - width))}${text === "" ? "\r" : ""}`,
      );
      this.#drawn = width;
    }
  }
}
