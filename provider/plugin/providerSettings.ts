// The settings of one instance of the provider: the inputs of a provider in the program, else what of the stack's
// configuration is `vpcep:`. Nothing of another namespace arrives here. Used by provider.ts and service.ts.
import { VpcepError } from "../errors/errors";
import { given } from "../lookups/arguments";
import { configuredAccounts } from "../settings/accounts";
import { configurationFamily } from "../settings/families";
import { configurationKeys, type SettingFamily } from "../settings/table";
import { unsupportedKeys } from "../settings/unsupported";
import type { Received, Values } from "./values";

/**
 * Stands for a setting that is not known in a preview. The engine asks nothing of a provider that has one, and gives the
 * result of each function as known and empty: so the engine is not told.
 */
const notKnownYet = "(not known in this preview)";

/** Settings as the engine is to keep them. */
export function settingsForEngine({ values, unknown }: Received): Values {
  return { ...values, ...Object.fromEntries(unknown.map((name) => [name, notKnownYet])) };
}

/** The settings that are not known yet. */
export function unknownSettings(settings: Values): string[] {
  return Object.keys(settings).filter((name) => settings[name] === notKnownYet);
}

/** What is wrong with settings, by their names; what is not known yet is passed over, and what Pulumi adds itself. */
export function settingsProblems({ values, unknown }: Received): [name: string, problem: string][] {
  const passed = [...unknown, "version", "pluginDownloadURL"];
  const known: readonly string[] = [...configurationKeys, ...unsupportedKeys];
  return Object.entries(given(values)).flatMap(([name, value]): [string, string][] => {
    try {
      if (!passed.includes(name) && !known.includes(name)) {
        const all = configurationKeys.join(", ");
        throw new VpcepError(
          "VPCEP_CONFIG",
          `${name} is no setting of the provider. The settings are ${all}`,
        );
      }
      const family = settingsFamily(passed.includes(name) ? {} : { [name]: value }, "");
      family.get(name);
      configuredAccounts([[family]]);
      return [];
    } catch (error) {
      return [[name, (error as Error).message]];
    }
  });
}

/** Settings as a source; `prefix` is what an error puts before their names. */
export function settingsFamily(settings: Values, prefix: string): SettingFamily {
  const get = (name: string) => {
    const value = settings[name.slice(prefix.length)] ?? undefined;
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      throw new VpcepError("VPCEP_CONFIG", `${name} must be a string: as a number it would lose digits`);
    }
    // Some languages send a number or an object as it is, some as its JSON.
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  return configurationFamily(prefix, get, prefix === "vpcep:" ? "stack" : "provider");
}
