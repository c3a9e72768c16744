// Runs the command as users do: the built file, in a process of its own, with pipes or with what looks like a terminal.
import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");

/** The executable. */
export const main = join(root, "bin", "provider", "command", "main.js");

/** How a run has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface RunOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** The width of a terminal that both outputs seem to be; pipes without. */
  readonly columns?: number;
  /** A signal that it is sent at a moment. */
  readonly interrupt?: { readonly signal: NodeJS.Signals; readonly at: Promise<unknown> };
  /** Is called with what has been printed so far, whenever there is more. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs a command line to its end. */
export function runBuilt(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { environment, cwd, columns, interrupt, onOutput } = options;
  const preload = columns === undefined ? [] : ["--require", join(__dirname, "terminal.cjs")];
  const env = {
    ...process.env,
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    ...(columns === undefined ? {} : { TERMINAL_COLUMNS: String(columns) }),
    ...environment,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...preload, main, ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      ...(cwd === undefined ? {} : { cwd }),
    });
    const texts = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (data: string) => {
        texts[stream] += data;
        onOutput?.(texts.stdout + texts.stderr, (signal) => child.kill(signal));
      });
    }
    interrupt?.at.then(() => child.kill(interrupt.signal), reject);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}
