// A line on the terminal that says what takes so long, from the second second on; nothing where standard error is no
// terminal. Called by index.ts and doctor.ts.
import { onOneLine } from "../errors/describeValue";
import { cut, roughly } from "./layout";
import { tell, widthOf } from "./output";

const everyMs = 1_000;

/** Says what is done, and for how long, until it is disposed of. */
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
      }, everyMs).unref();
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
