// Proves the published JSON Schemas on the stack outputs of whole programs, on every engine that is here.
import assert from "node:assert/strict";
import Ajv2020 from "ajv/dist/2020";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { engines, Workspace } from "../engine/engines";
import { jsonSchemas } from "./jsonSchemas";

const program = `
import { getEndpointService } from "pulumi-vpcep";
export const found = getEndpointService("found", { id: "4189d3c2-8882-4871-a3c2-d380272eed83" });
export const missing = getEndpointService("missing", { id: "none", ifNotFound: "null" });
`;

for (const engine of engines()) {
  const reason = engine.missing ? `, skipped: ${engine.missing}` : "";

  describe(`the JSON Schema of a record on the ${engine.name} engine${reason}`, () => {
    const workspace = new Workspace();
    let emulator: Emulator;

    before(async function () {
      if (engine.missing) {
        this.skip();
      }
      emulator = await startEmulator();
    });

    after(async () => {
      await emulator?.close();
      workspace.remove();
    });

    it("takes whole records that a program exports, of a service that exists and of one that does not", async () => {
      const stack = engine.createStack({
        project: workspace.project(program),
        backend: workspace.backend("records"),
        env: { ...emulator.environment, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      });
      const up = await stack.up();
      assert.ok(up.succeeded, up.output);
      const outputs = (await stack.outputs()) as Record<string, Record<string, unknown>>;
      assert.deepEqual([outputs["found"]?.["exists"], outputs["missing"]?.["exists"]], [true, false]);
      const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
      for (const record of [outputs["found"], outputs["missing"]]) {
        ajv.validate(jsonSchemas["endpointService.schema.json"] ?? false, record);
        assert.equal(ajv.errorsText(), "No errors", JSON.stringify(record));
      }
    });
  });
}
