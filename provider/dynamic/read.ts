// What the provider process does for a lookup: checks the resolved arguments, reads, and answers the engine in its
// terms. Reached by the serialised object in lookupProvider.ts through the package's own name.
// This room knows Pulumi's dynamic host; index.ts may enter, and sdk/ for the serialised object.
import type { dynamic } from "@pulumi/pulumi";
import { SharedClients } from "../client/sharedClients";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { definitionOf } from "../lookups";
import { given } from "../lookups/arguments";
import type { LookupDefinition } from "../lookups/definition";
import { configurationSource, environmentSource } from "../settings/families";
import { askedBefore, isAnswerOfBefore, nameOf } from "./earlierState";

/**
 * Serves a `read` of the engine: in every preview and update with what the program asks, on refresh with the old outputs.
 *
 * @param id the id of the resource
 * @param properties what is asked and the name of the lookup, or on refresh the outputs, which have both as well
 * @param config the configuration of the stack
 * @throws {@link VpcepError} without a stack, since the host prints it; only its message reaches the engine.
 */
export async function read(
  id: string,
  properties: Readonly<Record<string, unknown>> = {},
  config?: dynamic.Config,
): Promise<dynamic.ReadResult> {
  const name = nameOf(properties);
  const definition = definitionOf(name);
  if (!definition) {
    const problem = `this version of pulumi-vpcep has no lookup ${describeValue(name)}: install the one that wrote the state`;
    throw withoutStack(new VpcepError("VPCEP_CONFIG", problem));
  }
  const { asked, refreshing, ...secret } = questionOf(definition, id, properties);
  try {
    const args = refreshing ? forRefresh(definition, asked) : asked;
    const read = await clientsOf(config).run(definition, args, { refreshing, ...secret });
    // A refresh asks where this was found, whatever the configuration says then.
    const place = { region: read.outputs["region"], projectId: read.projectId };
    return { id, props: { lookup: name, asked: given({ ...asked, ...place }), ...secret, ...read.outputs } };
  } catch (error) {
    if (!(error instanceof VpcepError)) {
      throw error;
    }
    if (refreshing && error.code === "VPCEP_NOT_FOUND") {
      return { id: "", props: {} };
    }
    throw withoutStack(error);
  }
}

/** What was asked, and whether a refresh asks it again. */
interface Question {
  readonly asked: Record<string, unknown>;
  /** The names of those arguments whose values are secret. */
  readonly secretArguments?: readonly string[];
  readonly refreshing: boolean;
}

/** The question is a property of its own, beside the answer; in a state of before it is among the outputs. */
function questionOf(
  definition: LookupDefinition,
  id: string,
  properties: Readonly<Record<string, unknown>>,
): Question {
  const { asked, secretArguments } = properties;
  if (typeof asked !== "object" || asked === null) {
    return { asked: askedBefore(definition, id, properties), refreshing: isAnswerOfBefore(properties) };
  }
  return {
    asked: given(asked),
    ...(Array.isArray(secretArguments) ? { secretArguments: secretArguments.map(String) } : {}),
    // Every answer says in which region it was found.
    refreshing: typeof properties["region"] === "string",
  };
}

/** A refresh reads what is: it neither waits nor compares. */
function forRefresh(definition: LookupDefinition, asked: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asked).filter(([name]) => !definition.arguments[name]?.notOnRefresh),
  );
}

/** Refuses to create an `EndpointService`, in a preview already: there is nothing to create. */
export function refuseCreation(): never {
  throw withoutStack(
    new VpcepError(
      "VPCEP_CONFIG",
      "A lookup is read, never created: call getEndpointService(name, { id }) or EndpointService.get(name, id)",
    ),
  );
}

/** The host prints an error and its stack as `${error}: ${error.stack}`: made to read as one clean line. */
function withoutStack(error: VpcepError): VpcepError {
  return Object.assign(error, { stack: error.message, toString: () => error.name });
}

const clientsByConfig = new WeakMap<object, SharedClients>();
const withoutConfig = {};

/** What the lookups of one stack configuration share, as long as the provider process lives. */
function clientsOf(config: dynamic.Config | undefined): SharedClients {
  const owner = config ?? withoutConfig;
  let clients = clientsByConfig.get(owner);
  if (!clients) {
    const sources = () => [configurationSource((name) => config?.get(name)), environmentSource(process.env)];
    clients = new SharedClients(sources, { log: console.log, warn: console.log });
    clientsByConfig.set(owner, clients);
  }
  return clients;
}
