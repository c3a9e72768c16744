// `npm start`: runs the quickstart's program with `pulumi up` against the emulator, and shows what it exports.
// Takes the Pulumi CLI where there is one, else the embedded engine; leaves nothing behind.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "../../sdk/testing";
import { CliStack } from "./cliEngine";
import { EmbeddedStack } from "./embeddedEngine";
import { findCli } from "./engines";
import { interruptAll } from "./processes";
import type { Stack, StackOptions } from "./stack";

interface Port {
  readonly clientPort: number;
  readonly serverPort: number;
  readonly protocol: string;
}

/** The engine that was asked for, and a sentence on which one it is and how to get the other. */
function chooseEngine(asked: string | undefined): {
  readonly createStack: (options: StackOptions) => Stack;
  readonly sentence: string;
} {
  const cli = findCli();
  if (asked === "embedded" || (asked === undefined && cli === undefined)) {
    return {
      createStack: (options) => new EmbeddedStack(options),
      sentence:
        "Engine: the embedded stand-in for Pulumi's. To run it on the real one, install the Pulumi CLI, or use `npm start -- --engine cli`.",
    };
  }
  if (asked !== undefined && asked !== "cli") {
    throw new Error(`--engine is embedded or cli, not ${asked}`);
  }
  return {
    createStack: (options) => new CliStack(cli ? [cli] : ["npx", "--yes", "pulumi"], options),
    sentence: `Engine: the Pulumi CLI (${cli ?? "downloaded by npx"}). To run it offline, use \`npm start -- --engine embedded\`.`,
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { engine: { type: "string" } } });
  const { createStack, sentence } = chooseEngine(values.engine);
  console.log(sentence);
  const backend = mkdtempSync(join(tmpdir(), "pulumi-vpcep-quickstart-"));
  const emulator = await startEmulator();
  const stack = createStack({
    project: join(__dirname, "..", ".."),
    stack: "quickstart",
    backend,
    env: emulator.environment,
  });
  try {
    console.log("Running `pulumi up` on examples/quickstart against an emulator of the API ...\n");
    const { succeeded, diagnostics, output, outputs } = await stack.up();
    if (!succeeded) {
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      throw new Error(errors.map(({ message }) => message).join("\n") || output);
    }
    console.log("client port  server port  protocol");
    for (const { clientPort, serverPort, protocol } of outputs["ports"] as Port[]) {
      console.log(`${String(clientPort).padEnd(13)}${String(serverPort).padEnd(13)}${protocol}`);
    }
    console.log(`\n${JSON.stringify(outputs)}`);
  } finally {
    await emulator.close();
    rmSync(backend, { recursive: true, force: true });
  }
}

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  // What runs is interrupted, which fails the update; then it is cleaned up as after any failure.
  process.on(signal, () => {
    interrupted = true;
    void interruptAll();
  });
}

main().catch((error: Error) => {
  console.error(interrupted ? "Interrupted." : error.message);
  process.exitCode = interrupted ? 130 : 1;
});
