// A resource as a program asks for it, before anything has been done about it. Used by operation.ts.
import type { Registration } from "./monitor";
import type { ResourceState } from "./stackState";

/** The state to be reached; its URN names every type on the way from the stack, as Pulumi's does. */
export function stateOf(
  { type, name, parent, custom, id, inputs, dependencies, propertyDependencies }: Registration,
  { stack, project }: { readonly stack: string; readonly project: string },
): ResourceState {
  const parentType = parent.split("::")[2] ?? "";
  const types = ["", "pulumi:pulumi:Stack"].includes(parentType) ? type : `${parentType}$${type}`;
  return {
    urn: `urn:pulumi:${stack}::${project}::${types}::${name}`,
    type,
    custom,
    ...(id === undefined ? {} : { id, external: true }),
    ...(parent === "" ? {} : { parent }),
    inputs,
    outputs: {},
    dependencies,
    ...(propertyDependencies ? { propertyDependencies } : {}),
  };
}
