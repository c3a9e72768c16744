// Pulumi makes a stack trace for every promise of a resource, some hundred for a lookup with its many outputs. They took
// more than half of the time of a preview, and none of them would say more than the line of the call. They are left out
// while Pulumi alone is at work: between the first output that it sets, when every transformation has run and every option
// has been checked, and the last, before it makes the error of a read that fails. Until then, and from then on, a program's
// errors keep their lines. Where Pulumi sets its outputs otherwise, a lookup is slower, and no worse.
// A leaf; used by lookupResource.ts.

const firstOutput = "urn";
const lastOutput = "__provider";

/**
 * Leaves Pulumi's own traces out of the resource that is constructed next on a prototype; the function that is returned
 * ends it. For one construction alone: a program that serialises a lookup would take the properties along.
 */
export function leaveOutTraces(prototype: object): () => void {
  let hidden = 0;
  const hide = () => {
    if (Error.stackTraceLimit > 0) {
      hidden = Error.stackTraceLimit;
      Error.stackTraceLimit = 0;
    }
  };
  const show = () => {
    if (hidden > 0) {
      Error.stackTraceLimit = hidden;
      hidden = 0;
    }
  };
  Object.defineProperty(prototype, firstOutput, whenSet(firstOutput, hide));
  Object.defineProperty(prototype, lastOutput, whenSet(lastOutput, show));
  return () => {
    Reflect.deleteProperty(prototype, firstOutput);
    Reflect.deleteProperty(prototype, lastOutput);
    show();
  };
}

/** A property that becomes a plain one of its own in the object where it is set, and tells of it. */
function whenSet(key: string, tell: () => void): PropertyDescriptor & ThisType<object> {
  return {
    configurable: true,
    set(value: unknown) {
      Object.defineProperty(this, key, { value, configurable: true, enumerable: true, writable: true });
      tell();
    },
  };
}
