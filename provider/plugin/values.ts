// Values as Pulumi's engine sends them: plain JSON with marks for what is secret or not known yet. A leaf of this room.
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Values by their names. */
export type Values = Readonly<Record<string, unknown>>;

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What stands for a value that is not known before an update. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine tells kinds of such values apart: booleans, numbers, lists, objects. */
const unknownValues = [
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/** What the engine has sent: values without marks, the names of those that have one anywhere inside, and what is marked. */
export interface Received {
  readonly values: Values;
  readonly secret: readonly string[];
  readonly unknown: readonly string[];
  /** Every value, or part of one, that is marked as secret. */
  readonly secretParts: readonly unknown[];
}

/** Reads what the engine has sent. */
export function receive(struct: Struct | undefined): Received {
  const [secret, unknown] = [new Set<string>(), new Set<string>()];
  const secretParts: unknown[] = [];
  const unmarked = (value: unknown, name: string): unknown => {
    if (unknownValues.includes(value as string)) {
      unknown.add(name);
    }
    if (!isObject(value)) {
      return Array.isArray(value) ? value.map((each) => unmarked(each, name)) : value;
    }
    if (value[signatureKey] === secretSignature) {
      const part = unmarked(value["value"], name);
      secret.add(name);
      secretParts.push(part);
      return part;
    }
    return mapped(value, (each) => unmarked(each, name));
  };
  const values = mapped((struct?.toJavaScript() ?? {}) as Values, unmarked);
  return { values, secret: [...secret], unknown: [...unknown], secretParts };
}

/** A value that is marked as secret. */
export function secretValue(value: unknown): Values {
  return { [signatureKey]: secretSignature, value };
}

/** A record without the members that are null, and so those in its lists; what the API has sent beside stays as it is. */
export function withoutNulls(record: Values): Values {
  const known = Object.entries(record).filter(([, value]) => value !== null);
  const inList = (each: unknown) => (isObject(each) ? withoutNulls(each) : each);
  return mapped(Object.fromEntries(known), (value) => (Array.isArray(value) ? value.map(inList) : value));
}

export function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Values that are changed one by one. */
export function mapped(values: Values, change: (value: unknown, name: string) => unknown): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
