// What a caller hands over, copied before it is checked, so that what is sent is what was checked, and nothing that a copy
// would leave behind passes for not given. A leaf; used by sdk/ at the call, and by client/ for callers without Pulumi.

/** Levels of an argument: beyond them is none of this package's. */
const levels = 6;

type IsWhole = (value: object) => boolean;

/** A copy, or why there is none. */
export type Taken<Value> =
  | { readonly own: Value; readonly problem?: undefined }
  | { readonly problem: string };

/**
 * A copy of what an object has of its own, each part read once. Anything but an object is itself, and so is what is whole.
 * There is none of an object of which a copy would not have everything: it has one of these names, or a member of any
 * other, from a class or hidden, or is no plain object.
 */
export function ownMembers<Value>(
  value: Value,
  names: readonly string[],
  isWhole: IsWhole = () => false,
): Taken<Value> {
  const own = copyOf(value, names, isWhole, levels);
  return own instanceof Unlike ? { problem: own.problem } : { own: own as Value };
}

/** In place of a copy that would be unlike what it was made of. */
class Unlike {
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }
}

function copyOf(value: unknown, names: readonly string[], isWhole: IsWhole, left: number): unknown {
  if (typeof value !== "object" || value === null || left === 0 || isWhole(value)) {
    return value;
  }
  const problem = problemOf(value, names);
  if (problem !== undefined) {
    return new Unlike(problem);
  }
  const copies: [string, unknown][] = [];
  for (const [name, part] of Object.entries(Array.isArray(value) ? Array.from(value) : value)) {
    const copy = copyOf(part, [], isWhole, left - 1);
    if (copy instanceof Unlike) {
      return copy;
    }
    copies.push([name, copy]);
  }
  return Array.isArray(value) ? copies.map(([, copy]) => copy) : Object.fromEntries(copies);
}

function problemOf(value: object, names: readonly string[]): string | undefined {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  // What a program imports as a whole is as good as an object.
  if (!["Object", "Array", "Module"].includes(kind)) {
    return `a ${kind} stands where a plain object belongs`;
  }
  const hidden =
    names.find((name) => name in value && !Object.prototype.propertyIsEnumerable.call(value, name)) ??
    inheritedMember(value);
  return hidden === undefined
    ? undefined
    : `${hidden} is inherited or hidden: give a plain object that has it as its own`;
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
