// Clients with settings of their own, and the stack's configuration as the provider gets it. Used by the tests beside it.

import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { openSession } from "../../../provider/requests/session";
import { configurationSource, environmentSource } from "../../../provider/settings/families";

export { errorOf } from "../lookups";

export type Values = Readonly<Record<string, string>>;

/** A client as the provider makes it: from a configuration, an environment and a home folder. */
export function clientOf(config: Values, environment: Values, home = "/nonexistent"): VpcepClient {
  const sources = [configurationSource((name) => config[name]), environmentSource(environment, home)];
  const settings = resolveConfiguration({}, sources, home, environment);
  return new VpcepClient(settings, openSession(settings.caFile));
}

/** The configuration of a stack, as Pulumi's host hands it to the provider. */
export function stackConfig(values: Values): {
  get(key: string): string | undefined;
  require(key: string): string;
} {
  return { get: (key) => values[key], require: (key) => values[key] ?? "" };
}
