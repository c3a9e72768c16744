// An error that says all there is to say in its message, made to read as one line where nobody catches it. A leaf; used by
// functions/run.ts and sdk/.

/** Takes the stack off an error, and tells Pulumi that its message alone is to be printed, as of its own `RunError`. */
export function asRunError<Kind extends Error>(error: Kind): Kind {
  Object.defineProperty(error, "__pulumiRunError", { value: true });
  // An output that fails is wrapped by Pulumi in an error of its own, which has the stack.
  return Object.assign(error, { stack: error.message });
}
