// Proves that the published JSON Schemas are up to date, take whatever the provider gives, and refuse what it never does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import fc from "fast-check";
import { createVpcepClient } from "../../provider";
import { endpointServiceOutputs } from "../../provider/lookups/endpointService";
import { readFields } from "../../provider/schema";
import { endpointServiceSchema } from "../../provider/schema/endpointService";
import { type Emulator, sampleEndpointService, startEmulator } from "../../sdk/testing";
import { jsonSchemas } from "./jsonSchemas";
import { broken, sample, variants } from "./records";

const folder = join(__dirname, "..", "..", "sdk", "schema");
const id = "4189d3c2-8882-4871-a3c2-d380272eed83";

/** A published schema, found as a program finds it: by the export of the package. */
function validatorOf(name: string): ValidateFunction {
  const schema = JSON.parse(readFileSync(require.resolve(`pulumi-vpcep/${name}`), "utf8"));
  return new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
}

function problemsOf(validate: ValidateFunction, value: unknown): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`.trim());
}

describe("the published JSON Schemas", () => {
  const validate = validatorOf("endpointService.schema.json");
  const validateQuickstart = validatorOf("quickstartOutputs.schema.json");
  let emulator: Emulator;
  let record: Record<string, unknown>;
  let missing: Record<string, unknown>;

  before(async () => {
    emulator = await startEmulator();
    record = await read();
  });

  after(() => emulator.close());

  /** What a lookup gives, of a service that the API sends with these changes. */
  async function read(changes?: Record<string, unknown>) {
    emulator.reset();
    emulator.putService(
      changes ? { ...sample, marker_id: "422321321312321321", ...changes } : sampleEndpointService,
    );
    const { VPCEP_ENDPOINT: endpoint, HW_REGION_NAME: region, HW_AUTH_TOKEN: token } = emulator.environment;
    const client = createVpcepClient({ endpoint, region, token, projectId: sample["project_id"] as string });
    try {
      const found = await client.getEndpointService({ id });
      missing = await client.lookUp("optionalEndpointService", { id: "none" });
      return found;
    } finally {
      await client.close();
    }
  }

  for (const [name, schema] of Object.entries(jsonSchemas)) {
    it(`are what the generator writes: ${name}`, () => {
      const committed = JSON.parse(readFileSync(join(folder, name), "utf8"));
      assert.equal(
        JSON.stringify(committed),
        JSON.stringify(schema),
        `sdk/schema/${name} is out of date: run \`npm run schema\``,
      );
    });
  }

  it("describe every output, in order, for a service that exists and one that does not", () => {
    const { anyOf } = jsonSchemas["endpointService.schema.json"] as {
      anyOf: { properties: Record<string, { description?: string }>; required: string[] }[];
    };
    assert.equal(anyOf.length, 2);
    for (const { properties, required } of anyOf) {
      assert.deepEqual(Object.keys(properties), [...endpointServiceOutputs, "exists"]);
      assert.deepEqual(
        required.filter((name) => name !== "exists"),
        [...endpointServiceOutputs],
      );
      for (const [name, { description }] of Object.entries(properties)) {
        assert.ok(description?.endsWith("."), `${name}: ${description}`);
      }
    }
  });

  it("take the record of the API reference's sample", () => {
    assert.deepEqual(problemsOf(validate, record), []);
    const { ports, vpcId, status } = record;
    assert.deepEqual(problemsOf(validateQuickstart, { ports, vpc_id: vpcId, status }), []);
  });

  for (const [name, changes] of Object.entries(variants)) {
    it(`take a record with ${name}`, async () => {
      assert.deepEqual(problemsOf(validate, await read(changes)), []);
    });
  }

  it("take the nulls of a service that does not exist, which the quickstart's outputs may not be", async () => {
    assert.equal(missing["exists"], false);
    assert.equal(missing["vpcId"], null);
    assert.deepEqual(problemsOf(validate, missing), []);
    assert.deepEqual(problemsOf(validateQuickstart, { ports: null, vpc_id: null, status: null }), [
      "/ports must be array",
      "/vpc_id must be string",
      "/status must be string",
    ]);
  });

  it("take every record that the provider's own check lets through", () => {
    const values = fc.oneof(
      fc.constantFrom(
        null,
        true,
        "true",
        "",
        0,
        7,
        "12",
        "interface",
        "2018-01-30T07:42:01",
        [],
        ["basic"],
        {},
      ),
      fc.constantFrom([{ key: "a", value: "b" }], [{ code: "c", message: "m" }], { error_code: 5 }),
      fc.string(),
      fc.integer({ min: -2, max: 70000 }),
    );
    const names = [...Object.keys(endpointServiceSchema.in.shape), "unheard_of"];
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...names), values, (name, value) => {
        const read = readFields("endpointService", { ...sample, marker_id: "1", [name]: value });
        if ("record" in read) {
          accepted++;
          const outputs: Record<string, unknown> = { ...read.record, region: "eu-de" };
          outputs["projectId"] ??= "asked";
          assert.deepEqual(problemsOf(validate, outputs), []);
        }
      }),
      { numRuns: 3000 },
    );
    assert.ok(accepted > 1500, `${accepted} accepted`);
  });

  for (const { name, change, problem } of broken) {
    it(`refuse a record with ${name}`, () => {
      const value = JSON.parse(JSON.stringify({ ...record, ...change }));
      const problems = problemsOf(validate, value);
      assert.ok(
        problems.some((found) => found.startsWith(problem)),
        problems.join("\n"),
      );
      for (const [output, quickstartOutput] of [
        ["ports", "ports"],
        ["vpcId", "vpc_id"],
        ["status", "status"],
      ] as const) {
        if (output in change) {
          const outputs = { ports: [], vpc_id: "v", status: "s", [quickstartOutput]: value[output] };
          const expected = problem.replace("vpcId", "vpc_id");
          const found = problemsOf(validateQuickstart, JSON.parse(JSON.stringify(outputs)));
          assert.equal(found.length, 1);
          assert.ok(found[0]?.startsWith(expected), found[0]);
        }
      }
    });
  }
});
