#!/usr/bin/env node
// The executable `pulumi-vpcep`: help, the version and wrong usage are answered here, without the client; for everything
// else the package's own entry is loaded by its name, which refuses a Node that is too old. Called by npm's link to it.
import { type CommandLine, parseCommandLine, UsageError } from "./commandLine";
import { helpOf, usageOf } from "./help";
import { failureJson, helpPageOf, print, printJson, tell } from "./output";

async function main(args: readonly string[]): Promise<number> {
  let line: CommandLine;
  try {
    line = parseCommandLine(args);
  } catch (error) {
    if (error instanceof UsageError) {
      return refuse(error);
    }
    throw error;
  }
  switch (line.kind) {
    case "help": {
      const page = helpOf(line.command, helpPageOf(process.stdout));
      line.json ? printJson({ help: page }) : print([page]);
      return 0;
    }
    case "version": {
      const { version } = require("pulumi-vpcep/package.json") as { version: string };
      line.json ? printJson({ version }) : print([version]);
      return 0;
    }
    case "run": {
      const { runCommand } = await import("pulumi-vpcep/provider");
      return runCommand(line.run);
    }
  }
}

function refuse({ message, command, json }: UsageError): number {
  if (json) {
    printJson(failureJson({ code: "VPCEP_USAGE", message }));
  }
  tell(message);
  process.stderr.write(`${usageOf(command, helpPageOf(process.stderr))}\n`);
  return 2;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever reads the output may stop early, as `head` does; anything else has lost it.
    if (code !== "EPIPE" && stream === process.stdout) {
      tell(`The output cannot be written: ${message}`);
    }
    process.exit(code === "EPIPE" ? (process.exitCode ?? 0) : 1);
  });
}
process.on("SIGINT", () => process.exit(130));

const args = process.argv.slice(2);
main(args).then(
  (code) => {
    process.exitCode = code;
  },
  ({ message, stack }: Error) => {
    if (args.includes("--json")) {
      printJson(failureJson({ code: "UNEXPECTED", message }));
    }
    process.stderr.write(`${(stack ?? message).replaceAll(/[^\P{C}\n]/gu, " ")}\n`);
    process.exitCode = 1;
  },
);
