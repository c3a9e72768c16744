// `pulumi-vpcep get`: the record of one service, for people or as JSON. Called by index.ts.
import { styleText } from "node:util";
import { VpcepClient } from "../client/client";
import { escaped } from "../errors/describeValue";
import { redact, withoutLongSecrets } from "../errors/redaction";
import { endpointServiceOutputs } from "../lookups/endpointService";
import { openSession } from "../requests/session";
import { resolveSettings } from "../settings/settings";
import type { CommandOptions } from "./index";
import { printTable } from "./table";

/** Prints the record of a service. */
export async function get(id: string, options: CommandOptions): Promise<void> {
  const settings = resolveSettings({}, options.sources);
  const session = openSession(settings.caFile);
  const client = new VpcepClient(settings, session, (line) => console.error(line));
  const { waitFor, waitTimeoutMs } = options;
  try {
    const record = await client.lookUp("endpointService", { id, waitFor, waitTimeoutMs });
    if (options.json) {
      const text = withoutLongSecrets(JSON.stringify(record), session.secrets);
      // JSON escapes the older control characters alone; a terminal obeys these as well.
      console.log(text.replace(/[\x7f-\x9f\u2028\u2029]/g, escaped));
      return;
    }
    const names = endpointServiceOutputs.filter((name) => name !== "exists" && !isEmpty(record[name]));
    printTable(
      names.map((name) => {
        const lines = linesOf(name, record[name]).map((line) => redact(line, session.secrets));
        return [name, name === "status" ? lines.map(coloured) : lines];
      }),
    );
  } finally {
    await client.close();
  }
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
