// `pulumi-vpcep get`: the record of one service, for people or as JSON. Called by index.ts.
import { styleText } from "node:util";
import { VpcepClient } from "../client";
import { endpointServiceOutputs } from "../lookups/endpointService";
import { redact, withoutSecrets } from "../redaction";
import { openSession } from "../session";
import { resolveSettings } from "../settings";
import type { CommandOptions } from "./index";
import { printTable } from "./table";

/** Prints the record of a service. */
export async function get(id: string, options: CommandOptions): Promise<number> {
  const settings = resolveSettings({}, options.sources);
  const session = openSession(settings.caFile);
  const client = new VpcepClient(settings, session, (line) => console.error(line));
  const { waitFor, waitTimeoutMs } = options;
  try {
    const record = await client.lookUp("endpointService", {
      id,
      ...(waitFor === undefined ? {} : { waitFor }),
      ...(waitTimeoutMs === undefined ? {} : { waitTimeoutMs }),
    });
    if (options.json) {
      const secrets = [...session.secrets].filter((secret) => secret.length >= 8);
      console.log(
        withoutSecrets(JSON.stringify(record), secrets).replace(/[\x7f-\x9f\u2028\u2029]/g, escaped),
      );
      return 0;
    }
    const rows = endpointServiceOutputs
      .filter((name) => name !== "exists" && !isEmpty(record[name]))
      .map((name) => [name, record[name]] as const)
      .map(
        ([name, value]) => [name, linesOf(name, value).map((line) => redact(line, session.secrets))] as const,
      );
    printTable(rows.map(([name, lines]) => [name, name === "status" ? lines.map(coloured) : lines]));
    return 0;
  } finally {
    await client.close();
  }
}

/** JSON escapes the older control characters alone; a terminal obeys these as well. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
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

const colourOfStatus = { available: "green", failed: "red", deleting: "red" } as const;

function coloured(status: string): string {
  const colour = colourOfStatus[status as keyof typeof colourOfStatus] ?? "yellow";
  return styleText(colour, status, { stream: process.stdout });
}
