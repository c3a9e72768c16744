// What the bodies of identity calls say, read without trusting them. Imports answers. Called by the handlers beside it.
import type { Refusal } from "../replies/answers";

/** A body as JSON; throws the refusal that its call has for anything else. */
export function parseBody(text: string, refusal: (message: string) => Refusal): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal("The request body is not valid JSON.");
  }
}

export function textAt(root: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(root, ...path);
  return typeof value === "string" ? value : undefined;
}

export function valueAt(root: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      value instanceof Object && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    root,
  );
}

/** A number of seconds within its bounds; throws the refusal otherwise. */
export function secondsOf(
  value: unknown,
  { absent, most }: { readonly absent: number; readonly most: number },
  refusal: (message: string) => Refusal,
): number {
  const seconds = value ?? absent;
  if (!Number.isInteger(seconds) || (seconds as number) < 900 || (seconds as number) > most) {
    throw refusal(`duration_seconds must be an integer from 900 to ${most}.`);
  }
  return seconds as number;
}
