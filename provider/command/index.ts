// Runs a command that needs the client, and turns how it ends into an exit code. Called by main.ts through the package's
// own name, so that help and wrong usage load nothing of this.
// This room knows the command line; index.ts of the package alone may enter.
import { VpcepClient } from "../client/client";
import { resolveConfiguration } from "../client/configuration";
import type { Configuration } from "../client/configurationTypes";
import { VpcepError } from "../errors/errors";
import { type LookupDefinition, type OutputValues, outputNames } from "../lookups/definition";
import { openSession, type Session } from "../requests/session";
import { environmentSource } from "../settings/families";
import type { CommandRun } from "./commandLine";
import { optionNames, otherwise } from "./commands";
import { doctor } from "./doctor";
import { examine } from "./examination";
import type { Examination } from "./findings";
import { failureJson, outputPage, Progress, printJson, tell } from "./output";
import { printList, printRecord, printRecordJson, RecordCleaner } from "./record";
import { askedPlace, optionSource, reportSettings } from "./settingsReport";
import { readStack } from "./stackConfiguration";

/** Runs a command and returns its exit code. */
export async function runCommand(run: CommandRun): Promise<number> {
  try {
    if (run.definition) {
      await runLookup(run, run.definition);
      return 0;
    }
    const failure = await runDoctor(run);
    if (failure && (run.json || !process.stdout.isTTY)) {
      // On a terminal it stands in the page; whoever sends the page elsewhere reads it here.
      tell(failure.message);
    }
    return failure ? exitCodeOf(failure) : 0;
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    const { command, args } = run;
    const isMissing = error.code === "VPCEP_NOT_FOUND" && args[command.operand?.argument ?? ""] !== undefined;
    const failure = isMissing ? error.reworded((what) => what + otherwise(command)) : error;
    if (run.json) {
      printJson(failureJson(failure));
    }
    tell(failure.message);
    return exitCodeOf(failure);
  }
}

function exitCodeOf({ code }: VpcepError): number {
  return code === "VPCEP_NOT_FOUND" ? 3 : 1;
}

async function runLookup(run: CommandRun, definition: LookupDefinition): Promise<void> {
  const { command, json } = run;
  const configuration = resolveConfiguration(askedPlace(run), [
    optionSource(run),
    environmentSource(process.env, undefined, null),
  ]);
  const { columns } = command;
  const [outputs, session] = await read(configuration, run, definition);
  const cleaner = new RecordCleaner(session.secrets);
  if (json) {
    await printRecordJson(outputs, cleaner);
  } else if (columns) {
    const [list = ""] = definition.outputs;
    const records = outputs[list] as OutputValues[];
    const leftOut = records.length > 0 ? await printList(columns, records, cleaner, outputPage()) : [];
    if (records.length === 0) {
      tell(`No ${list} found in region ${configuration.region}`);
    } else if (leftOut.length > 0) {
      tell(`No room for ${leftOut.join(", ")}: --json has everything`);
    }
  } else {
    await printRecord(outputNames(definition), outputs, cleaner, outputPage());
  }
  if (cleaner.hasHidden) {
    tell("A secret that is used here stands in what was read: it is printed as [redacted]");
  }
}

async function runDoctor(run: CommandRun): Promise<VpcepError | undefined> {
  using progress = new Progress("Trying the settings");
  const stack = await readStack(run.others["stack"]);
  const { report, configuration } = reportSettings(run, stack);
  const examineSettings = async (clean: (text: string) => string): Promise<Examination> =>
    configuration
      ? examine(configuration, run.args["id"] as string | undefined, () =>
          clientOn(openSession(configuration.caFile), configuration, progress, clean),
        )
      : { passed: new Map(), failed: report.problems[0] };
  return await doctor(run, report, stack, examineSettings, progress);
}

function clientOn(
  session: Session,
  configuration: Configuration,
  progress: Progress,
  clean: (text: string) => string = (text) => text,
): VpcepClient {
  return new VpcepClient(
    configuration,
    session,
    (line) => progress.say(clean(line)),
    (line) => progress.warn(clean(line)),
  );
}

/** Runs a lookup with a client of its own, which is closed before anything is printed. */
async function read(
  configuration: Configuration,
  { command, args }: CommandRun,
  definition: LookupDefinition,
): Promise<readonly [OutputValues, Session]> {
  const session = openSession(configuration.caFile);
  const subject = definition.subject.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(args[name]));
  using progress = new Progress(`${"waitFor" in args ? "Waiting for" : "Reading"} ${subject}`);
  const client = clientOn(session, configuration, progress);
  try {
    const { outputs } = await client.run(definition, args, { argumentNames: optionNames(command) });
    return [outputs, session];
  } finally {
    await client.close();
  }
}
