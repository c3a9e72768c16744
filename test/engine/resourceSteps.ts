// What is done with one resource that a program registers or reads, and how that is recorded. Used by operation.ts.
import { isDeepStrictEqual } from "node:util";
import type { Journal } from "./journal";
import type { Ledger } from "./ledger";
import type { Registration } from "./monitor";
import { applyChange, planChange } from "./ownedResource";
import { annotateSecrets, markSecrets, type Properties, unknownValue } from "./propertyValues";
import type { ProviderHost } from "./providerHost";
import { refreshed } from "./refreshes";
import { readStackReference } from "./stackReference";
import type { ResourceState } from "./stackState";

/** What an operation works with. */
export interface OperationContext {
  /** A refresh that runs the program reads what there is, and creates, updates and deletes nothing. */
  readonly mode: "preview" | "update" | "refresh";
  readonly stack: string;
  readonly project: string;
  readonly old: readonly ResourceState[];
  readonly journal: Journal;
  /** The dynamic provider's host, started when it is first needed. */
  readonly provider: () => Promise<ProviderHost>;
  /** The resource that stands for it in the state. */
  readonly providerState: ResourceState;
  /** The outputs of another stack. */
  readonly outputsOf: (stack: string) => Properties;
}

/** Goes from what is recorded of a resource to what the program asks for. */
export class ResourceSteps {
  readonly #context: OperationContext;
  readonly #ledger: Ledger;

  constructor(context: OperationContext, ledger: Ledger) {
    this.#context = context;
    this.#ledger = ledger;
  }

  /** Does what is to be done with a resource, and records it in the place of the old one. */
  async reach(registration: Registration, state: ResourceState): Promise<ResourceState> {
    const { mode, journal, outputsOf } = this.#context;
    const old = this.#ledger.oldOf(state.urn);
    let reached: ResourceState | undefined = state;
    let replaced = false;
    if (registration.type === "pulumi:pulumi:StackReference") {
      journal.step("read", state.urn, state.id);
      state.outputs = readStackReference(registration.inputs, outputsOf);
    } else if (!registration.custom) {
      journal.step(old ? "same" : "create", state.urn);
      state.outputs = old?.outputs ?? {};
    } else {
      const provider = await this.#providerOf(state);
      if (registration.id !== undefined) {
        replaced = old !== undefined && !old.external;
        journal.step(replaced ? "read-replacement" : "read", state.urn, state.id);
        await this.#read(provider, state);
      } else if (mode === "refresh") {
        reached = old && (await refreshed(old, journal, this.#context.provider));
      } else {
        const change = await planChange(provider, old, state);
        replaced = change === "create-replacement";
        journal.step(change, state.urn, old?.id);
        await applyChange(change, mode === "preview", provider, old, state);
      }
    }
    if (reached === undefined) {
      return this.#skip(state, old);
    }
    reached.outputs = markSecrets(reached.outputs, registration.additionalSecretOutputs);
    this.#ledger.record(reached, old, replaced);
    if (replaced) {
      journal.step("replace", state.urn, state.id);
    }
    return reached;
  }

  /** A read runs in a preview too; an unknown id leaves every output unknown. */
  async #read(provider: ProviderHost, state: ResourceState): Promise<void> {
    if (state.id !== unknownValue) {
      const { id, outputs } = await provider.read(state.id ?? "", state.inputs);
      state.id = id || (state.id ?? "");
      state.outputs = annotateSecrets(outputs, state.inputs);
    }
  }

  /** A refresh creates nothing: what does not exist stays so. */
  #skip(state: ResourceState, old: ResourceState | undefined): ResourceState {
    this.#context.journal.step("same", state.urn);
    if (old) {
      this.#ledger.forget(old);
    }
    return state;
  }

  /** The provider's host; the resource that stands for it goes into the state before whatever needs it. */
  async #providerOf(state: ResourceState): Promise<ProviderHost> {
    const { providerState, journal, provider } = this.#context;
    const { urn, id, inputs } = providerState;
    if (!state.type.startsWith("pulumi-nodejs:dynamic")) {
      throw new Error(`the embedded engine has no provider for ${state.type}`);
    }
    state.provider = `${urn}::${id}`;
    if (this.#ledger.begin(urn)) {
      const old = this.#ledger.oldOf(urn);
      const same = isDeepStrictEqual(old?.inputs, inputs);
      journal.step(same ? "same" : old ? "update" : "create", urn, old?.id);
      this.#ledger.record(providerState, old, false);
    }
    return provider();
  }
}
