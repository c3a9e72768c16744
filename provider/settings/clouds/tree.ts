// What stands in a file of clouds: texts, lists and mappings, and what is read of them. A leaf.

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

/** A mapping, and of anything else none. */
export function mapOf(tree: Tree | undefined): TreeMap | undefined {
  return typeof tree === "object" && tree !== null && !Array.isArray(tree) ? (tree as TreeMap) : undefined;
}

/** One mapping over another, at every level: what the upper one has beats the lower one's. */
export function merged(lower: TreeMap, upper: TreeMap): TreeMap {
  const entries = Object.entries(upper).map(([key, value]) => {
    const [below, above] = [Object.hasOwn(lower, key) ? mapOf(lower[key]) : undefined, mapOf(value)];
    return [key, below && above ? merged(below, above) : value];
  });
  return { ...lower, ...Object.fromEntries(entries) };
}

/** A hyphen in a key is an underscore. */
export function underscored(map: TreeMap): TreeMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll("-", "_"), value]));
}

/** A text; an empty one is none. */
export function textOf(tree: Tree | undefined): string | undefined {
  return typeof tree === "string" && tree !== "" ? tree : undefined;
}
