// The settings of one instance of the provider: the inputs of a provider in the program, else what of the stack's
// configuration is `vpcep:`. Nothing of another namespace arrives here. Used by provider.ts and service.ts.
import schema from "../../plugin/schema.json";
import { meant } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import { hiddenTexts } from "../errors/hiddenTexts";
import { given } from "../lookups/arguments";
import { configuredAccounts, settingText } from "../settings/accounts";
import { configurationFamily } from "../settings/families";
import { configurationKeys, type SettingFamily } from "../settings/table";
import { unsupportedKeys } from "../settings/unsupported";
import { isObject, mapped, type Received, secretValue, type Values } from "./values";

/** A value as the schema describes it. */
interface Spec {
  readonly type?: string;
  readonly secret?: boolean;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Spec>>;
  readonly additionalProperties?: Spec;
}

const inputs: Readonly<Record<string, Spec>> = schema.provider.inputProperties;
const types: Readonly<Record<string, Spec>> = schema.types;

const isText = (name: string) => ["string", "integer"].includes(inputs[name]?.type ?? "");

/** Whether a setting is a secret, or an object that may have one. */
export const holdsSecret = (name: string) => inputs[name]?.secret === true;

/**
 * Stands for a setting that is not known in a preview. The engine asks nothing of a provider that has one, and gives the
 * result of each function as known and empty: so the engine is not told. It is told where the setting may hold a secret,
 * since it prints what has become of a text that an update plan has.
 */
const notKnownYet = "(not known in this preview)";

/** Settings as the engine is to keep them, with what is secret marked, since it keeps all else as it is. */
export function settingsForEngine({ values, unknown }: Received): Values {
  return mapped(values, (value, name) => {
    const isKnown = !unknown.includes(name);
    return isKnown || holdsSecret(name) ? withMarks(value, inputs[name]) : notKnownYet;
  });
}

/** Marked are the members of what is an object: the engine marks what else in it is marked in the program. */
function withMarks(value: unknown, spec: Spec = {}): unknown {
  const { properties, additionalProperties } = types[spec.$ref?.replace("#/types/", "") ?? ""] ?? spec;
  if (isObject(value)) {
    return mapped(value, (each, name) => withMarks(each, additionalProperties ?? properties?.[name]));
  }
  return spec.secret && value !== null ? secretValue(value) : value;
}

/** The settings that are not known yet, in what the engine keeps of them. */
export function unknownSettings(settings: Values): string[] {
  return Object.keys(settings).filter((name) => settings[name] === notKnownYet);
}

/** What is said of settings that are not known yet, where there are any. */
export function unknownProblem(names: readonly string[], prefix: string, why = ""): string | undefined {
  const all = names.map((name) => `${prefix}${name}`).join(" and ");
  const nextStep =
    "Name what is still to be created, and decides it, in the dependsOn of the function too, so that its result is not known either";
  return names.length > 0 ? `not known in this preview: ${all}. ${why}${nextStep}` : undefined;
}

/** What stands before the name of a setting in an error: one of the stack's configuration is called by its key there. */
export function prefixOf(provider: string): string {
  return /^(default(_.*)?)?$/.test(provider) ? "vpcep:" : `provider ${JSON.stringify(provider)}: `;
}

/** What is wrong with settings; what is not known yet is passed over, and what Pulumi adds itself. */
export function settingsProblems({ values, unknown }: Received, prefix: string): string[] {
  const passed = [...unknown, "version", "pluginDownloadURL"];
  const known: readonly string[] = [...configurationKeys, ...unsupportedKeys];
  const settings = Object.entries(given(values)).filter(([name]) => !passed.includes(name));
  return settings.flatMap(([name, value]) => {
    try {
      if (!known.includes(name)) {
        const all = configurationKeys.join(", ");
        throw new VpcepError(
          "VPCEP_CONFIG",
          `${prefix}${name} is no setting of the provider. The settings are ${all}${meant(name, known)}`,
        );
      }
      const family = settingsFamily({ [name]: value }, prefix);
      family.get(`${prefix}${name}`);
      configuredAccounts([[family]]);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

/** Settings as a source; `prefix` is what an error puts before their names. */
export function settingsFamily(settings: Values, prefix: string): SettingFamily {
  const get = (name: string) => {
    const key = name.slice(prefix.length);
    // Some languages send an object as it is, some as its JSON; what is no setting may be anything.
    return settingText(name, settings[key], isText(key) ? [] : ["boolean", "object"]);
  };
  return configurationFamily(prefix, get, prefix === "vpcep:" ? "stack" : "provider");
}

/**
 * The texts that are secret by a mark. One on the whole of what has secrets among its members says no more than that, since the
 * engine sets it for any of them.
 */
export function markedTexts({ values, secretParts }: Received): string[] {
  const holders = Object.keys(values).filter((name) => holdsSecret(name) && !isText(name));
  const wholes = holders.map((name) => values[name]);
  return secretParts.filter((part) => !wholes.includes(part)).flatMap(hiddenTexts);
}
