// What the arguments of a lookup may be. Loads nothing; shared by sdk/ (plain values, at the call) and by provider/
// (resolved outputs, before anything is sent). Long for all rules together.
import { describeValue, meant } from "../errors/describeValue";
import type { ArgumentRule, LookupArgument, LookupDefinition } from "./definition";

/** What is wrong with the arguments of a lookup, or undefined when nothing is. `isPending` passes over a value. */
export function argumentsProblem(
  definition: LookupDefinition,
  args: Readonly<Record<string, unknown>>,
  isPending: (value: unknown) => boolean = () => false,
): string | undefined {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    return `the arguments must be an object, but are ${describeValue(args)}`;
  }
  const { arguments: known, exactlyOneOf } = definition;
  const missing = missingArgument(definition, args);
  if (missing !== undefined) {
    return `${missing} is missing`;
  }
  for (const name of Object.keys(known)) {
    const { rule, onlyWith, plain } = known[name] as LookupArgument;
    if (!isGiven(args[name])) {
      continue;
    }
    if (onlyWith !== undefined && !isGiven(args[onlyWith])) {
      return `${name} has no effect without ${onlyWith}`;
    }
    const problem = isPending(args[name]) ? plain && notPlain(name) : rules[rule](name, args[name]);
    if (problem) {
      return problem;
    }
  }
  const unknown = Object.keys(args).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    return `${unknown} is no argument of ${definition.getter}${meant(unknown, Object.keys(known))}`;
  }
  if (exactlyOneOf && exactlyOneOf.filter((name) => isGiven(args[name])).length !== 1) {
    return `exactly one of ${exactlyOneOf.join(" and ")} must be given`;
  }
  return undefined;
}

const notPlain = (name: string) =>
  `${name} must be a plain string, but is an output, a promise or has one in it: it says who asks, and must be known when the lookup is called`;

/** The first argument that a lookup cannot do without, and that is not given. */
export function missingArgument(
  { arguments: known }: LookupDefinition,
  args: Readonly<Record<string, unknown>>,
): string | undefined {
  return Object.keys(known).find((name) => known[name]?.required && !isGiven(args[name]));
}

/** What is wrong with one value, which is called by this name, or undefined when nothing is. */
export function valueProblem(rule: ArgumentRule, name: string, value: unknown): string | undefined {
  return rules[rule](name, value);
}

/** What is given of the arguments: null is nothing. */
export function given(args: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => isGiven(value)));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What is wrong with the signal of a caller, or undefined when nothing is. */
export function signalProblem(signal: unknown): string | undefined {
  const { throwIfAborted, addEventListener } = Object(signal) as Partial<AbortSignal>;
  return (signal ?? undefined) === undefined ||
    (typeof throwIfAborted === "function" && typeof addEventListener === "function")
    ? undefined
    : `signal must be an AbortSignal, but is ${describeValue(signal)}`;
}

/** What is wrong with an argument, without the value that it has: for one that is secret. */
export function withoutValue(problem: string): string {
  return problem.replace(/, but is .*$/s, ", but is a secret of another kind");
}

type Rule = (name: string, value: unknown) => string | undefined;

/** The words of which an argument is one, by its rule. */
export const argumentWords: { readonly [Name in ArgumentRule]?: readonly string[] } = {
  resourceType: ["endpoint_service", "endpoint"],
  sortKey: ["createdAt", "updatedAt"],
  sortDirection: ["asc", "desc"],
  waitFor: ["available"],
  ifMissing: ["error", "omit"],
};

/** The rule of an argument that is one of a few words. */
function oneOf(rule: ArgumentRule): Rule {
  const words = argumentWords[rule] ?? [];
  return (name, value) =>
    words.includes(value as string)
      ? undefined
      : `${name} must be ${words.map((word) => JSON.stringify(word)).join(" or ")}, but is ${describeValue(value)}`;
}

