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
  const cleanUp = async () => {
    await emulator.close();
    rmSync(backend, { recursive: true, force: true });
    if (stack instanceof CliStack) {
      stack.dispose();
    }
  };
  const interrupt = () => void cleanUp().then(() => process.exit(130));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  try {
    console.log("Running `pulumi up` on examples/quickstart against an emulator of the API ...\n");
    const result = await stack.up();
    if (!result.succeeded) {
      throw new Error(result.output);
    }
    const { outputs } = result;
    console.log("client port  server port  protocol");
    for (const { clientPort, serverPort, protocol } of outputs["ports"] as Port[]) {
      console.log(`${String(clientPort).padEnd(13)}${String(serverPort).padEnd(13)}${protocol}`);
    }
    console.log(`\n${JSON.stringify(outputs)}`);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    await cleanUp();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
