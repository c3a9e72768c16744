// A stand-in for Pulumi's engine where the CLI cannot be had: it runs a program with Pulumi's own Node runner and its
// dynamic providers with Pulumi's own host, over the real protocol, and plays what is between them.
// It leaves out: packages other than dynamic providers, components of other languages, policies, transforms, hooks,
// imports, aliases, targets, protection, replacement order by dependants, pending operations, and concurrent updates.
import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { serveMonitor } from "./monitor";
import { Operation } from "./operation";
import { startProgram } from "./programRunner";
import { type Project, readProject } from "./project";
import { hasUnknowns, maskSecrets, type Properties, secret, withoutSecrets } from "./propertyValues";
import { ProviderHost } from "./providerHost";
import { render } from "./render";
import type { ConfigValue, Diagnostic, OperationResult, Stack, StackOptions, Step } from "./stack";
import { type ResourceState, StackState } from "./stackState";

const passphrase = "embedded";

/** A stack on the embedded engine. */
export class EmbeddedStack implements Stack {
  readonly engine = "embedded";
  readonly #project: Project;
  readonly #name: string;
  readonly #backend: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #config: Record<string, ConfigValue>;

  constructor({ project, stack = "dev", backend, env, config }: StackOptions) {
    this.#project = readProject(project);
    this.#name = stack;
    this.#backend = backend;
    this.#env = { ...process.env, ...env };
    this.#config = { ...config };
  }

  async setConfig(key: string, value: ConfigValue): Promise<void> {
    this.#config[key] = value;
  }

  preview(): Promise<OperationResult> {
    return this.#run(true);
  }

  up(): Promise<OperationResult> {
    return this.#run(false);
  }

