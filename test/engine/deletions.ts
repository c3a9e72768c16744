// Deletes resources as the real engine does: dependants before what they depend on, in waves, and no further wave after
// one in which a deletion fails. Used at the end of an update and by a destroy.
import type { Journal } from "./journal";
import type { ProviderHost } from "./providerHost";
import type { ResourceState } from "./stackState";

/** What deletions work with; in a preview they are only told. */
export interface DeletionContext {
  readonly preview: boolean;
  readonly journal: Journal;
  readonly provider: () => Promise<ProviderHost>;
}

/** Deletes what a stack has created, forgets what it has only read, and answers what is left of it after a failure. */
export async function deleteAll(
  doomed: readonly ResourceState[],
  { preview, journal, provider }: DeletionContext,
): Promise<readonly ResourceState[]> {
  let left = doomed;
  let failed = false;
  while (left.length > 0 && !failed) {
    const wave = left.filter((state) => !left.some((other) => other !== state && needs(other, state)));
    const gone = await Promise.all(
      wave.map(async (state) => {
        journal.step(operationOf(state), state.urn, state.id);
        try {
          if (!preview && state.provider !== undefined && !state.external && state.id !== undefined) {
            await (await provider()).delete(state.id, state.outputs);
          }
          return state;
        } catch (error) {
          journal.stepFailed(state.urn, (error as Error).message);
          failed = true;
          return undefined;
        }
      }),
    );
    left = left.filter((state) => !gone.includes(state));
  }
  return left;
}

function needs({ dependencies, parent, provider }: ResourceState, { urn }: ResourceState): boolean {
  return dependencies.includes(urn) || parent === urn || provider?.startsWith(`${urn}::`) === true;
}

function operationOf(state: ResourceState): string {
  return `${state.external ? "discard" : "delete"}${state.delete ? "-replaced" : ""}`;
}
