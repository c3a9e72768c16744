// A stack on the real Pulumi CLI, with a throw-away file backend and home. What happened is read from the CLI's own log
// of events, so that the text is exactly what a user sees. Used by engines.ts.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Process } from "./processes";
import type { ConfigValue, Diagnostic, OperationResult, Stack, StackOptions, Step } from "./stack";

/** One line of the CLI's log of events, as far as it is read here. */
interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: { readonly op: string; readonly urn: string; readonly new?: { readonly id?: string } };
  };
  readonly resOutputsEvent?: {
    readonly metadata: {
      readonly type: string;
      readonly new?: { readonly outputs?: Record<string, unknown> };
    };
  };
  readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string };
}

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
    this.#home = mkdtempSync(join(tmpdir(), "pulumi-home-"));
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
    const { output } = await this.#run("stack output", "--json", ...(showSecrets ? ["--show-secrets"] : []));
    return JSON.parse(output) as Record<string, unknown>;
  }

  async storedState(): Promise<string> {
    await this.#prepare();
    return (await this.#run("stack export")).output;
  }

  /** Removes what the CLI keeps outside the backend. */
  dispose(): void {
    rmSync(this.#home, { recursive: true, force: true });
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
    const events = readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as EngineEvent);
    const steps = events.flatMap(({ resourcePreEvent: event }): Step[] => {
      const id = event?.metadata.new?.id;
      return event ? [{ op: event.metadata.op, urn: event.metadata.urn, ...(id ? { id } : {}) }] : [];
    });
    const diagnostics = events.flatMap(({ diagnosticEvent: event }): Diagnostic[] =>
      event && event.severity !== "debug"
        ? [
            {
              severity: event.severity === "info#err" ? "info" : event.severity,
              message: event.message.replaceAll(/<\{%.*?%\}>/g, "").trimEnd(),
              ...(event.urn ? { urn: event.urn } : {}),
            },
          ]
        : [],
    );
    const stack = events.findLast(
      ({ resOutputsEvent: event }) => event?.metadata.type === "pulumi:pulumi:Stack",
    );
    const outputs =
      operation === "preview" ? stack?.resOutputsEvent?.metadata.new?.outputs : await this.outputs();
    return { succeeded: code === 0, output, diagnostics, steps, outputs: outputs ?? {} };
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
    return this.#run("config set", ...this.#configFile(), kind, "--", key, text);
  }

  async #run(subcommand: string, ...args: readonly string[]): Promise<{ output: string; code: number }> {
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
    const lines: string[] = [];
    process_.onLine("stdout", (line) => lines.push(line));
    process_.onLine("stderr", (line) => lines.push(line));
    const code = await process_.exit;
    await process_.end();
    return { output: lines.join("\n"), code };
  }
}
