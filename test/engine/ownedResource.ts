// What becomes of a resource that the program owns: created, left as it is, updated or replaced, as its provider says.
// Used by operation.ts.
import { isDeepStrictEqual } from "node:util";
import { annotateSecrets, type Properties, withoutSecrets } from "./propertyValues";
import type { ProviderHost } from "./providerHost";
import type { ResourceState } from "./stackState";

/** What is to be done, in the engine's words. */
export type Change = "create" | "same" | "update" | "create-replacement";

/** A resource that is refused before anything is done about it, such as by its provider's check. */
export class RefusedResource extends Error {}

/** Checks the inputs and compares them with what is recorded; a record of a read is not the resource's own. */
export async function planChange(
  provider: ProviderHost,
  old: ResourceState | undefined,
  state: ResourceState,
): Promise<Change> {
  const asked = state.inputs;
  const owned = old?.external ? undefined : old;
  state.inputs = await checked(provider, owned?.inputs ?? {}, asked, state);
  if (owned === undefined) {
    return old ? "create-replacement" : "create";
  }
  const { changes, replaces } = await provider.diff(owned.id ?? "", owned.outputs, state.inputs);
  if (!(changes ?? !isDeepStrictEqual(withoutSecrets(owned.inputs), withoutSecrets(state.inputs)))) {
    return "same";
  }
  if (replaces.length === 0) {
    return "update";
  }
  state.inputs = await checked(provider, {}, asked, state);
  return "create-replacement";
}

/** Carries it out. A dynamic provider does not preview: what is not an input is not known then. */
export async function applyChange(
  change: Change,
  preview: boolean,
  provider: ProviderHost,
  old: ResourceState | undefined,
  state: ResourceState,
): Promise<void> {
  if ((change === "same" || change === "update") && old?.id !== undefined) {
    state.id = old.id;
  }
  if (change === "same") {
    state.outputs = old?.outputs ?? {};
  } else if (preview) {
    state.outputs = state.inputs;
  } else if (change === "update") {
    const outputs = await provider.update(state.id ?? "", old?.outputs ?? {}, state.inputs);
    state.outputs = annotateSecrets(outputs, state.inputs);
  } else {
    const created = await provider.create(state.inputs);
    state.id = created.id;
    state.outputs = annotateSecrets(created.outputs, state.inputs);
  }
}

async function checked(
  provider: ProviderHost,
  old: Properties,
  asked: Properties,
  { type, urn }: ResourceState,
): Promise<Properties> {
  const { inputs, failures } = await provider.check(old, asked);
  if (failures.length > 0) {
    const name = urn.split("::").at(-1);
    const reasons = failures.map(({ property, reason }) =>
      property === ""
        ? `${type} resource '${name}' has a problem: ${reason}`
        : `${type} resource '${name}': property ${property} has a problem: ${reason}`,
    );
    throw new RefusedResource(reasons.join("\n"));
  }
  return annotateSecrets(inputs, asked);
}
