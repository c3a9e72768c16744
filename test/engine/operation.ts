// One preview or update: what happens to each resource of a program, one after the other as the program asks.
// Used by embeddedEngine.ts, which starts the program and saves what remains.
import { isDeepStrictEqual } from "node:util";
import type { MonitorHandler, Registered, Registration } from "./monitor";
import { annotateSecrets, hasSecrets, hasUnknowns, type Properties, unknownValue } from "./propertyValues";
import type { ProviderHost } from "./providerHost";
import type { Diagnostic, Step } from "./stack";
import type { ResourceState } from "./stackState";

/** What an operation works with. */
export interface OperationContext {
  readonly preview: boolean;
  readonly stack: string;
  readonly project: string;
  readonly old: readonly ResourceState[];
  /** The dynamic provider's host, started when it is first needed. */
  readonly provider: () => Promise<ProviderHost>;
  /** The provider resource that stands for it in the state. */
  readonly providerState: ResourceState;
  /** The outputs of another stack. */
  readonly outputsOf: (stack: string) => Properties;
}

/** Follows a program through one preview or update. */
export class Operation implements MonitorHandler {
  readonly resources: ResourceState[] = [];
  readonly steps: Step[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #context: OperationContext;
  /** The resource that a replacement leaves behind, to be deleted at the end. */
  readonly #replaced: ResourceState[] = [];
  #failed = false;

  constructor(context: OperationContext) {
    this.#context = context;
  }

  /** Whether a resource has failed, or the program has logged an error. */
  get failed(): boolean {
    return this.#failed;
  }

  log(severity: string, message: string, urn: string): void {
    if (severity !== "debug") {
      this.diagnostics.push({ severity, message, ...(urn ? { urn } : {}) });
      this.#failed ||= severity === "error";
    }
  }

  async register(registration: Registration): Promise<Registered> {
    const state = this.#stateOf(registration);
    if (this.#failed) {
      throw new Error("the operation has failed");
    }
    try {
      if (registration.type === "pulumi:pulumi:StackReference") {
        Object.assign(state, { external: true, outputs: this.#readStackReference(registration) });
      } else if (registration.id !== undefined) {
        await this.#read(state, registration.additionalSecretOutputs);
      } else if (registration.custom) {
        await this.#createOrUpdate(state, registration.additionalSecretOutputs);
      } else {
        const old = this.#oldOf(state.urn);
        this.#step(old ? "same" : "create", state);
        state.outputs = old?.outputs ?? {};
      }
    } catch (error) {
      const { message } = error as Error;
      this.log("error", this.#context.preview ? `Preview failed: ${message}` : message, state.urn);
      throw new Error("the operation has failed");
    }
    this.resources.push(state);
    return { urn: state.urn, id: registration.id ?? state.id ?? "", outputs: state.outputs };
  }

  registerOutputs(urn: string, outputs: Properties): void {
    const state = this.resources.find((candidate) => candidate.urn === urn);
    if (state) {
      state.outputs = outputs;
    }
  }

  /** After a program that has succeeded: deletes what it no longer has, dependants first; what was read is dropped. */
  async deleteTheRest(): Promise<void> {
    const kept = new Set(this.resources.map(({ urn }) => urn));
    const gone = [...this.#replaced, ...this.#context.old.filter(({ urn }) => !kept.has(urn)).reverse()];
    for (const state of gone) {
      this.#step(state.external ? "read-discard" : "delete", state);
      if (!this.#context.preview && state.custom && !state.external && state.id !== undefined) {
        await (await this.#context.provider()).delete(state.id, state.outputs);
      }
    }
  }

  #stateOf({ type, name, parent, custom, id, inputs, dependencies }: Registration): ResourceState {
    const { stack, project } = this.#context;
    const parentType = parent === "" ? "" : (parent.split("::")[2] ?? "");
    const types = parentType === "" || parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
    return {
      urn: `urn:pulumi:${stack}::${project}::${types}::${name}`,
      type,
      custom,
      ...(id === undefined ? {} : { id, external: true }),
      ...(parent === "" ? {} : { parent }),
      inputs,
      outputs: inputs,
      dependencies,
    };
  }

  #oldOf(urn: string): ResourceState | undefined {
    return this.#context.old.find((state) => state.urn === urn);
  }

  #step(op: string, { urn, id }: ResourceState): void {
    this.steps.push({ op, urn, ...(id === undefined ? {} : { id }) });
  }

  async #providerFor(state: ResourceState): Promise<ProviderHost> {
    if (!state.type.startsWith("pulumi-nodejs:dynamic")) {
      throw new Error(`the embedded engine has no provider for ${state.type}`);
    }
    const { providerState } = this.#context;
    state.provider = `${providerState.urn}::${providerState.id}`;
    if (!this.resources.includes(providerState)) {
      this.resources.push(providerState);
    }
    return this.#context.provider();
  }

  /** A read runs in a preview too; an unknown id leaves every output unknown. */
  async #read(state: ResourceState, additionalSecretOutputs: string[]): Promise<void> {
    const provider = await this.#providerFor(state);
    this.#step("read", state);
    if (state.id === unknownValue) {
      state.outputs = {};
      return;
    }
    const { id, outputs } = await provider.read(state.id ?? "", state.inputs);
    state.id = id === "" ? (state.id ?? "") : id;
    state.outputs = annotateSecrets(outputs, state.inputs, additionalSecretOutputs);
  }

  async #createOrUpdate(state: ResourceState, additionalSecretOutputs: string[]): Promise<void> {
    const provider = await this.#providerFor(state);
    const old = this.#oldOf(state.urn);
    const managed = old?.external ? undefined : old;
    const checked = await provider.check(managed?.inputs ?? {}, state.inputs);
    if (checked.failures.length > 0) {
      throw new Error(checked.failures.join("\n"));
    }
    state.inputs = annotateSecrets(checked.inputs, state.inputs, []);
    const op = managed ? await this.#changeOf(provider, managed, state) : "create";
    if (managed) {
      state.id = managed.id ?? "";
    }
    this.#step(op, state);
    if (op === "same" && managed) {
      state.outputs = managed.outputs;
      return;
    }
    if (this.#context.preview) {
      // The dynamic host does not preview: what is not an input is not known.
      state.outputs = state.inputs;
      if (op !== "update") {
        delete state.id;
      }
      return;
    }
    const outputs = await this.#apply(provider, op, managed, state);
    state.outputs = annotateSecrets(outputs, state.inputs, additionalSecretOutputs);
  }

  async #apply(
    provider: ProviderHost,
    op: string,
    managed: ResourceState | undefined,
    state: ResourceState,
  ): Promise<Properties> {
    if (op === "update" && managed) {
      return provider.update(managed.id ?? "", managed.outputs, state.inputs);
    }
    const created = await provider.create(state.inputs);
    state.id = created.id;
    if (managed) {
      this.#replaced.push(managed);
    }
    return created.outputs;
  }

  async #changeOf(provider: ProviderHost, old: ResourceState, state: ResourceState): Promise<string> {
    const equal = isDeepStrictEqual(old.inputs, state.inputs);
    if (hasUnknowns(state.inputs)) {
      return "update";
    }
    const { changes, replaces } = await provider.diff(old.id ?? "", old.outputs, state.inputs);
    return replaces.length > 0 ? "replace" : (changes ?? !equal) ? "update" : "same";
  }

  #readStackReference({ inputs }: Registration): Properties {
    const name = String(inputs["name"]);
    const outputs = this.#context.outputsOf(name.split("/").at(-1) ?? name);
    const secretOutputNames = Object.keys(outputs).filter((key) => hasSecrets(outputs[key]));
    return { name, outputs, secretOutputNames };
  }
}
