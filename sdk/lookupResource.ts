// The resource behind every lookup: a definition's arguments and outputs, an id for the engine, and the checks at the
// call. Loads of provider/ only what loads nothing; used by every other file of sdk/.
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { lookupProvider } from "../provider/dynamic/lookupProvider";
import { describeValue } from "../provider/errors/describeValue";
import { argumentsProblem, withoutValue } from "../provider/lookups/arguments";
import { type LookupDefinition, outputNames } from "../provider/lookups/definition";
import { type DependsOn, dependencyIds, unknownWhereUnread } from "./dependencies";

/** The fields of a record as the outputs of a resource. */
export type OutputsOf<Fields> = { readonly [Name in keyof Fields]: pulumi.Output<Fields[Name]> };

/** A lookup that has been read: every output of it, beside its name in the stack and its id. */
export type Lookup<Outputs> = pulumi.CustomResource & OutputsOf<Outputs>;

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
    const question = questionOf(definition, name, given(args));
    // Pulumi gives a program only the outputs that it has named before; the read fills them all.
    const outputs = Object.fromEntries(outputNames(definition).map((key) => [key, question.answer]));
    // Pulumi makes a stack trace for every promise of a resource, some hundred for a lookup with its many outputs. They
    // took nine tenths of the time of a lookup, and none of them would say more than the line of the call.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      super(
        lookupProvider,
        name,
        { ...outputs, ...question.inputs },
        { ...opts, id: opts?.dependsOn ? onceCreated(question.id, opts.dependsOn) : question.id },
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

/** The id once everything that is depended on has been created. */
function onceCreated(id: pulumi.Input<string>, dependsOn: DependsOn): pulumi.Output<string> {
  const isLookup = (resource: pulumi.Resource) => resource instanceof LookupResource;
  return pulumi.all([id, dependencyIds(dependsOn, isLookup)]).apply(([known]) => known);
}

/** What is asked, as Pulumi keeps it in the state, apart from the answer. */
interface Question {
  /** Unknown as long as any argument is: a read without one of them would read the wrong place. */
  readonly id: pulumi.Input<string>;
  readonly inputs: pulumi.Inputs;
  /** Stands for each output until it is read. The engine marks an output secret where this is. */
  readonly answer: pulumi.Output<undefined> | undefined;
}

/**
 * The question of a lookup. Values that come later are checked when they come: the engine refuses an id that is no
 * string without a reason. Whatever repeats or follows from a secret is secret, and an id, which is never encrypted, is
 * a hash then.
 */
function questionOf(definition: LookupDefinition, name: string, asked: Record<string, unknown>): Question {
  const inputs = { lookup: definition.name, asked };
  if (!hasPending(asked)) {
    return { id: idOf(definition, asked, []), inputs, answer: undefined };
  }
  const args = unknownWhereUnread(pulumi.output(asked));
  const secretArguments = pulumi.output(secretsOf(asked));
  const id = pulumi.all([args, secretArguments]).apply(([known, secrets = []]) => {
    const problem = emptyOutput(asked, known) ?? argumentsProblem(definition, given(known));
    if (problem) {
      const shown = secrets.length > 0 ? withoutValue(problem) : problem;
      throw new TypeError(describeCall(definition, name, shown));
    }
    return idOf(definition, given(known), secrets);
  });
  return {
    id: pulumi.unsecret(id),
    inputs: { ...inputs, secretArguments },
    answer: args.apply(() => undefined),
  };
}

/** Says which argument has come out as nothing: left out, the lookup would read something else. */
function emptyOutput(asked: object, known: Readonly<Record<string, unknown>>): string | undefined {
  const name = Object.keys(asked).find((key) => (known[key] ?? undefined) === undefined);
  return name === undefined
    ? undefined
    : `${name} is an output whose value is ${known[name]}. Where it comes from another stack, check that the stack has an output of that name`;
}

/** The names of the arguments that are secret, or undefined where none is. */
async function secretsOf(asked: Record<string, unknown>): Promise<string[] | undefined> {
  const names: string[] = [];
  for (const [name, value] of Object.entries(asked)) {
    // One that fails, fails the lookup where its value is needed.
    if (await pulumi.isSecret(pulumi.output(value)).catch(() => false)) {
      names.push(name);
    }
  }
  return names.length > 0 ? names : undefined;
}

/** The id that is looked up, else a stable text of the arguments; a hash where it would be long or tell a secret. */
function idOf(
  definition: LookupDefinition,
  args: Readonly<Record<string, unknown>>,
  secrets: readonly string[],
): string {
  const { id } = args;
  if (typeof id === "string" && !secrets.includes("id")) {
    return id;
  }
  const text = Object.keys(definition.arguments)
    .filter((key) => args[key] !== undefined)
    .map((key) => `${key}=${typeof args[key] === "string" ? args[key] : JSON.stringify(args[key])}`)
    .join("&");
  const isHash = secrets.length > 0 || text.length > 200;
  const short = isHash ? createHash("sha256").update(text).digest("hex") : text;
  return short === "" ? definition.name : `${definition.name}?${short}`;
}

/** Refuses malformed plain arguments with an error whose stack begins at the caller's own line. */
function checkArguments(definition: LookupDefinition, name: string, args: object, caller: Caller): void {
  const problem =
    typeof name === "string" && name !== ""
      ? argumentsProblem(definition, given(args ?? {}), hasPending)
      : `the first argument is the resource's name in the stack, and must be a text that is not empty, but is ${describeValue(name)}`;
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
