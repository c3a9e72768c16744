// What stands in a file of clouds: texts, lists and mappings, and what is read of them. What stands where something of
// another form belongs is refused by its name, never left out: who is asked may depend on it. A leaf.

/** A document, or a part of one. */
export type Tree = string | null | readonly Tree[] | TreeMap;

/** A mapping. */
export interface TreeMap {
  readonly [key: string]: Tree;
}

/** A value, and where it stands, as an error calls it. */
export interface CloudSetting {
  readonly name: string;
  readonly value: string | undefined;
}

/** Something of another form than what belongs there. The message is a sentence that names it. */
export class FormProblem extends Error {}

/** A mapping, and of anything else none. */
export function mapOf(tree: Tree | undefined): TreeMap | undefined {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree) ? (tree as TreeMap) : undefined;
}

/** A mapping; without a value an empty one. `name` is how an error calls it. */
export function mappingAt(tree: Tree | undefined, name: string): TreeMap {
  const map = mapOf(tree ?? {});
  if (!map) {
    throw new FormProblem(`${name} must be a mapping, not a ${formOf(tree)}`);
  }
  return map;
}

/**
 * One mapping over another, at every level: what the upper one has beats the lower one's, but no value does not beat a
 * mapping. `name` is how an error calls what is merged.
 */
export function merged(lower: TreeMap, upper: TreeMap, name: string): TreeMap {
  const entries = Object.entries(upper).map(([key, above]) => {
    const below = Object.hasOwn(lower, key) ? (lower[key] ?? null) : null;
    const inside = `${key} in ${name}`;
    const maps = [mapOf(below), mapOf(above)] as const;
    if (maps[0] && maps[1]) {
      return [key, merged(maps[0], maps[1], inside)];
    }
    if (below !== null && above !== null && (maps[0] || maps[1])) {
      throw new FormProblem(`${inside} is a ${formOf(below)} in one place and a ${formOf(above)} in another`);
    }
    return [key, above ?? maps[0] ?? null];
  });
  return { ...lower, ...Object.fromEntries(entries) };
}

/** A hyphen in a key is an underscore. */
export function underscored(map: TreeMap): TreeMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll("-", "_"), value]));
}

/** A text; an empty one is none. `name` is how an error calls it. */
export function textAt(tree: Tree | undefined, name: string): string | undefined {
  if (tree !== undefined && tree !== null && typeof tree !== "string") {
    throw new FormProblem(`${name} must be a text, not a ${formOf(tree)}`);
  }
  return tree || undefined;
}

function formOf(tree: Tree | undefined): string {
  return typeof tree === "string" ? "text" : mapOf(tree) ? "mapping" : "list";
}
