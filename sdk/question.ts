// What a lookup asks, as Pulumi keeps it in the state apart from the answer: arguments that may come later, or be secret.
// Used by lookupResource.ts.
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { asRunError } from "../provider/errors/uncaught";
import { argumentsProblem, given, withoutValue } from "../provider/lookups/arguments";
import type { LookupDefinition } from "../provider/lookups/definition";
import { hasPending, isPending, pathTo, unknownWhereUnread } from "./dependencies";

/** What is asked, as Pulumi keeps it in the state, apart from the answer. */
export interface Question {
  /** Unknown as long as any argument is: a read without one of them would read the wrong place. */
  readonly id: pulumi.Input<string>;
  readonly inputs: pulumi.Inputs;
  /** The arguments as they come, where one of them is only known later. */
  readonly args: pulumi.Output<object> | undefined;
  /** Stands for each output until it is read. The engine marks an output secret where this is. */
  readonly answer: pulumi.Output<undefined> | undefined;
}

/**
 * The question of a lookup. Values that come later are checked when they come: the engine refuses an id that is no
 * string without a reason. Whatever repeats or follows from a secret is secret, and an id, which is never encrypted, is
 * a hash then.
 */
export function questionOf(
  definition: LookupDefinition,
  name: string,
  asked: Record<string, unknown>,
): Question {
  const inputs = { lookup: definition.name, asked };
  if (!hasPending(asked)) {
    return { id: idOf(definition, asked, []), inputs, args: undefined, answer: undefined };
  }
  const call = describeCall(definition, name);
  const args = unknownWhereUnread(pulumi.output(asked));
  const secretArguments = secretsOf(asked, args);
  const id = args.apply(async (known) => {
    const secrets = await secretArguments;
    return idOf(definition, checkResolved(definition, call, asked, known, secrets), secrets ?? []);
  });
  return {
    id: pulumi.unsecret(id),
    inputs: { ...inputs, secretArguments: pulumi.output(secretArguments) },
    args,
    answer: args.apply(() => undefined),
  };
}

/** Arguments once they have come: those that are given; fails where they are malformed. `call` is how an error names the call. */
export function checkResolved(
  definition: LookupDefinition,
  call: string,
  asked: Record<string, unknown>,
  known: object,
  secretArguments: readonly string[] | undefined,
): Record<string, unknown> {
  const problem = emptyOutput(asked, known) ?? argumentsProblem(definition, given(known));
  if (problem) {
    // No line of its stack would be the program's.
    throw asRunError(new TypeError(`${call}: ${secretArguments ? withoutValue(problem) : problem}`));
  }
  return given(known);
}

/** Says which argument, or part of one, has come out as nothing: left out, the lookup would ask something else. */
function emptyOutput(asked: unknown, known: unknown, path = ""): string | undefined {
  if (isPending(asked)) {
    return (known ?? undefined) === undefined
      ? `${path} is an output whose value is ${known}. Where it comes from another stack, check that the stack has an output of that name`
      : undefined;
  }
  if (typeof asked !== "object" || asked === null) {
    return undefined;
  }
  for (const [key, part] of Object.entries(asked)) {
    const inside = (known as Readonly<Record<string, unknown>> | undefined)?.[key];
    const problem = emptyOutput(part, inside, pathTo(asked, path, key));
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

/** The names of the arguments that are secret, or undefined where none is; `args` is all of them together. */
export async function secretsOf(
  asked: Record<string, unknown>,
  args: pulumi.Output<unknown>,
): Promise<string[] | undefined> {
  // What fails, fails the lookup where its value is needed.
  const isSecret = (value: pulumi.Output<unknown>) => pulumi.isSecret(value).catch(() => false);
  if (!(await isSecret(args))) {
    return undefined;
  }
  const names: string[] = [];
  for (const [name, value] of Object.entries(asked).filter(([, value]) => hasPending(value))) {
    if (await isSecret(pulumi.output(value))) {
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

/** How an error names the call of a lookup. */
export function describeCall({ getter }: LookupDefinition, name: unknown): string {
  return typeof name === "object" && name !== null ? getter : `${getter}(${JSON.stringify(name)})`;
}
