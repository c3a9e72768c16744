// Clients with settings of their own, and the stack's configuration as the provider gets it. Used by the tests beside it.

import { VpcepClient } from "../../provider/client";
import { VpcepError } from "../../provider/errors";
import { openSession } from "../../provider/session";
import { resolveSettings } from "../../provider/settings";
import { configurationFamily, environmentSource } from "../../provider/settingsTable";

export type Values = Readonly<Record<string, string>>;

/** A client as the provider makes it: from a configuration, an environment and a home folder. */
export function clientOf(config: Values, environment: Values, home = "/nonexistent"): VpcepClient {
  const families = ["vpcep:", "huaweicloud:"].map((prefix) =>
    configurationFamily(prefix, (name) => config[name]),
  );
  const settings = resolveSettings({}, [families, environmentSource(environment)], home);
  return new VpcepClient(settings, openSession(settings.caFile));
}

/** The configuration of a stack, as Pulumi's host hands it to the provider. */
export function stackConfig(values: Values): {
  get(key: string): string | undefined;
  require(key: string): string;
} {
  return { get: (key) => values[key], require: (key) => values[key] ?? "" };
}

/** The error of something that has to fail. */
export async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<VpcepError> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof VpcepError) {
      return error;
    }
    throw error;
  }
  throw new Error("nothing failed");
}
