// The schema of the plugin, which follows from the definitions of lookups, the table of settings and the docstrings of both.
// Called by write.ts and by the test that it is up to date.
import { license, version } from "../../package.json";
import { lookups } from "../../provider/lookups";
import { type LookupDefinition, outputNames } from "../../provider/lookups/definition";
import { accountKeys } from "../../provider/settings/accounts";
import { lists } from "../../provider/settings/objects";
import { configurationKeys, membersOf, type Setting, settingsTable } from "../../provider/settings/table";
import { functionOf, type Spec, settingDescription, types } from "./declarations";

const settings: Readonly<Record<string, Setting>> = settingsTable;

/** What is said about settings that are objects. */
const objects: Readonly<Record<string, string>> = {
  endpoints: "Addresses, as the provider of Huawei Cloud has them.",
  oidc: "The identity token of a pipeline, in place of a stored credential.",
  assumeRole: "The agency to assume with the credential among these settings, or several in turn.",
  accounts: settingDescription("accounts"),
};

/** A setting that is a text or a number. */
function settingSpec(key: string): Spec {
  const { environment, secret, default: otherwise } = settings[key] as Setting;
  const description = [
    settingDescription(key),
    otherwise === "none" ? "" : ` Default: ${otherwise.replace(/^\S+[:/]\S+$/, "`$&`")}.`,
    environment.length === 0 ? "" : ` Environment: ${environment.map((name) => `\`${name}\``).join(", ")}.`,
  ].join("");
  return { type: /^\d+$/.test(otherwise) ? "integer" : "string", description, ...(secret ? { secret } : {}) };
}

function settingSpecs(keys: readonly string[]): Record<string, Spec> {
  return Object.fromEntries(keys.map((key) => [key, key in objects ? objectSpec(key) : settingSpec(key)]));
}

/** A setting that is an object of a type of its own, a list of such, or such by their names. */
function objectSpec(key: string): Spec {
  const members = (membersOf as ReadonlyMap<string, readonly string[]>).get(key);
  const properties = members
    ? Object.fromEntries(members.map((member) => [member.slice(key.length + 1), settingSpec(member)]))
    : settingSpecs(accountKeys);
  const name = members ? key.replace(/^./, (first) => first.toUpperCase()) : "Account";
  const description = objects[key];
  types[`vpcep:index:${name}`] = { description, type: "object", properties };
  const items = { $ref: `#/types/vpcep:index:${name}` };
  const isList = (lists as readonly string[]).includes(key);
  const type = isList
    ? { type: "array", items }
    : members
      ? items
      : { type: "object", additionalProperties: items };
  const isSecret = Object.values(properties).some(({ secret }) => secret);
  return { ...type, description, ...(isSecret ? { secret: true } : {}) };
}

function functionSpec(definition: LookupDefinition): Spec {
  const { getter, arguments: args, exactlyOneOf, permission } = definition;
  const { description, page, inputs, outputs } = functionOf(
    getter,
    Object.keys(args),
    outputNames(definition),
  );
  for (const name of Object.keys(args).filter((each) => args[each]?.plain)) {
    Object.assign(inputs.properties[name] as Spec, { plain: true });
  }
  const one = exactlyOneOf ? ` Exactly one of ${exactlyOneOf.join(" and ")} is given.` : "";
  const needs = permission.includes(":") ? `\n\nNeeds the permission \`${permission}\`.` : "";
  return { description: `${description}${one}${needs}\n\n${page}`, inputs, outputs };
}

function pluginSchema(): object {
  const inputProperties = settingSpecs(configurationKeys);
  const functions = Object.values(lookups).map((each) => [`vpcep:index:${each.getter}`, functionSpec(each)]);
  const language = { respectSchemaVersion: true };
  return {
    name: "vpcep",
    version,
    description: "Looks up VPC endpoint services (VPCEP), and only ever reads.",
    keywords: ["pulumi", "vpcep", "category/network"],
    license,
    config: { variables: inputProperties },
    types,
    provider: {
      description:
        "Where lookups read, and as whom. What is not set comes from the environment, and nothing from `huaweicloud:`.",
      type: "object",
      inputProperties,
    },
    functions: Object.fromEntries(functions),
    language: {
      // The package of programs in TypeScript has the name without the suffix.
      nodejs: { ...language, packageName: "pulumi-vpcep-plugin" },
      python: { ...language, packageName: "pulumi_vpcep", pyproject: { enabled: true } },
      go: { ...language, importBasePath: "pulumi-vpcep/sdk/go/vpcep" },
      csharp: { ...language, namespaces: { vpcep: "Vpcep" } },
    },
  };
}

/** The schema as it is committed. */
export const schema = pluginSchema();
