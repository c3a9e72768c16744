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

if (process.env["NO_COLOR"]) {
  // Node would have it the other way, and warn; whoever sets NO_COLOR wants none, whatever else is set.
  delete process.env["FORCE_COLOR"];
}

const args = process.argv.slice(2);
const json = args.includes("--json");
/** How long a signal leaves to a reader of JSON. */
const flushMs = 1_000;
let hasEnded = false;
let outputLost = false;

/** Ends with a code that something else than the output has decided; where it is lost, success is none. */
function endWith(code: number): void {
  hasEnded = true;
  process.exitCode = code === 0 && outputLost ? 1 : code;
}

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  // Whoever reads the output may stop early, as `head` does; anything else has lost it.
  if (code !== "EPIPE" && !outputLost) {
    outputLost = true;
    process.exitCode ||= 1;
    tell(`The output cannot be written: ${message} [VPCEP_OUTPUT]`);
  }
});
// Without a place for what is said beside the output, that is lost, and nothing else.
process.stderr.on("error", () => {});

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    if (hasEnded && json && process.stdout.writableLength > 0) {
      // The line is on its way: a reader that takes it gets it whole.
      process.exitCode = code;
      setTimeout(() => process.exit(), flushMs).unref();
      return;
    }
    // Last of all that is done at the end: the line of progress is taken away before.
    process.once("exit", () => {
      if (!hasEnded) {
        const message = `Interrupted by ${signal} [VPCEP_INTERRUPTED]`;
        if (json) {
          printJson(failureJson({ code: "VPCEP_INTERRUPTED", message }));
        }
        tell(message);
      }
    });
    process.exit(code);
  });
}

main(args).then(endWith, ({ message, stack, code }: Error & { readonly code?: unknown }) => {
  if (json) {
    const known = code === "VPCEP_CONFIG" ? code : "UNEXPECTED";
    printJson(failureJson({ code: known, message }));
  }
  process.stderr.write(`${(stack ?? message).replaceAll(/[^\P{C}\n]/gu, " ")}\n`);
  endWith(1);
});
