// A stack on the real Pulumi CLI, with a throw-away home in the folder of its file backend. What happened is read from
// the CLI's own log of events, so that the text is exactly what a user sees. Used by engines.ts and quickstart.ts.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readEventLog } from "./eventLog";
import { Process } from "./processes";
import { shownOutputs } from "./propertyValues";
import type { ConfigValue, OperationResult, Stack, StackOptions } from "./stack";

/** A stack on the CLI. */
export class CliStack implements Stack {
  readonly engine = "cli";
  readonly #command: readonly string[];
  readonly #options: StackOptions;
  readonly #name: string;
  readonly #home: string;
  #ready: Promise<unknown> | undefined;

  /** `command` is the CLI and the arguments that come before every other. */
  constructor(command: readonly string[], options: StackOptions) {
    this.#command = command;
    this.#options = options;
    this.#name = options.stack ?? "dev";
    this.#home = mkdtempSync(join(options.backend, "home-"));
  }

  preview(): Promise<OperationResult> {
    return this.#operate("preview");
  }

  up(): Promise<OperationResult> {
    return this.#operate("up", "--yes", "--skip-preview");
  }

  refresh({ runProgram = false } = {}): Promise<OperationResult> {
    return this.#operate("refresh", "--yes", "--skip-preview", ...(runProgram ? ["--run-program"] : []));
  }

  destroy(): Promise<OperationResult> {
    return this.#operate("destroy", "--yes", "--skip-preview");
  }

  async setConfig(key: string, value: ConfigValue): Promise<void> {
    await this.#prepare();
    await this.#setConfig(key, value);
  }

  async outputs({ showSecrets = false } = {}): Promise<Record<string, unknown>> {
    await this.#prepare();
    const { answer } = await this.#run("stack output", "--json", ...(showSecrets ? ["--show-secrets"] : []));
    return JSON.parse(answer) as Record<string, unknown>;
  }

  async storedState(): Promise<string> {
    await this.#prepare();
    return (await this.#run("stack export")).answer;
  }

  async #operate(operation: string, ...args: string[]): Promise<OperationResult> {
    await this.#prepare();
    const log = join(this.#home, "events.json");
    rmSync(log, { force: true });
    const { output, code } = await this.#run(
      operation,
      ...this.#configFile(),
      "--color",
      "never",
      "--event-log",
      log,
      ...args,
    );
    if (!existsSync(log)) {
      throw new Error(output);
    }
    const { steps, diagnostics, stackOutputs } = readEventLog(readFileSync(log, "utf8"));
    const outputs = operation === "preview" ? shownOutputs(stackOutputs) : await this.outputs();
    return { succeeded: code === 0, output, diagnostics, steps, outputs };
  }

  /** Makes the stack on first use, from a copy of the project's file: the CLI writes the stack's own beside it. */
  #prepare(): Promise<unknown> {
    this.#ready ??= (async () => {
      copyFileSync(join(this.#options.project, "Pulumi.yaml"), join(this.#home, "Pulumi.yaml"));
      const { output, code } = await this.#run("stack init", "--cwd", this.#home);
      if (code !== 0) {
        throw new Error(output);
      }
      for (const [key, value] of Object.entries(this.#options.config ?? {})) {
        await this.#setConfig(key, value);
      }
    })();
    return this.#ready;
  }

  #configFile(): string[] {
    return ["--config-file", join(this.#home, `Pulumi.${this.#name}.yaml`)];
  }

  #setConfig(key: string, value: ConfigValue): Promise<unknown> {
    const [kind, text] = typeof value === "string" ? ["--plaintext", value] : ["--secret", value.secret];
    return this.#run("config set", ...this.#configFile(), "--path", kind, "--", key, text);
  }

  /** Runs a command: all that it shows, and the part of it that is its answer. */
  async #run(
    subcommand: string,
    ...args: readonly string[]
  ): Promise<{ output: string; answer: string; code: number }> {
    const [command = "", ...before] = this.#command;
    const { project, backend, env } = this.#options;
    const words = subcommand.split(" ");
    const process_ = new Process(
      command,
      [...before, ...words, "--stack", this.#name, "--non-interactive", ...args],
      {
        cwd: project,
        env: {
          ...process.env,
          ...env,
          PULUMI_BACKEND_URL: `file://${backend}`,
          PULUMI_CONFIG_PASSPHRASE: "cli",
          PULUMI_DEBUG_COMMANDS: "true",
          PULUMI_HOME: this.#home,
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
    const shown: string[] = [];
    const answered: string[] = [];
    process_.onLine("stdout", (line) => answered.push(line) && shown.push(line));
    process_.onLine("stderr", (line) => shown.push(line));
    const code = await process_.exit;
    await process_.end();
    return { output: shown.join("\n"), answer: answered.join("\n"), code };
  }
}
