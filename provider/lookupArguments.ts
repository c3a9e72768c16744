// What the arguments of a lookup may be. A leaf, shared by sdk/ (plain values, at the call) and by provider/
// (resolved outputs, before anything is sent).

/**
 * What is wrong with an id of an endpoint service or a project, or undefined when nothing is.
 * The bounds are the API's own, wider than UUIDs; `describe` and `public` are other calls of the API.
 */
export function idProblem(name: string, value: unknown): string | undefined {
  if (typeof value !== "string" || !/^[A-Za-z0-9_-]{1,64}$/.test(value)) {
    return `${name} must be 1 to 64 letters, digits, hyphens or underscores, but is ${describeValue(value)}`;
  }
  if (value === "describe" || value === "public") {
    return `${name} must not be "${value}": that is the path of another call of the API`;
  }
  return undefined;
}

/** What is wrong with a region, or undefined when nothing is. A region becomes part of a host name. */
export function regionProblem(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 64 || !/^[a-z]{2,3}(-[a-z0-9]+){1,4}$/.test(value)) {
    return `region must be the id of a region, such as eu-de or cn-north-4, but is ${describeValue(value)}`;
  }
  return undefined;
}

/** A value as an error may show it: short, on one line, printable; of anything but a string only its type. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (typeof value !== "string") {
    return Array.isArray(value) ? "an array" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
  }
  const shown = JSON.stringify(value.slice(0, 80)).replaceAll(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return value.length > 80 ? `${shown} and ${value.length - 80} more characters` : shown;
}