/** The rule of a time, up to a day. */
function millisecondsFrom(least: number): Rule {
  return (name, value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= 86_400_000
      ? undefined
      : `${name} must be a whole number of milliseconds from ${least} to 86400000, but is ${typeof value === "number" ? value : describeValue(value)}`;
}

const rules: Readonly<Record<ArgumentRule, Rule>> = {
  id: idProblem,
  ids: (name, value) =>
    Array.isArray(value)
      ? Array.from(value, (id, at) => idProblem(`${name}[${at}]`, id)).find(
          (problem) => problem !== undefined,
        )
      : `${name} must be an array of ids, but is ${describeValue(value)}`,
  region: (name, value) => regionProblem(value, name),
  text: textProblem,
  boolean: (name, value) =>
    typeof value === "boolean" ? undefined : `${name} must be a boolean, but is ${describeValue(value)}`,
  milliseconds: millisecondsFrom(1),
  // More often, a waiting lookup would be a load.
  pollInterval: millisecondsFrom(500),
  resourceType: oneOf("resourceType"),
  sortKey: oneOf("sortKey"),
  sortDirection: oneOf("sortDirection"),
  tagFilter: (name, value) =>
    Array.isArray(value) && Array.from(value).every(isTagFilter)
      ? undefined
      : `${name} must be an array of { key, values }, with values an array of strings, but is ${describeValue(value)}`,
  waitFor: oneOf("waitFor"),
  ifMissing: oneOf("ifMissing"),
  expectation: expectationProblem,
};

function expectationProblem(name: string, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${name} must be an object of what is expected, but is ${describeValue(value)}`;
  }
  const known = ["status", "vpcId", "serverType", "ports"];
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    return `${name} knows ${known.join(", ")}, but not ${unknown}${meant(unknown, known)}`;
  }
  const { ports, ...texts } = value as Record<string, unknown>;
  const [wrongText] = Object.entries(texts).filter(([, text]) => typeof (text ?? "") !== "string");
  if (wrongText) {
    return `${name}.${wrongText[0]} must be a string, but is ${describeValue(wrongText[1])}`;
  }
  if (ports === undefined) {
    return undefined;
  }
  if (!Array.isArray(ports)) {
    return `${name}.ports must be an array of { clientPort, serverPort }, but is ${describeValue(ports)}`;
  }
  const wrong = ports.findIndex((port) => !isExpectedPort(port));
  return wrong === -1
    ? undefined
    : `${name}.ports[${wrong}] must have whole numbers as clientPort and serverPort, at most a protocol beside them, and nothing else`;
}

function isExpectedPort(port: unknown): boolean {
  const { clientPort, serverPort, protocol, ...others } = (port ?? {}) as Record<string, unknown>;
  return (
    Number.isInteger(clientPort) &&
    Number.isInteger(serverPort) &&
    (protocol === undefined || typeof protocol === "string") &&
    Object.keys(others).length === 0
  );
}

function isTagFilter(value: unknown): boolean {
  const { key, values, ...others } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof key === "string" &&
    Array.isArray(values) &&
    Array.from(values).every((each) => typeof each === "string") &&
    Object.keys(others).length === 0
  );
}

/** What is wrong with a name or another text that is asked for, or undefined when nothing is. */
export function textProblem(name: string, value: unknown): string | undefined {
  // Half a pair of surrogates can be no part of an address.
  return typeof value === "string" && /^[^\p{Cc}\p{Cs}]{1,1000}$/u.test(value)
    ? undefined
    : `${name} must be 1 to 1000 printable characters, but is ${describeValue(value)}`;
}

/**
 * What is wrong with an id of an endpoint service or a project, or undefined when nothing is.
 * The bounds are the API's own, wider than UUIDs; `describe` and `public` are other calls of the API.
 */
export function idProblem(name: string, value: unknown): string | undefined {
  if (typeof value !== "string" || !/^[A-Za-z0-9_-]{1,64}$/.test(value)) {
    const hint =
      typeof value === "string" && /^\w+\?(\w+=|[0-9a-f]{64}$)/.test(value)
        ? ". That is the id of a lookup's resource: pass its output serviceId"
        : "";
    return `${name} must be 1 to 64 letters, digits, hyphens or underscores, but is ${describeValue(value)}${hint}`;
  }
  if (value === "describe" || value === "public") {
    return `${name} must not be "${value}": that is the path of another call of the API`;
  }
  return undefined;
}

/** What is wrong with a region, or undefined when nothing is. A region becomes part of a host name. */
export function regionProblem(value: unknown, name = "region"): string | undefined {
  if (typeof value !== "string" || value.length > 64 || !/^[a-z]{2,3}(-[a-z0-9]+){1,4}$/.test(value)) {
    return `${name} must be the id of a region, such as eu-de or cn-north-4, but is ${describeValue(value)}`;
  }
  return undefined;
}
