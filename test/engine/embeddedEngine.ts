// A stand-in for Pulumi's engine where the CLI cannot be had: it runs a program with Pulumi's own Node runner and its
// dynamic providers with Pulumi's own host, over the real protocol, and plays what is between them.
// It leaves out: packages other than dynamic providers, explicit providers, invokes, components of other languages,
// policies, transforms, hooks, imports, aliases, targets, protect, ignoreChanges, replaceOnChanges, retainOnDelete,
// deleteBeforeReplace, partial creations, timeouts of resources, a bound on parallel steps, and locks between updates.
import { randomUUID } from "node:crypto";
import { configurationOf } from "./configuration";
import { deleteAll } from "./deletions";
import { serveMonitor } from "./monitor";
import { Operation } from "./operation";
import { startProgram } from "./programRunner";
import { type Project, readProject } from "./project";
import { maskSecrets, type Properties, withoutSecrets } from "./propertyValues";
import { refreshAll } from "./refreshes";
import { runSession, type Session } from "./session";
import type { ConfigValue, OperationResult, Stack, StackOptions } from "./stack";
import { outputsOfStack } from "./stackReference";
import { type ResourceState, StackState } from "./stackState";

const providerType = "pulumi:providers:pulumi-nodejs";

/** A stack on the embedded engine. */
export class EmbeddedStack implements Stack {
  readonly engine = "embedded";
  readonly #project: Project;
  readonly #name: string;
  readonly #backend: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #node: string;
  readonly #config: Record<string, ConfigValue>;

  constructor({ project, stack = "dev", backend, env, config, node = process.execPath }: StackOptions) {
    this.#project = readProject(project);
    this.#name = stack;
    this.#backend = backend;
    this.#env = { ...process.env, ...env };
    this.#node = node;
    this.#config = { ...config };
  }

  async setConfig(key: string, value: ConfigValue): Promise<void> {
    this.#config[key] = value;
  }

  preview(): Promise<OperationResult> {
    return this.#run("preview");
  }

  up(): Promise<OperationResult> {
    return this.#run("update");
  }

  /** Without the program, the provider is configured as the state has recorded it, and every resource is read. */
  refresh({ runProgram = false } = {}): Promise<OperationResult> {
    if (runProgram) {
      return this.#run("refresh");
    }
    return this.#session("refresh", this.#recordedConfig(), async ({ journal, provider }) => {
      const state = this.#load();
      state.resources = await refreshAll(state.resources, journal, provider);
      state.save();
      return state.outputs;
    });
  }

  destroy(): Promise<OperationResult> {
    return this.#session("destroy", this.#recordedConfig(), async ({ journal, provider }) => {
      const state = this.#load();
      state.resources = [...(await deleteAll(state.resources, { preview: false, journal, provider }))];
      state.save();
      return state.outputs;
    });
  }

  async outputs({ showSecrets = false } = {}): Promise<Record<string, unknown>> {
    const { outputs } = this.#load();
    return (showSecrets ? withoutSecrets(outputs) : maskSecrets(outputs)) as Record<string, unknown>;
  }

  async storedState(): Promise<string> {
    return this.#load().stored;
  }

  #run(mode: "preview" | "update" | "refresh"): Promise<OperationResult> {
    const config = this.#currentConfig();
    return this.#session(mode, config, async ({ journal, provider }) => {
      const state = this.#load();
      const operation = new Operation({
        mode,
        stack: this.#name,
        project: this.#project.name,
        old: state.resources,
        journal,
        provider,
        providerState: this.#providerState(state, config),
        outputsOf: (name) => outputsOfStack(this.#backend, this.#project.name, name),
      });
      await using monitor = await serveMonitor(operation);
      const program = startProgram({
        project: this.#project,
        stack: this.#name,
        address: monitor.address,
        preview: mode === "preview",
        config: withoutSecrets(config) as Record<string, string>,
        secretKeys: Object.keys(config).filter((key) => typeof config[key] !== "string"),
        env: this.#env,
        node: this.#node,
        onLine: (line) => journal.log("info", line),
      });
      const code = await program.exit;
      await program.end();
      await operation.settle();
      if (code !== 0 && !journal.failed) {
        journal.log("error", `Program exited with non-zero exit code: ${code}`);
      }
      if (!journal.failed) {
        await operation.finish();
      }
      if (mode !== "preview") {
        state.resources = operation.ledger.all;
        state.save();
      }
      return operation.stackOutputs;
    });
  }

  #session(
    operation: string,
    config: Properties,
    body: (session: Session) => Promise<Properties>,
  ): Promise<OperationResult> {
    const options = { project: this.#project, stack: this.#name, config, env: this.#env, node: this.#node };
    return runSession(operation, options, body);
  }

  #load(): StackState {
    return new StackState(this.#backend, this.#project.name, this.#name);
  }

  /** The configuration as the provider gets it; the engine records it in the state, secrets encrypted. */
  #currentConfig(): Properties {
    return configurationOf(this.#config, this.#project.name);
  }

  #recordedConfig(): Properties {
    return this.#load().resources.find(({ type }) => type === providerType)?.inputs ?? {};
  }

  #providerState(state: StackState, inputs: Properties): ResourceState {
    const urn = `urn:pulumi:${this.#name}::${this.#project.name}::${providerType}::default`;
    const id = state.resources.find((resource) => resource.urn === urn)?.id ?? randomUUID();
    return { urn, type: providerType, custom: true, id, inputs, outputs: inputs, dependencies: [] };
  }
}
