// Proves that the committed schema of the plugin is up to date and whole, and what the folder that ships has beside it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lookups } from "../../provider/lookups";
import { type LookupDefinition, outputNames } from "../../provider/lookups/definition";
import { configurationKeys, type Setting, settingsTable } from "../../provider/settings/table";
import { schema } from "./schema";

const root = join(__dirname, "..", "..");
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));

interface Described {
  readonly description?: string;
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
}

const { config, provider, functions, types, name, version, resources } = schema as {
  readonly name: string;
  readonly version: string;
  readonly resources?: object;
  readonly config: { readonly variables: Readonly<Record<string, Described>> };
  readonly provider: { readonly inputProperties: Readonly<Record<string, Described>> };
  readonly functions: Readonly<
    Record<string, { inputs: Described; outputs: Described; description: string }>
  >;
  readonly types: Readonly<Record<string, Described>>;
};

describe("the schema of the plugin", () => {
  it("is what the generator writes", () => {
    const committed = JSON.stringify(readJson("plugin/schema.json"));
    assert.equal(
      committed,
      JSON.stringify(schema),
      "plugin/schema.json is out of date: run `npm run schema`",
    );
  });

  it("has the version of the package, and so has the folder, which needs no other package", () => {
    const own = readJson("plugin/package.json");
    assert.deepEqual([name, version, own.version], ["vpcep", readJson("package.json").version, version]);
    assert.deepEqual(
      [own.dependencies, own.devDependencies, readJson("package.json").pulumi],
      [undefined, undefined, undefined],
    );
  });

  it("has every lookup as a function, with all that it takes and gives, and no resource", () => {
    const all = Object.values(lookups as Record<string, LookupDefinition>);
    assert.deepEqual(
      Object.keys(functions),
      all.map(({ getter }) => `vpcep:index:${getter}`),
    );
    assert.equal(resources, undefined);
    for (const definition of all) {
      const { inputs, outputs } = functions[`vpcep:index:${definition.getter}`] ?? assert.fail();
      const args = Object.entries(definition.arguments);
      assert.deepEqual(
        Object.keys(inputs.properties ?? {}),
        args.map(([key]) => key),
      );
      assert.deepEqual(
        inputs.required,
        args.filter(([, { required }]) => required).map(([key]) => key),
      );
      assert.deepEqual(Object.keys(outputs.properties ?? {}), outputNames(definition));
    }
    const { required } = functions["vpcep:index:findEndpointService"]?.outputs ?? {};
    assert.deepEqual(required, ["projectId", "region", "exists"]);
  });

  it("has every setting, for a stack and for a provider, with what holds a secret marked", () => {
    assert.deepEqual(Object.keys(config.variables), configurationKeys);
    assert.deepEqual(provider.inputProperties, config.variables);
    const holdsSecret = (key: string) =>
      key === "accounts" ||
      Object.entries<Setting>(settingsTable).some(
        ([each, { secret }]) => secret && each.split(".")[0] === key,
      );
    for (const [key, { secret = false }] of Object.entries(config.variables)) {
      assert.equal(secret, holdsSecret(key), key);
    }
  });

  it("describes everything in words for every language", () => {
    const seen: string[] = [];
    const visit = (path: string, each: Described): void => {
      seen.push(`${path}: ${each.description}`);
      for (const [key, property] of Object.entries(each.properties ?? {})) {
        visit(`${path}.${key}`, property);
      }
    };
    for (const [token, type] of Object.entries({ ...types, ...config.variables })) {
      visit(token, type);
    }
    for (const [token, { inputs, outputs, description }] of Object.entries(functions)) {
      visit(token, { description, properties: { ...inputs.properties, ...outputs.properties } });
    }
    assert.ok(seen.length > 300);
    const ends = /(\.|https:\/\/\S+)$/;
    const ofOneLanguage = /@link|Promise|TypeScript|pulumi\.|undefined|\bResource\b|`null`/;
    assert.deepEqual(
      seen.filter((text) => !ends.test(text) || ofOneLanguage.test(text)),
      [],
    );
  });
});
