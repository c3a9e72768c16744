// What a caller without Pulumi hands over, copied before it is checked, so that what is sent is what was checked.
// Called by client.ts and createClient.ts.

/** Levels of an argument: beyond them is none of this package's. */
const levels = 6;

/** A copy of what an object has of its own, each part read once. Anything but an object is itself. */
export function ownMembers<Value>(value: Value, left = levels): Value {
  if (typeof value !== "object" || value === null || left === 0) {
    return value;
  }
  return (
    Array.isArray(value)
      ? Array.from(value, (part) => ownMembers(part, left - 1))
      : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, ownMembers(part, left - 1)]))
  ) as Value;
}

/** What is wrong with an object that has one of these names from a class alone, or undefined: it would count as not given. */
export function inheritedProblem(value: unknown, names: readonly string[]): string | undefined {
  const isObject = typeof value === "object" && value !== null;
  const inherited =
    isObject &&
    names.find((name) => name in value && !Object.prototype.propertyIsEnumerable.call(value, name));
  return inherited
    ? `${inherited} is inherited or hidden: give a plain object that has it as its own`
    : undefined;
}
