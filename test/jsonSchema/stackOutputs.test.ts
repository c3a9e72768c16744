// Proves the published JSON Schemas on the stack outputs of whole programs, on every engine that is here.
import assert from "node:assert/strict";
import Ajv2020 from "ajv/dist/2020";
import { onEveryEngine } from "../engine/everyEngine";
import { jsonSchemas } from "./jsonSchemas";

const program = `
import { findEndpointService, getEndpointService } from "pulumi-vpcep";
export const found = getEndpointService("found", { id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
export const missing = findEndpointService("missing", { id: "none" });
`;

onEveryEngine("the JSON Schema of a record", (bench) => {
  it("takes whole records that a program exports, of a service that exists and of one that does not", async () => {
    const stack = bench.engine.createStack({
      project: bench.workspace.project(program),
      backend: bench.workspace.backend("records"),
      env: bench.emulator.environment,
    });
    const up = await stack.up();
    assert.ok(up.succeeded, up.output);
    const outputs = (await stack.outputs()) as Record<string, Record<string, unknown>>;
    assert.deepEqual([outputs["found"]?.["exists"], outputs["missing"]?.["exists"]], [undefined, false]);
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
    for (const record of [outputs["found"], outputs["missing"]]) {
      ajv.validate(jsonSchemas["endpointService.schema.json"] ?? false, record);
      assert.equal(ajv.errorsText(), "No errors", JSON.stringify(record));
    }
  });
});
