// Which resources an operation has reached, and what is left of those of the operation before: together they are the
// stack's next state, also after a failure in the middle. A leaf; used by operation.ts.
import type { ResourceState } from "./stackState";

/** The resources of a stack while an operation goes over them. */
export class Ledger {
  readonly #reached: ResourceState[] = [];
  #left: readonly ResourceState[];
  readonly #urns = new Set<string>();

  constructor(old: readonly ResourceState[]) {
    this.#left = old;
  }

  /** Notes that a resource is worked on; there is only one of each name. */
  begin(urn: string): boolean {
    const isFirst = !this.#urns.has(urn);
    this.#urns.add(urn);
    return isFirst;
  }

  /** What the last operation has recorded of a resource. */
  oldOf(urn: string): ResourceState | undefined {
    return this.#left.find((state) => state.urn === urn && !state.delete);
  }

  reachedOf(urn: string): ResourceState | undefined {
    return this.#reached.find((state) => state.urn === urn);
  }

  /** Records a resource in the place of the old one, which stays to be deleted where it is replaced. */
  record(state: ResourceState, old: ResourceState | undefined, replaced: boolean): void {
    this.#reached.push(state);
    this.#left = this.#left.flatMap((other) =>
      other !== old ? other : replaced ? { ...other, delete: true } : [],
    );
  }

  forget(old: ResourceState): void {
    this.#left = this.#left.filter((other) => other !== old);
  }

  /** What the program has not asked for, or what remains of it. */
  get left(): readonly ResourceState[] {
    return this.#left;
  }

  set left(states: readonly ResourceState[]) {
    this.#left = states;
  }

  /** Everything, each resource after what it depends on. */
  get all(): ResourceState[] {
    return [...this.#reached, ...this.#left];
  }
}
