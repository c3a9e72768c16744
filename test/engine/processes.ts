// Child processes of the engines: their lines as they come, and their certain end. A leaf.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const running = new Set<Process>();
let over = false;

// A test that is over leaves no process behind.
process.once("exit", () => {
  for (const { child } of running) {
    child.kill("SIGKILL");
  }
});

/** Interrupts everything that runs, as Ctrl+C does, and lets nothing new start. */
export async function interruptAll(): Promise<void> {
  over = true;
  await Promise.allSettled([...running].map((process) => process.end("SIGINT")));
}

/** No program of ours takes longer; one that hangs is ended, and its operation fails. */
const timeout = 300_000;

/** A child process that is ended with its owner. */
export class Process {
  readonly child: ChildProcess;
  readonly exit: Promise<number>;
  readonly #read: Promise<void>[] = [];

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    if (over) {
      throw new Error("interrupted");
    }
    this.child = spawn(command, args, {
      timeout,
      killSignal: "SIGKILL",
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(this);
    this.exit = once(this.child, "close").then(([code]) => (code as number | null) ?? 1);
    this.child.on("error", () => {});
    this.child.once("close", () => running.delete(this));
  }

  /** Calls back with every line of the output. */
  onLine(stream: "stdout" | "stderr", callback: (line: string) => void): void {
    const lines = createInterface({ input: this.child[stream] as NodeJS.ReadableStream });
    lines.on("line", callback);
    this.#read.push(once(lines, "close").then(() => {}));
  }

  /** Ends the process and waits until its last line is read. */
  async end(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
    }
    await this.exit;
    await Promise.all(this.#read);
  }
}
