// What a function of "pulumi-vpcep/functions" does in the program's own process: the settings of the run, a session of the
// run's own, the record. Reached by sdk/functions/ through the package's own name, so that there is one copy of the client.
// This room knows the process of a program; index.ts may enter.
import { type Listeners, SharedClients } from "../client/sharedClients";
import { VpcepError } from "../errors/errors";
import { asRunError } from "../errors/uncaught";
import type { ArgumentValues, LookupDefinition, OutputValues } from "../lookups/definition";
import { configurationSource, environmentKey, environmentSource } from "../settings/families";
import { workingFolder } from "../settings/files";

export type { Listeners };

/** A run of a program, as Pulumi tells it. */
export interface ProgramRun extends Listeners {
  /** What stands for the run: its stack; undefined outside of one. */
  readonly stack: object | undefined;
  /** The configuration of the stack, every namespace. */
  readonly config: Readonly<Record<string, string>>;
}

/** How a function is run. */
export interface FunctionOptions {
  readonly signal?: AbortSignal | undefined;
  readonly secretArguments?: readonly string[] | undefined;
}

/**
 * The outputs of a lookup, or null where it looked for what does not exist.
 *
 * @throws {@link VpcepError} that is one line where nobody catches it, or the signal's reason.
 */
export async function runFunction(
  run: ProgramRun,
  definition: LookupDefinition,
  args: ArgumentValues,
  { signal, secretArguments = [] }: FunctionOptions,
): Promise<OutputValues | null> {
  try {
    const { outputs } = await clientsOf(run).run(definition, args, { signal, secretArguments });
    if (!definition.finds) {
      return outputs;
    }
    const { exists, ...record } = outputs;
    return exists ? record : null;
  } catch (error) {
    throw error instanceof VpcepError ? asRunError(error) : error;
  }
}

const clientsByRun = new WeakMap<object, Map<string, SharedClients>>();
const outsideOfStacks = {};

/**
 * What the functions of one run share that are configured alike and find the same files, each of which is read once. Programs of several stacks may share a process, and a
 * credential that one run was refused is tried again by the next.
 */
function clientsOf({ stack = outsideOfStacks, config, log, warn }: ProgramRun): SharedClients {
  const ofRun = clientsByRun.get(stack) ?? new Map<string, SharedClients>();
  clientsByRun.set(stack, ofRun);
  const own = Object.entries(config).filter(([name]) => /^(vpcep|huaweicloud):/.test(name));
  const configured = own.map(([, value]) => value);
  const key = JSON.stringify([own, environmentKey(process.env, configured), workingFolder()]);
  let clients = ofRun.get(key);
  if (!clients) {
    const environment = { ...process.env };
    const sources = () => [configurationSource((name) => config[name]), environmentSource(environment)];
    clients = new SharedClients(sources, { log, warn });
    ofRun.set(key, clients);
  }
  return clients;
}
