// The command line `pulumi-vpcep`: takes it apart, runs `get` or `doctor`, and turns an error into one message and an
// exit code. Called by main.ts through the package's own name.
// This room knows the command line; index.ts alone may enter.
import { parseArgs } from "node:util";
import { VpcepClient } from "../client/client";
import { resolveConfiguration } from "../client/configuration";
import type { Configuration } from "../client/configurationTypes";
import { onOneLine } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { idProblem } from "../lookups/arguments";
import { openSession, type Session } from "../requests/session";
import { environmentSource } from "../settings/families";
import type { SettingFamily, SettingSources } from "../settings/table";
import { doctor } from "./doctor";
import { printRecord } from "./record";

/** What `--help` prints; the README has the same. */
export const usage = `Usage: pulumi-vpcep get ID [--wait-for available] [--wait-timeout SECONDS] [options]
       pulumi-vpcep doctor [ID] [options]

get     prints the record of a VPC endpoint service
doctor  says which settings are used and where they come from, and tries a request

--json             print one JSON object, and nothing else, on standard output
--region REGION    instead of HW_REGION_NAME
--project-id ID    instead of HW_PROJECT_ID
--help, --version

Exit codes: 0 found, 1 failed, 2 wrong usage, 3 no such service`;

/** No service has this id: that the API says so proves host, credential, project and permission. */
const nobody = "00000000-0000-0000-0000-000000000000";

class UsageError extends Error {}

/** Runs a command line and returns its exit code. */
export async function runCommand(args: readonly string[]): Promise<number> {
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever reads the output may stop early, as `head` does; anything else has lost it.
    if (code !== "EPIPE") {
      console.error(`The output cannot be written: ${message}`);
    }
    process.exit(code === "EPIPE" ? 0 : 1);
  });
  try {
    return await run(args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${onOneLine(error.message)}\n${usage.split("\n\n")[0]}`);
      return 2;
    }
    if (error instanceof VpcepError) {
      console.error(error.message);
      return exitCodeOf(error);
    }
    throw error;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.version) {
    console.log((require("pulumi-vpcep/package.json") as { version: string }).version);
    return 0;
  }
  const [command, id, ...others] = positionals;
  if (others.length > 0) {
    throw new UsageError(`One ID at a time, not also ${others.join(" ")}`);
  }
  for (const name of ["region", "project-id"] as const) {
    if (values[name] === "") {
      throw new UsageError(`--${name} is empty`);
    }
  }
  const waitFor = values["wait-for"];
  if (waitFor !== undefined && waitFor !== "available") {
    throw new UsageError(`--wait-for takes available, not ${JSON.stringify(waitFor)}`);
  }
  if (values["wait-timeout"] !== undefined && waitFor === undefined) {
    throw new UsageError("--wait-timeout needs --wait-for available");
  }
  if (command === "doctor" && waitFor !== undefined) {
    throw new UsageError("doctor does not wait");
  }
  const problem = id === undefined ? undefined : idProblem("ID", id);
  if (problem) {
    throw new UsageError(problem);
  }
  const sources = [[optionFamily(values.region, values["project-id"])], environmentSource(process.env)];
  const json = values.json ?? false;
  const waitTimeoutMs = milliseconds(values["wait-timeout"]);
  switch (command) {
    case "get":
      if (id === undefined) {
        throw new UsageError("get needs the ID of an endpoint service");
      }
      await withClient(resolveConfiguration({}, sources), async (client, { secrets }) => {
        printRecord(await client.lookUp("endpointService", { id, waitFor, waitTimeoutMs }), json, secrets);
      });
      return 0;
    case "doctor":
      return exitCodeOf(await runDoctor(id, sources, json));
    default:
      throw new UsageError(command === undefined ? "A command is missing" : `There is no command ${command}`);
  }
}

/** Explains the settings, and tries them with a service, or with one that does not exist. */
async function runDoctor(
  id: string | undefined,
  sources: SettingSources,
  json: boolean,
): Promise<VpcepError | undefined> {
  const configuration = readConfiguration(sources, json);
  return doctor(configuration, json, () =>
    withClient(configuration, async (client, session) => {
      const { projectId } =
        id === undefined
          ? await client.lookUp("optionalEndpointService", { id: nobody })
          : await client.lookUp("endpointService", { id });
      return { projectId, clockDifferenceMs: session.host(configuration.endpoint).clock.differenceMs };
    }),
  );
}

/** The configuration; a script hears what is wrong with it as it hears everything else. */
function readConfiguration(sources: SettingSources, json: boolean): Configuration {
  try {
    return resolveConfiguration({}, sources);
  } catch (error) {
    if (json && error instanceof VpcepError) {
      console.log(JSON.stringify({ ok: false, verdict: error.message }));
    }
    throw error;
  }
}

/** Works with a client that is closed afterwards. */
async function withClient<Value>(
  configuration: Configuration,
  work: (client: VpcepClient, session: Session) => Promise<Value>,
): Promise<Value> {
  const session = openSession(configuration.caFile);
  const client = new VpcepClient(configuration, session, (line) => console.error(line));
  try {
    return await work(client, session);
  } finally {
    await client.close();
  }
}

function exitCodeOf(failure: VpcepError | undefined): number {
  return failure === undefined ? 0 : failure.code === "VPCEP_NOT_FOUND" ? 3 : 1;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        region: { type: "string" },
        "project-id": { type: "string" },
        "wait-for": { type: "string" },
        "wait-timeout": { type: "string" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. .*$/s, ""));
  }
}

function milliseconds(seconds: string | undefined): number | undefined {
  if (seconds !== undefined && (!/^[1-9]\d{0,4}$/.test(seconds) || Number(seconds) > 86_400)) {
    throw new UsageError(`--wait-timeout takes whole seconds up to 86400, not ${JSON.stringify(seconds)}`);
  }
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}

/** The options as settings that beat all others. */
function optionFamily(region: string | undefined, projectId: string | undefined): SettingFamily {
  const values: Readonly<Record<string, string | undefined>> = {
    "--region": region,
    "--project-id": projectId,
  };
  const names: Readonly<Record<string, string>> = { region: "--region", projectId: "--project-id" };
  return { namesOf: (key) => [names[key] ?? []].flat(), get: (name) => values[name] };
}
