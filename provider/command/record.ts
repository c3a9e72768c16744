// Records for people: one as rows of names and texts, several as a table. Every text is a server's, so that it is
// cleaned, and never cut inside a value. Called by index.ts.
import { onOneLine } from "../errors/describeValue";
import type { Secrets } from "../errors/redaction";
import type { OutputValues } from "../lookups/definition";
import type { EndpointServiceError, EndpointServicePort } from "../lookups/records";
import { type Column, type Page, type Row, rows, type Styles, table } from "./layout";
import { print, styled } from "./output";

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
export function printRecord(
  outputs: readonly string[],
  record: OutputValues,
  secrets: Secrets,
  page: Page,
): void {
  print(
    rows(
      outputs.flatMap((name) => rowsOf(name, record[name], secrets)),
      page,
      styles,
    ),
  );
}

/** Prints a list as a table; answers the columns that had no room. */
export function printList(
  columns: readonly Column[],
  records: readonly OutputValues[],
  secrets: Secrets,
  page: Page,
): readonly string[] {
  const cells = records.map((record) =>
    columns.map(({ output }) => {
      const texts = rowsOf(output, record[output], secrets).flatMap(([, said]) => said);
      return texts.length === 0 ? "-" : texts.join(", ");
    }),
  );
  const { lines, leftOut } = table(columns, cells, page, styles);
  print(lines);
  return leftOut;
}

/** The rows of a value: an object has one for each member, so that nothing in it has to be cut. */
function rowsOf(name: string, value: unknown, secrets: Secrets): Row[] {
  const clean = (text: string) => secrets.everywhere(onOneLine(text));
  if (value === null || value === undefined) {
    return [];
  }
  if (Array.isArray(value)) {
    const form = forms[name] as ((member: unknown) => string) | undefined;
    if (form || value.every((member) => typeof member !== "object")) {
      const texts = value.map((member) => clean(form ? form(member) : String(member)));
      return texts.length === 0 ? [] : [[name, texts]];
    }
    return value.flatMap((member, at) => rowsOf(`${name}[${at}]`, member, secrets));
  }
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([key, member]) => rowsOf(`${name}.${clean(key)}`, member, secrets));
  }
  return [[name, [clean(String(value))]]];
}
