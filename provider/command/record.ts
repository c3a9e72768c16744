// The record of one service, for people or as JSON. Called by index.ts.
import { styleText } from "node:util";
import { escaped } from "../errors/describeValue";
import type { Secrets } from "../errors/redaction";
import type { OutputValues } from "../lookups/definition";
import { endpointServiceOutputs } from "../lookups/endpointService";
import { printTable } from "./table";

/** Prints the record of a service. */
export function printRecord(record: OutputValues, json: boolean, secrets: Secrets): void {
  if (json) {
    const text = secrets.without(JSON.stringify(record));
    // JSON escapes the older control characters alone; a terminal obeys these as well.
    console.log(text.replace(/[\x7f-\x9f\u2028\u2029]/g, escaped));
    return;
  }
  const names = endpointServiceOutputs.filter((name) => !isEmpty(record[name]));
  printTable(
    names.map((name) => {
      const lines = linesOf(name, record[name]).map((line) => secrets.quoted(line));
      return [name, name === "status" ? lines.map(coloured) : lines];
    }),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value as object).length === 0);
}

function linesOf(name: string, value: unknown): string[] {
  if (name === "ports") {
    return (value as { clientPort: number; serverPort: number; protocol: string }[]).map(
      ({ clientPort, serverPort, protocol }) => `${clientPort} -> ${serverPort}/${protocol}`,
    );
  }
  return [typeof value === "object" ? JSON.stringify(value) : String(value)];
}

const colourOfStatus = new Map([
  ["available", "green"],
  ["failed", "red"],
  ["deleting", "red"],
] as const);

function coloured(status: string): string {
  const colour = colourOfStatus.get(status as "available") ?? "yellow";
  return styleText(colour, status, { stream: process.stdout });
}
