// The resource behind every lookup: a definition's arguments and outputs, an id for the engine, and the checks at the
// call. Loads of provider/ only what loads nothing; used by every other file of sdk/.
import * as pulumi from "@pulumi/pulumi";
import { lookupProvider } from "../provider/dynamic/lookupProvider";
import { providerProcessProblem } from "../provider/dynamic/providerProcess";
import { describeValue } from "../provider/errors/describeValue";
import { asRunError } from "../provider/errors/uncaught";
import { missingArgument } from "../provider/lookups/arguments";
import { type LookupDefinition, outputNames } from "../provider/lookups/definition";
import { takeArguments } from "./arguments";
import { creations, resourcesOf } from "./dependencies";
import { describeCall, questionOf } from "./question";
import { leaveOutTraces } from "./stackTraces";

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
    const asked = checkArguments(definition, name, args, caller);
    checkProviderProcess(definition, name);
    const question = questionOf(definition, name, asked);
    // Pulumi gives a program only the outputs that it has named before; the read fills them all.
    const outputs = Object.fromEntries(outputNames(definition).map((key) => [key, question.answer]));
    const self: Self = {};
    const sources = question.args && resourcesOf(question.args);
    const waits = { sources, dependsOn: opts?.dependsOn };
    const showTraces = leaveOutTraces(LookupResource.prototype);
    try {
      super(
        lookupProvider,
        name,
        { ...outputs, ...question.inputs },
        {
          ...opts,
          id: onceCreated(
            question.id,
            creations(waits, (resource) => resource === self.resource),
          ),
        },
        "vpcep",
        definition.type,
      );
    } finally {
      showTraces();
    }
    self.resource = this;
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

/** The lookup itself, once it is constructed: its own component may be what it depends on. */
interface Self {
  resource?: pulumi.Resource;
}

/** The id once all is known that it waits for. */
function onceCreated(id: pulumi.Input<string>, created: pulumi.Output<unknown>[]): pulumi.Input<string> {
  return created.length === 0 ? id : pulumi.all([id, pulumi.all(created)]).apply(([known]) => known);
}

/** The arguments; refuses malformed plain ones with an error whose stack begins at the caller's own line. */
function checkArguments(
  definition: LookupDefinition,
  name: string,
  args: object,
  caller: Caller,
): Record<string, unknown> {
  const taken = takeArguments(definition, args ?? {});
  const isNamed = typeof name === "string" && name !== "";
  if (isNamed && taken.problem === undefined) {
    return taken.asked;
  }
  const problem = isNamed
    ? (missingProblem(definition, args) ?? taken.problem)
    : nameProblem(definition, name);
  const error = new TypeError(`${describeCall(definition, name)}: ${problem}`);
  Error.captureStackTrace(error, caller);
  throw error;
}

/** Refuses a lookup that the provider process could not serve. No line of the program is to blame. */
function checkProviderProcess(definition: LookupDefinition, name: string): void {
  const problem = providerProcessProblem();
  if (problem) {
    throw asRunError(new Error(`${describeCall(definition, name)}: ${problem}`));
  }
}

function missingProblem(definition: LookupDefinition, args: object): string | undefined {
  const missing = missingArgument(definition, Object(args));
  return (
    missing &&
    `${missing} is missing: ${definition.type} is read, never created. Call ${definition.getter}(name, { ${missing} })`
  );
}

function nameProblem({ getter }: LookupDefinition, name: unknown): string {
  const problem = `the first argument is the resource's name in the stack, and must be a text that is not empty, but is ${describeValue(name)}`;
  return typeof name === "object" && name !== null
    ? `${problem}. The function without a name is ${getter} of "pulumi-vpcep/functions"`
    : problem;
}
