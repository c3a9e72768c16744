// What the provider process does for a lookup: checks the resolved arguments, reads, and answers the engine in its
// terms. Reached by the serialised object in lookupProvider.ts through the package's own name.
import type { dynamic } from "@pulumi/pulumi";
import { clientFor, type VpcepClient } from "./client";
import { VpcepError } from "./errors";
import { describeValue } from "./lookupArguments";
import { configurationFamily, environmentSource } from "./settingsTable";

/**
 * Serves a `read` of the engine: in every preview and update with the lookup's arguments, on refresh with its old outputs.
 *
 * @param id the id of the endpoint service
 * @param properties the arguments, or on refresh the outputs
 * @param config the configuration of the stack
 * @throws {@link VpcepError} without a stack, since the host prints it; only its message reaches the engine.
 */
export async function read(
  id: string,
  properties: Readonly<Record<string, unknown>> = {},
  config?: dynamic.Config,
): Promise<dynamic.ReadResult> {
  // Arguments alone hold no output, so what an earlier read returned is there on refresh only.
  const refreshing = "serviceId" in properties;
  try {
    const client = sharedClient(
      textArgument(properties, "region"),
      textArgument(properties, "projectId"),
      config,
    );
    return { id, props: await client.getEndpointService({ id }) };
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

/** Refuses to create an `EndpointService`, in a preview already: there is nothing to create. */
export function refuseCreation(): never {
  throw withoutStack(
    new VpcepError(
      "VPCEP_CONFIG",
      "An EndpointService is read, never created: call getEndpointService(name, { id }) or EndpointService.get(name, id)",
    ),
  );
}

/** The host prints an error and its stack as `${error}: ${error.stack}`: made to read as one clean line. */
function withoutStack(error: VpcepError): VpcepError {
  return Object.assign(error, { stack: error.message, toString: () => error.name });
}

/** One client for every place that lookups ask for, as long as the provider process lives. */
const clients = new WeakMap<object, Map<string, VpcepClient>>();
const withoutConfig = {};

function sharedClient(
  region: string | undefined,
  projectId: string | undefined,
  config: dynamic.Config | undefined,
): VpcepClient {
  const owner = config ?? withoutConfig;
  const known = clients.get(owner) ?? new Map<string, VpcepClient>();
  clients.set(owner, known);
  const key = JSON.stringify([region, projectId]);
  const client =
    known.get(key) ??
    clientFor({ region, projectId }, [
      ["vpcep:", "huaweicloud:"].map((prefix) => configurationFamily(prefix, (name) => config?.get(name))),
      environmentSource(process.env),
    ]);
  known.set(key, client);
  return client;
}

function textArgument(properties: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = properties[name] ?? undefined;
  if (value !== undefined && typeof value !== "string") {
    throw new VpcepError("VPCEP_CONFIG", `${name} must be a string, but is ${describeValue(value)}`);
  }
  return value;
}
