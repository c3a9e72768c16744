// Child processes of the engines: their lines as they come, and their certain end. A leaf.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A child process that is ended with its owner. */
export class Process {
  readonly child: ChildProcess;
  readonly exit: Promise<number>;
  readonly #read: Promise<void>[] = [];

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    this.exit = once(this.child, "close").then(([code]) => (code as number | null) ?? 1);
    this.child.on("error", () => {});
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
