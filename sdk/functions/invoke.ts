// How a function of a lookup runs: its arguments checked at the call, the settings of the stack that the program belongs
// to, the client loaded by the first call. Used by the other files of functions/.
// This room is the entry "pulumi-vpcep/functions"; it may import of sdk/ what makes no resource.
import * as pulumi from "@pulumi/pulumi";
import { describeValue } from "../../provider/errors/describeValue";
import type { FunctionOptions, Listeners, runFunction } from "../../provider/functions/run";
import { signalProblem } from "../../provider/lookups/arguments";
import type { LookupDefinition } from "../../provider/lookups/definition";
import { takeArguments } from "../arguments";
import {
  creations,
  type DependsOn,
  dependsOnProblem,
  hasPending,
  isPending,
  isUnread,
  pathOf,
  resourcesOf,
} from "../dependencies";
import type { Caller } from "../lookupResource";
import { checkResolved, secretsOf } from "../question";

interface Provider {
  readonly runFunction: typeof runFunction;
}

/** The options of a function that gives a promise. */
export interface InvokeOptions {
  /** Ends the lookup at once, with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The options of a function that gives an output. */
export interface InvokeOutputOptions {
  /** While anything of it is still to be created, the result is unknown and nothing is sent. */
  dependsOn?: DependsOn | undefined;
}

/** Runs a lookup whose arguments are all known. */
export async function invoke<Result>(
  definition: LookupDefinition,
  args: object,
  opts: InvokeOptions | undefined,
  caller: Caller,
): Promise<Result> {
  const { getter } = definition;
  const taken = takeArguments(definition, args);
  const later = pathOf(taken.problem === undefined ? taken.asked : args, isPending);
  const problem =
    later === undefined
      ? (callProblem(definition, args, opts, ["signal"]) ?? taken.problem ?? signalProblem(opts?.signal))
      : `${later || "the first argument"} is an output or a promise, whose value comes later: call ${getter}Output, which waits for it`;
  if (problem !== undefined || taken.problem !== undefined) {
    throw malformed(`${getter}: ${problem}`, caller);
  }
  return run<Result>(definition, taken.asked, { signal: opts?.signal });
}

/** Runs a lookup once its arguments are known, and all has been created that it depends on. */
export function invokeOutput<Result>(
  definition: LookupDefinition,
  args: object,
  opts: InvokeOutputOptions | undefined,
  caller: Caller,
): pulumi.Output<Result> {
  const call = `${definition.getter}Output`;
  const taken = takeArguments(definition, args);
  const dependsOn = opts?.dependsOn;
  const problem = isPending(args)
    ? "the first argument is an output or a promise: give an object, whose members may be either"
    : (callProblem(definition, args, opts, ["dependsOn"]) ?? taken.problem ?? dependsOnProblem(dependsOn));
  if (problem !== undefined || taken.problem !== undefined) {
    throw malformed(`${call}: ${problem}`, caller);
  }
  const { asked } = taken;
  if (!hasPending(asked)) {
    const created = creations({ sources: undefined, dependsOn });
    const read = () => run<Result>(definition, asked, {});
    return pulumi.output(onceCreated(created, read)) as pulumi.Output<Result>;
  }
  // One output for all that is waited for: each is a dozen promises of Pulumi's.
  const resolved = pulumi.output(asked as object);
  const result = resolved.apply(async (known) => {
    if (isUnread(known)) {
      return pulumi.unknown;
    }
    const [sources, secretArguments] = await Promise.all([resourcesOf(resolved), secretsOf(asked, resolved)]);
    const created = creations({ sources: sources.length > 0 ? sources : undefined, dependsOn });
    const read = () => {
      const args = checkResolved(definition, call, asked, known, secretArguments);
      return run<Result>(definition, args, { secretArguments });
    };
    return onceCreated(created, read);
  });
  return result as pulumi.Output<unknown> as pulumi.Output<Result>;
}

function onceCreated<Result>(
  created: pulumi.Output<unknown>[],
  read: () => Promise<Result>,
): pulumi.Input<Result> {
  return created.length === 0 ? read() : pulumi.all(created).apply(read);
}

/** What is wrong with the kinds of the arguments of a call, or undefined when nothing is. */
function callProblem(
  { getter }: LookupDefinition,
  args: unknown,
  opts: unknown,
  known: readonly string[],
): string | undefined {
  if (typeof args === "string") {
    return `the first argument is an object of arguments, but is ${describeValue(args)}. The lookup that has a name in the stack is ${getter} of "pulumi-vpcep"`;
  }
  const isObject = typeof opts === "object" && opts !== null && !Array.isArray(opts);
  if ((opts ?? undefined) !== undefined && (!isObject || isPending(opts))) {
    return `the second argument is an object of options, but is ${describeValue(opts)}`;
  }
  const unknown = Object.keys(opts ?? {}).find((name) => !known.includes(name));
  return unknown === undefined
    ? undefined
    : `${unknown} is no option of this function: it has ${known.join(", ")} alone`;
}

/** An error whose stack begins at the caller's own line. */
function malformed(message: string, caller: Caller): TypeError {
  const error = new TypeError(message);
  Error.captureStackTrace(error, caller);
  return error;
}

/** Progress is shown while it goes on, and not kept. */
const listeners: Listeners = {
  log: (line) => pulumi.log.info(line, undefined, undefined, true),
  warn: (line) => pulumi.log.warn(line),
};

function run<Result>(
  definition: LookupDefinition,
  args: Record<string, unknown>,
  options: FunctionOptions,
): Promise<Result> {
  // By its own name: a program that catches a VpcepError has it from the same copy. Loaded when there is something to send.
  const { runFunction }: Provider = require("pulumi-vpcep/provider");
  const { getStackResource, allConfig } = pulumi.runtime;
  const programRun = { ...listeners, stack: getStackResource(), config: allConfig() };
  return runFunction(programRun, definition, args, options) as Promise<Result>;
}
