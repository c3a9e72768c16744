// One run of a program: what happens to each resource that it registers or reads, and to those that it no longer has.
// Used by embeddedEngine.ts, which starts the program and saves what remains.
import { deleteAll } from "./deletions";
import { Ledger } from "./ledger";
import { type MonitorHandler, OperationStopped, type Registered, type Registration } from "./monitor";
import { RefusedResource } from "./ownedResource";
import type { Properties } from "./propertyValues";
import { refreshAll } from "./refreshes";
import { stateOf } from "./registeredState";
import { type OperationContext, ResourceSteps } from "./resourceSteps";

/** Follows a program through one operation. */
export class Operation implements MonitorHandler {
  readonly ledger: Ledger;
  readonly #context: OperationContext;
  readonly #steps: ResourceSteps;
  readonly #begun = new Set<Promise<Registered>>();
  #stopped = false;

  constructor(context: OperationContext) {
    this.#context = context;
    this.ledger = new Ledger(context.old);
    this.#steps = new ResourceSteps(context, this.ledger);
  }

  log(severity: string, message: string, urn: string, ephemeral: boolean): void {
    this.#context.journal.log(severity, message, urn, ephemeral);
  }

  register(registration: Registration): Promise<Registered> {
    const registered = this.#register(registration);
    this.#begun.add(registered);
    return registered;
  }

  registerOutputs(urn: string, outputs: Properties): void {
    const state = this.ledger.reachedOf(urn);
    if (state) {
      state.outputs = outputs;
    }
  }

  /** What the program has exported. */
  get stackOutputs(): Properties {
    return this.ledger.all.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }

  /** Waits for the steps that have begun: the end of the program is not theirs. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#begun);
  }

  /** After a program that has succeeded: deletes what it no longer has; a refresh reads it instead. */
  async finish(): Promise<void> {
    const { mode, journal, provider } = this.#context;
    if (mode === "refresh") {
      this.ledger.left = await refreshAll(this.ledger.left, journal, provider);
    } else {
      const preview = mode === "preview";
      this.ledger.left = await deleteAll(this.ledger.left, { preview, journal, provider });
    }
  }

  /** Once a step has failed, none is begun any more: what depends on it is never touched. */
  async #register(registration: Registration): Promise<Registered> {
    const { journal } = this.#context;
    const state = stateOf(registration, this.#context);
    try {
      if (this.#stopped) {
        throw new OperationStopped("the operation has failed");
      }
      if (!this.ledger.begin(state.urn)) {
        throw new RefusedResource(`Duplicate resource URN '${state.urn}'; try giving it a unique name`);
      }
      const { id = "", outputs } = await this.#steps.reach(registration, state);
      return { urn: state.urn, id: registration.id ?? id, outputs };
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof RefusedResource) {
        journal.log("error", message, state.urn);
      } else if (!(error instanceof OperationStopped)) {
        journal.stepFailed(state.urn, message);
      }
      this.#stopped = true;
      throw new OperationStopped("the operation has failed");
    }
  }
}
