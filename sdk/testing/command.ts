// The program behind `npm run emulator -- --port N [--services FILE]`: a VPCEP to play with until interrupted.
// Imports the emulator. Called from the command line only.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { startEmulator } from "./emulator";
import { parseLosslessly } from "./options/losslessJson";
import type { EmulatorOptions, WireRecord } from "./options/options";

const usage = "Usage: npm run emulator -- [--port N] [--services FILE]";

async function main(start: typeof startEmulator): Promise<void> {
  const emulator = await start(parseOptions(process.argv.slice(2)));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close());
  }
  console.log(emulator.url);
  for (const [name, value] of Object.entries(emulator.environment)) {
    console.error(`export ${name}=${value}`);
  }
}

function parseOptions(args: string[]): EmulatorOptions {
  const { values } = parseArgs({ args, options: { port: { type: "string" }, services: { type: "string" } } });
  const { port = "0", services } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new Error(`--port must be a number from 0 to 65535, not "${port}".`);
  }
  return services === undefined
    ? { port: Number(port) }
    : { port: Number(port), services: readServices(services) };
}

/** A single record is served byte for byte; those of an array as compact JSON, every digit kept. */
function readServices(file: string): (WireRecord | string)[] {
  try {
    const text = readFileSync(file, "utf8");
    const value = parseLosslessly(text);
    return Array.isArray(value) ? value : [text];
  } catch (error) {
    throw new Error(`--services ${file}: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  // Loaded here, where its refusal of an old Node is one line.
  const { startEmulator }: typeof import("./emulator") = require("./emulator");
  await main(startEmulator).catch((error: unknown) =>
    fail(`The emulator cannot start. ${messageOf(error)}\n${usage}`),
  );
}

run().catch((error: unknown) => fail(messageOf(error)));
