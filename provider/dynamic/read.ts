// What the provider process does for a lookup: checks the resolved arguments, reads, and answers the engine in its
// terms. Reached by the serialised object in lookupProvider.ts through the package's own name.
// This room knows Pulumi's dynamic host; index.ts may enter, and sdk/ for the serialised object.
import type { dynamic } from "@pulumi/pulumi";
import { VpcepClient } from "../client/client";
import { resolveConfiguration } from "../client/configuration";
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { Secrets, textsOf } from "../errors/redaction";
import { definitionOf } from "../lookups";
import { given } from "../lookups/arguments";
import type { LookupDefinition } from "../lookups/definition";
import { openSession, type Session } from "../requests/session";
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
    const { region, projectId, ...args } = refreshing ? forRefresh(definition, asked) : asked;
    const client = sharedClient(textArgument("region", region), textArgument("projectId", projectId), config);
    const read = await client.run(definition, args, { refreshing, ...secret });
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
    const values = (secret.secretArguments ?? []).flatMap((name) => textsOf(asked[name]));
    throw withoutStack(error.reworded((what) => new Secrets(values).everywhere(what)));
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

/** What the lookups of one stack configuration share, as long as the provider process lives. */
interface Shared {
  readonly clients: Map<string, VpcepClient>;
  session: Session | undefined;
}

const sharedByConfig = new WeakMap<object, Shared>();
const withoutConfig = {};

/** One client for every place that lookups ask for, all on one session. */
function sharedClient(
  region: string | undefined,
  projectId: string | undefined,
  config: dynamic.Config | undefined,
): VpcepClient {
  const owner = config ?? withoutConfig;
  const shared: Shared = sharedByConfig.get(owner) ?? { clients: new Map(), session: undefined };
  sharedByConfig.set(owner, shared);
  const key = JSON.stringify([region, projectId]);
  let client = shared.clients.get(key);
  if (!client) {
    const settings = resolveConfiguration({ region, projectId }, [
      configurationSource((name) => config?.get(name)),
      environmentSource(process.env),
    ]);
    shared.session ??= openSession(settings.caFile);
    client = new VpcepClient(settings, shared.session, console.log);
    shared.clients.set(key, client);
  }
  return client;
}

function textArgument(name: string, value: unknown): string | undefined {
  if (value !== undefined && typeof value !== "string") {
    throw new VpcepError("VPCEP_CONFIG", `${name} must be a string, but is ${describeValue(value)}`);
  }
  return value;
}
