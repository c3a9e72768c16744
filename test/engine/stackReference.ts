// Reads another stack's outputs for a program's StackReference, from the backend that both stacks are in.
// Used by embeddedEngine.ts and operation.ts.
import { hasSecrets, type Properties } from "./propertyValues";
import { StackState } from "./stackState";

/** The outputs of a reference; which of them are secret is said beside them. */
export function readStackReference(
  { name }: Properties,
  outputsOf: (stack: string) => Properties,
): Properties {
  const outputs = outputsOf(String(name));
  return {
    name,
    outputs,
    secretOutputNames: Object.keys(outputs)
      .filter((key) => hasSecrets(outputs[key]))
      .sort(),
  };
}

/** The outputs of a stack by its name: `stack`, or `organization/project/stack`. */
export function outputsOfStack(backend: string, project: string, name: string): Properties {
  const parts = name.split("/");
  const state = new StackState(backend, parts.at(-2) ?? project, parts.at(-1) ?? name);
  if (!state.exists) {
    throw new Error(`unknown stack "${name}"`);
  }
  return state.outputs;
}
