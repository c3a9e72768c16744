// Records: for people one as rows of names and texts, several as a table, and for scripts as JSON. Every text is a
// server's, so that it is cleaned, and never cut inside a value. Called by index.ts.
import { onOneLine } from "../errors/describeValue";
import type { Secrets } from "../errors/redaction";
import type { OutputValues } from "../lookups/definition";
import type { EndpointServiceError, EndpointServicePort } from "../lookups/records";
import { type Column, linesOfRows, linesOfTable, type Page, type Row, type Styles } from "./layout";
import { printInTurns, printLargeJson, styled } from "./output";

/** Outputs whose keys are a server's texts, too; every other name is this package's. */
const keyedByServer: ReadonlySet<string> = new Set(["tags", "extra"]);

/** Takes the secrets in use out of a server's texts, and remembers whether there were any. */
export class RecordCleaner {
  readonly #secrets: Secrets;
  #hasHidden = false;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  get hasHidden(): boolean {
    return this.#hasHidden;
  }

  clean(text: string): string {
    const clean = this.#secrets.whereAlone(text);
    this.#hasHidden ||= clean !== text;
    return clean;
  }
}

/** Prints what a lookup gives as one line of JSON. */
export async function printRecordJson(outputs: OutputValues, cleaner: RecordCleaner): Promise<void> {
  await printLargeJson(await printInTurns(cleanValue(outputs, cleaner, false)));
}

/** A value without secrets, whose texts are cleaned one by one: its numbers and its structure stay as they are. */
function* cleanValue(
  value: unknown,
  cleaner: RecordCleaner,
  isKeyedByServer: boolean,
): Generator<undefined, unknown> {
  if (typeof value === "string") {
    yield undefined;
    return cleaner.clean(value);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const members: unknown[] = [];
    for (const member of value) {
      members.push(yield* cleanValue(member, cleaner, isKeyedByServer));
    }
    return members;
  }
  const members = new Map<string, unknown>();
  for (const [name, member] of Object.entries(value)) {
    let key = isKeyedByServer ? cleaner.clean(name) : name;
    while (members.has(key)) {
      // Two keys may differ in what was taken out alone, and none of them is to be lost.
      key += "'";
    }
    members.set(key, yield* cleanValue(member, cleaner, isKeyedByServer || keyedByServer.has(name)));
  }
  return Object.fromEntries(members);
}

/** Members of lists that people read better in another form than name by name. */
const forms: Readonly<Record<string, (member: never) => string>> = {
  ports: ({ clientPort, serverPort, protocol }: EndpointServicePort) =>
    `${clientPort} -> ${serverPort}/${protocol}`,
  error: ({ errorCode, errorMessage }: EndpointServiceError) =>
    [errorCode, errorMessage].filter(Boolean).join(": "),
};

const colours: Readonly<Record<string, "green" | "red" | "yellow">> = {
  available: "green",
  accepted: "green",
  failed: "red",
  deleting: "red",
  rejected: "red",
};

const styles: Styles = {
  name: (text) => styled("bold", text),
  text: (text, name) =>
    name === "status"
      ? styled(Object.hasOwn(colours, text.trim()) ? (colours[text.trim()] ?? "yellow") : "yellow", text)
      : text,
};

/** Prints the record of one lookup, in the order of its outputs; what is empty is left out. */
export async function printRecord(
  outputs: readonly string[],
  record: OutputValues,
  cleaner: RecordCleaner,
  page: Page,
): Promise<void> {
  const all = outputs.flatMap((name) => rowsOf(name, record[name], cleaner));
  await printInTurns(linesOfRows(all, page, styles));
}

/** Prints a list as a table; answers the columns that had no room. */
export async function printList(
  columns: readonly Column[],
  records: readonly OutputValues[],
  cleaner: RecordCleaner,
  page: Page,
): Promise<readonly string[]> {
  return await printInTurns(linesOfTable(columns, cellsOf(columns, records, cleaner), page, styles));
}

function* cellsOf(
  columns: readonly Column[],
  records: readonly OutputValues[],
  cleaner: RecordCleaner,
): Generator<readonly string[]> {
  for (const record of records) {
    yield columns.map(({ output }) => {
      const texts = rowsOf(output, record[output], cleaner).flatMap(([, said]) => said);
      return texts.length === 0 ? "-" : texts.join(", ");
    });
  }
}

/** The rows of a value: an object has one for each member, so that nothing in it has to be cut. */
function rowsOf(name: string, value: unknown, cleaner: RecordCleaner): Row[] {
  const clean = (text: string) => cleaner.clean(onOneLine(text));
  if (value === null || value === undefined) {
    return [];
  }
  if (Array.isArray(value)) {
    const form = forms[name] as ((member: unknown) => string) | undefined;
    if (form || value.every((member) => typeof member !== "object")) {
      const texts = value.map((member) => clean(form ? form(member) : String(member)));
      return texts.length === 0 ? [] : [[name, texts]];
    }
    return value.flatMap((member, at) => rowsOf(`${name}[${at}]`, member, cleaner));
  }
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([key, member]) => rowsOf(`${name}.${clean(key)}`, member, cleaner));
  }
  return [[name, [clean(String(value))]]];
}
