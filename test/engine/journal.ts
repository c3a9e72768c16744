// What one operation does and says, in the order in which it happens: the steps and messages of its result, with
// nothing in them that the configuration calls secret. A leaf; whatever takes part in an operation writes to it.
import { stripVTControlCharacters } from "node:util";
import type { Diagnostic, Step } from "./stack";

/** The steps and messages of one operation. */
export class Journal {
  readonly steps: Step[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #name: "preview" | "update";
  readonly #secrets: readonly string[];
  #stepFailed = false;

  /** Like Pulumi, masks no secret shorter than three characters: that would mask half of every line. */
  constructor(name: "preview" | "update", secrets: readonly string[]) {
    this.#name = name;
    this.#secrets = secrets.filter((secret) => secret.length >= 3);
  }

  /** Whether an error was logged, by a step or by the program. */
  get failed(): boolean {
    return this.diagnostics.some(({ severity }) => severity === "error");
  }

  step(op: string, urn: string, id?: string): void {
    this.steps.push({ op, urn, ...(id === undefined ? {} : { id }) });
  }

  log(severity: string, message: string, urn = "", ephemeral = false): void {
    if (severity !== "debug" && message.trim() !== "") {
      this.diagnostics.push({
        severity,
        message: this.#masked(stripVTControlCharacters(message).trimEnd()),
        ...(urn === "" ? {} : { urn }),
        ...(ephemeral ? { ephemeral } : {}),
      });
    }
  }

  /** Logs what a step failed of, in the words of the CLI. */
  stepFailed(urn: string, message: string): void {
    this.#stepFailed = true;
    this.log("error", this.#name === "preview" ? `Preview failed: ${message}` : message, urn);
  }

  /** Closes the journal as the CLI closes its list of diagnostics. */
  close(): void {
    if (this.#stepFailed) {
      this.log("error", `${this.#name} failed`);
    }
  }

  #masked(message: string): string {
    return this.#secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
  }
}
