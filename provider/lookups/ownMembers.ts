// What a caller hands over, copied before it is checked, so that what is sent is what was checked, and nothing that a copy
// would leave behind passes for not given. A leaf; used by sdk/ at the call, and by client/ for callers without Pulumi.

/** Levels of an argument: beyond them is none of this package's. */
const levels = 6;

type IsWhole = (value: object) => boolean;

/** A copy of what an object has of its own, each part read once. Anything but an object is itself, and so is what is whole. */
export function ownMembers<Value>(value: Value, left = levels, isWhole: IsWhole = () => false): Value {
  if (typeof value !== "object" || value === null || left === 0 || isWhole(value)) {
    return value;
  }
  const copy = (part: unknown) => ownMembers(part, left - 1, isWhole);
  return (
    Array.isArray(value)
      ? Array.from(value, copy)
      : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]))
  ) as Value;
}

/**
 * What is wrong with an object of which a copy would not have everything, or undefined: it has one of these names, or a
 * member of any other, from a class or hidden, or is no plain object.
 */
export function inheritedProblem(
  value: unknown,
  names: readonly string[],
  isWhole: IsWhole = () => false,
  left = levels,
): string | undefined {
  if (typeof value !== "object" || value === null || left === 0 || isWhole(value)) {
    return undefined;
  }
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  // What a program imports as a whole is as good as an object.
  if (!["Object", "Array", "Module"].includes(kind)) {
    return `a ${kind} stands where a plain object belongs`;
  }
  const hidden =
    names.find((name) => name in value && !Object.prototype.propertyIsEnumerable.call(value, name)) ??
    inheritedMember(value);
  if (hidden !== undefined) {
    return `${hidden} is inherited or hidden: give a plain object that has it as its own`;
  }
  for (const { value: part } of Object.values(Object.getOwnPropertyDescriptors(value))) {
    const problem = inheritedProblem(part, [], isWhole, left - 1);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

/** A member that an object has from what it was made of; methods are none. */
function inheritedMember(value: object): string | undefined {
  let from = Object.getPrototypeOf(value) as object | null;
  while (from !== null && !Array.isArray(value) && !Object.hasOwn(from, "hasOwnProperty")) {
    const members = Object.entries(Object.getOwnPropertyDescriptors(from));
    const [name] =
      members.find(([name, { value }]) => name !== "constructor" && typeof value !== "function") ?? [];
    if (name !== undefined) {
      return name;
    }
    from = Object.getPrototypeOf(from) as object | null;
  }
  return undefined;
}
