// The resource behind every lookup: a definition's arguments and outputs, an id for the engine, and the checks at the
// call. Loads of provider/ only what loads nothing; used by every other file of sdk/.
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { lookupProvider } from "../provider/dynamic/lookupProvider";
import { argumentsProblem } from "../provider/lookups/arguments";
import type { LookupDefinition } from "../provider/lookups/definition";

/** A lookup that has been read: every output of it, beside its name in the stack and its id. */
export type Lookup<Outputs> = pulumi.CustomResource & {
  readonly [Name in keyof Outputs]: pulumi.Output<Outputs[Name]>;
};

/** Any function that may be the first line of a stack. */
export type Caller = Parameters<typeof Error.captureStackTrace>[1];

/** Reads a lookup as a resource of the program. */
export class LookupResource extends pulumi.dynamic.Resource {
  constructor(
    definition: LookupDefinition,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions | undefined,
    caller: Caller,
  ) {
    checkArguments(definition, name, args, caller);
    const { id: _, ...inputs } = given(args);
    // Pulumi gives a program only the outputs that it has named before; the read fills them all.
    const names = [...Object.keys(definition.arguments), ...definition.outputs].filter((key) => key !== "id");
    const undeclared = Object.fromEntries(names.map((key) => [key, undefined]));
    // Pulumi makes a stack trace for every promise of a resource, some hundred for a lookup with its many outputs. They
    // took nine tenths of the time of a lookup, and none of them would say more than the line of the call.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      super(
        lookupProvider,
        name,
        { lookup: definition.name, ...undeclared, ...inputs },
        { ...opts, id: resourceId(definition, name, given(args)) },
        "vpcep",
        definition.type,
      );
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}

/** Reads a lookup; `caller` is the function that the program has called. */
export function lookUp<Outputs>(
  definition: LookupDefinition,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions | undefined,
  caller: Caller,
): Lookup<Outputs> {
  return new LookupResource(definition, name, args, opts, caller) as unknown as Lookup<Outputs>;
}

/**
 * The id of the resource: the id that is looked up, else a stable text of the arguments. It is unknown as long as any
 * argument is, since a read without one of them would read the wrong place. Values that come later are checked when
 * they come: the engine refuses an id that is no string without a reason.
 */
function resourceId(
  definition: LookupDefinition,
  name: string,
  args: Readonly<Record<string, unknown>>,
): pulumi.Input<string> {
  if (!hasPending(args)) {
    return idOf(definition, args);
  }
  return pulumi.output(args).apply((known) => {
    const problem = argumentsProblem(definition, given(known));
    if (problem) {
      throw new TypeError(describeCall(definition, name, problem));
    }
    return idOf(definition, given(known));
  });
}

function idOf(definition: LookupDefinition, args: Readonly<Record<string, unknown>>): string {
  if ("id" in definition.arguments) {
    return args["id"] as string;
  }
  const text = Object.keys(definition.arguments)
    .filter((key) => args[key] !== undefined)
    .map((key) => `${key}=${typeof args[key] === "string" ? args[key] : JSON.stringify(args[key])}`)
    .join("&");
  const short = text.length > 200 ? createHash("sha256").update(text).digest("hex") : text;
  return short === "" ? definition.name : `${definition.name}?${short}`;
}

/** Refuses malformed plain arguments with an error whose stack begins at the caller's own line. */
function checkArguments(definition: LookupDefinition, name: string, args: object, caller: Caller): void {
  const problem = argumentsProblem(definition, given(args ?? {}), hasPending);
  if (problem) {
    const error = new TypeError(describeCall(definition, name, problem));
    Error.captureStackTrace(error, caller);
    throw error;
  }
}

function describeCall({ getter }: LookupDefinition, name: string, problem: string): string {
  return `${getter}(${JSON.stringify(name)}): ${problem}`;
}

/** Whether a value, or one inside it, is only known later. */
function hasPending(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    return true;
  }
  return typeof value === "object" && value !== null && Object.values(value).some(hasPending);
}

/** The arguments that are given at all. */
function given(args: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).filter(([, value]) => value !== undefined && value !== null),
  );
}
