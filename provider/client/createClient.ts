// The client for users without Pulumi, from settings and the environment. Exported by index.ts.
import { describeValue } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { inheritedProblem, ownMembers } from "../lookups/ownMembers";
import { openSession } from "../requests/session";
import { configurationFamily, environmentSource, type SettingKey, settingsTable } from "../settings/table";
import { unsupportedKeys } from "../settings/unsupported";
import { VpcepClient } from "./client";
import { resolveConfiguration } from "./configuration";

/** The settings of a client; whatever is left out comes from the environment. All values as in the README's table. */
export type VpcepClientOptions = { readonly [Key in SettingKey]?: string | number | undefined } & {
  /** Is told, in one line a field, what of the records could not be read; else nobody is. What it throws is passed over. */
  readonly onWarning?: ((line: string) => void) | undefined;
};

/**
 * Makes a client that reads VPCEP without Pulumi. Settings that are not given come from the environment.
 *
 * @throws {@link VpcepError} `VPCEP_CONFIG` when a setting is missing or malformed.
 * @example
 * ```ts
 * import { createVpcepClient } from "pulumi-vpcep/provider";
 *
 * async function main() {
 *   const client = createVpcepClient({ region: "eu-de" });
 *   const service = await client.getEndpointService({ id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
 *   console.log(service.vpcId, service.ports);
 *   await client.close();
 * }
 * void main();
 * ```
 */
export function createVpcepClient(options: VpcepClientOptions = {}): VpcepClient {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new VpcepError("VPCEP_CONFIG", `The settings must be an object, but are ${describeValue(options)}`);
  }
  const known = [...Object.keys(settingsTable), "onWarning"];
  const own = ownMembers(options, 1);
  const refused: readonly string[] = unsupportedKeys;
  const unknown = Object.keys(own).find((name) => !known.includes(name) && !refused.includes(name));
  const problem =
    inheritedProblem(options, known) ??
    (unknown === undefined
      ? undefined
      : `${unknown} is no setting of a client. The settings are ${known.join(", ")}`);
  if (problem !== undefined) {
    throw new VpcepError("VPCEP_CONFIG", problem);
  }
  const { onWarning } = own;
  if (onWarning !== undefined && typeof onWarning !== "function") {
    throw new VpcepError("VPCEP_CONFIG", `onWarning must be a function, but is ${describeValue(onWarning)}`);
  }
  const given = configurationFamily("", (key) => settingText(key, own[key as SettingKey]));
  const settings = resolveConfiguration({}, [[given], environmentSource(process.env)]);
  return new VpcepClient(settings, openSession(settings.caFile), undefined, onWarning);
}

function settingText(key: string, value: unknown): string | undefined {
  if (typeof (value ?? "") !== "string" && typeof value !== "number") {
    throw new VpcepError(
      "VPCEP_CONFIG",
      `${key} must be a string or a number, but is ${describeValue(value)}`,
    );
  }
  return value?.toString();
}
