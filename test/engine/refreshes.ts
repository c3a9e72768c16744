// Reads recorded resources again, as a refresh does. Used by refreshes with and without the program.
import type { Journal } from "./journal";
import { annotateSecrets } from "./propertyValues";
import type { ProviderHost } from "./providerHost";
import type { ResourceState } from "./stackState";

/** The resource as its provider finds it now, or nothing where it is gone: then the provider answers a blank id. */
export async function refreshed(
  state: ResourceState,
  journal: Journal,
  provider: () => Promise<ProviderHost>,
): Promise<ResourceState | undefined> {
  journal.step("refresh", state.urn, state.id);
  if (state.provider === undefined || state.delete || state.id === undefined) {
    return state;
  }
  const { id, inputs, outputs } = await (await provider()).read(state.id, state.outputs);
  if (id === "") {
    return undefined;
  }
  return {
    ...state,
    id,
    inputs: inputs ? annotateSecrets(inputs, state.inputs) : state.inputs,
    outputs: annotateSecrets(outputs, state.outputs),
  };
}

/** Refreshes all of them; one that cannot be read stays as it was, and fails the operation. */
export async function refreshAll(
  states: readonly ResourceState[],
  journal: Journal,
  provider: () => Promise<ProviderHost>,
): Promise<ResourceState[]> {
  const found = await Promise.all(
    states.map((state) =>
      refreshed(state, journal, provider).catch((error: Error) => {
        journal.stepFailed(state.urn, error.message);
        return state;
      }),
    ),
  );
  const remaining = found.filter((state) => state !== undefined);
  const gone = new Set(states.filter((_, index) => found[index] === undefined).map(({ urn }) => urn));
  return remaining.map((state) => withoutDependencies(state, gone));
}

/** A resource that no longer says that it depends on those which are gone. */
function withoutDependencies(state: ResourceState, gone: ReadonlySet<string>): ResourceState {
  const remaining = (urns: readonly string[]) => urns.filter((urn) => !gone.has(urn));
  const byProperty = Object.entries(state.propertyDependencies ?? {});
  return {
    ...state,
    dependencies: remaining(state.dependencies),
    propertyDependencies: Object.fromEntries(
      byProperty.map(([property, urns]) => [property, remaining(urns)]),
    ),
  };
}