  /** Reads every resource of a provider with its old outputs; a blank id drops it, an error fails the whole refresh. */
  async refresh(): Promise<OperationResult> {
    const state = this.#load();
    const recorded = state.resources.find(({ type }) => type === "pulumi:providers:pulumi-nodejs");
    return this.#without("refresh", state, recorded?.inputs ?? {}, async (resource, provider, keep) => {
      if (resource.provider === undefined) {
        keep(resource);
        return undefined;
      }
      const { id, outputs } = await provider.read(resource.id ?? "", resource.outputs);
      if (id === "") {
        return "delete";
      }
      keep({ ...resource, id, outputs: remark(outputs, resource.outputs) });
      return "refresh";
    });
  }

  /** Deletes what the stack has created, dependants first; what it has only read is dropped. */
  async destroy(): Promise<OperationResult> {
    const state = this.#load();
    state.resources.reverse();
    return this.#without("destroy", state, this.#providerConfig(), async (resource, provider) => {
      if (resource.provider !== undefined && !resource.external && resource.id !== undefined) {
        await provider.delete(resource.id, resource.outputs);
      }
      return resource.external ? "read-discard" : "delete";
    });
  }

  async outputs({ showSecrets = false } = {}): Promise<Record<string, unknown>> {
    const { outputs } = this.#load();
    return (showSecrets ? withoutSecrets(outputs) : maskSecrets(outputs)) as Record<string, unknown>;
  }

  async storedState(): Promise<string> {
    const { readFileSync } = await import("node:fs");
    return readFileSync(this.#load().file, "utf8");
  }

  #load(stack = this.#name): StackState {
    return new StackState(this.#backend, this.#project.name, stack, passphrase);
  }

  /** The configuration as the provider gets it; the engine records it in the state, secrets encrypted. */
  #providerConfig(): Properties {
    return Object.fromEntries(
      Object.entries(this.#config).map(([key, value]) => [
        qualified(this.#project, key),
        typeof value === "string" ? value : secret(value.secret),
      ]),
    );
  }

  async #run(preview: boolean): Promise<OperationResult> {
    const state = this.#load();
    const lines: string[] = [];
    const config = this.#providerConfig();
    let provider: Promise<ProviderHost> | undefined;
    const operation = new Operation({
      preview,
      stack: this.#name,
      project: this.#project.name,
      old: state.resources,
      providerState: this.#providerState(state, config),
      provider: () => {
        provider ??= ProviderHost.start(this.#project.programFolder, config, this.#env, (line) =>
          lines.push(line),
        );
        return provider;
      },
      outputsOf: (stack) => this.#load(stack).outputs,
    });
    const monitor = await serveMonitor(operation);
    const program = startProgram({
      project: this.#project,
      stack: this.#name,
      address: monitor.address,
      preview,
      config: Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key, String(withoutSecrets(value))]),
      ),
      secretKeys: Object.keys(config).filter((key) => typeof config[key] !== "string"),
      env: this.#env,
      onLine: (line) => lines.push(line),
    });
    let failure: string | undefined;
    try {
      const code = await program.exit;
      if (code === 0 && !operation.failed) {
        await operation.deleteTheRest();
      } else if (!operation.failed) {
        failure = `the program ended with code ${code}`;
      }
    } catch (error) {
      failure = (error as Error).message;
    } finally {
      await program.end();
      await (await provider?.catch(() => undefined))?.end();
      monitor.close();
    }
    const diagnostics: Diagnostic[] = [
      ...lines.map((message) => ({ severity: "info", message })),
      ...operation.diagnostics,
      ...(failure === undefined ? [] : [{ severity: "error", message: failure }]),
    ];
    const succeeded = failure === undefined && !operation.failed;
    if (!preview) {
      state.resources = succeeded ? operation.resources : merged(state.resources, operation.resources);
      state.save();
    }
    const outputs = operation.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    return this.#result(preview ? "preview" : "update", succeeded, diagnostics, operation.steps, outputs);
  }

  /** An operation over the state alone. `step` says what became of a resource, and keeps it where it stays. */
  async #without(
    name: string,
    state: StackState,
    config: Properties,
    step: (
      resource: ResourceState,
      provider: ProviderHost,
      keep: (resource: ResourceState) => void,
    ) => Promise<string | undefined>,
  ): Promise<OperationResult> {
    const diagnostics: Diagnostic[] = [];
    const steps: Step[] = [];
    const kept: ResourceState[] = [];
    const provider = await ProviderHost.start(this.#project.programFolder, config, this.#env, (message) =>
      diagnostics.push({ severity: "info", message }),
    );
    let succeeded = true;
    try {
      for (const resource of state.resources) {
        const op = await step(resource, provider, (remaining) => kept.push(remaining)).catch(
          (error: Error) => {
            diagnostics.push({ severity: "error", message: error.message, urn: resource.urn });
            succeeded = false;
            return undefined;
          },
        );
        if (op !== undefined) {
          steps.push({ op, urn: resource.urn, ...(resource.id === undefined ? {} : { id: resource.id }) });
        }
      }
    } finally {
      await provider.end();
    }
    if (succeeded) {
      const urns = new Set(kept.map(({ urn }) => urn));
      state.resources = kept.map((resource) => ({
        ...resource,
        dependencies: resource.dependencies.filter((urn) => urns.has(urn)),
      }));
      state.save();
    }
    return this.#result(name, succeeded, diagnostics, steps, state.outputs);
  }

  #providerState(state: StackState, inputs: Properties): ResourceState {
    const type = "pulumi:providers:pulumi-nodejs";
    const old = state.resources.find((resource) => resource.type === type);
    return {
      urn: `urn:pulumi:${this.#name}::${this.#project.name}::${type}::default`,
      type,
      custom: true,
      id: old?.id ?? randomUUID(),
      inputs,
      outputs: inputs,
      dependencies: [],
    };
  }

  #result(
    name: string,
    succeeded: boolean,
    diagnostics: Diagnostic[],
    steps: Step[],
    outputs: Properties,
  ): OperationResult {
    const known = Object.entries(outputs).filter(([, value]) => !hasUnknowns(value));
    const shown = maskSecrets(Object.fromEntries(known)) as Record<string, unknown>;
    const output = render(`${name} (${basename(this.#name)})`, steps, shown, diagnostics, succeeded);
    return { succeeded, output, diagnostics, steps, outputs: shown };
  }
}

/** Outputs that were read anew are as secret as they were. */
function remark(outputs: Properties, old: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key,
      maskSecrets(old[key]) === "[secret]" ? secret(value) : value,
    ]),
  );
}

/** After a failure: what was reached is as it is now, the rest as it was. */
function merged(old: readonly ResourceState[], reached: readonly ResourceState[]): ResourceState[] {
  const urns = new Set(reached.map(({ urn }) => urn));
  return [...reached, ...old.filter(({ urn }) => !urns.has(urn))];
}

function qualified(project: Project, key: string): string {
  return key.includes(":") ? key : `${project.name}:${key}`;
}
