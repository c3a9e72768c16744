// A stack's configuration as Pulumi hands it over: whole keys, an object as one JSON text, secret where any part of it is.
// A leaf of the embedded engine.
import { type Properties, secret } from "./propertyValues";
import type { ConfigValue } from "./stack";

/** The configuration of a project's stack; a key without a namespace has the project's. */
export function configurationOf(values: Readonly<Record<string, ConfigValue>>, project: string): Properties {
  const texts = new Map<string, { text: string; isSecret: boolean }>();
  const objects = new Map<string, Properties>();
  for (const [path, value] of Object.entries(values)) {
    const [key = "", ...members] = (path.includes(":") ? path : `${project}:${path}`).split(".");
    const text = typeof value === "string" ? value : value.secret;
    const isSecret = typeof value !== "string" || (texts.get(key)?.isSecret ?? false);
    if (members.length === 0) {
      texts.set(key, { text, isSecret });
    } else {
      const object = objects.get(key) ?? {};
      objects.set(key, object);
      setInside(object, members, text);
      texts.set(key, { text: JSON.stringify(object), isSecret });
    }
  }
  return Object.fromEntries(
    [...texts].map(([key, { text, isSecret }]) => [key, isSecret ? secret(text) : text]),
  );
}

/** Sets a member of a member: the CLI makes a number or a boolean of what looks like one. */
function setInside(object: Properties, [name = "", ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) {
    object[name] = /^(true|false|0|-?[1-9]\d{0,14})$/.test(text) ? JSON.parse(text) : text;
    return;
  }
  object[name] ??= {};
  setInside(object[name] as Properties, rest, text);
}
