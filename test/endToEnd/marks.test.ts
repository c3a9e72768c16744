// Proves on both engines that an answer cannot make them read a file, nor fail them, by values that look like Pulumi's own.
import assert from "node:assert/strict";
import { sampleEndpointService } from "../../sdk/testing";
import { onEveryEngine } from "../engine/everyEngine";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const signature = "4dabf18193072939515e22adb298388d";
const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17", path: "/etc/hostname" };
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

onEveryEngine("values that look like Pulumi's own", (bench) => {
  it("are outputs like any other", async () => {
    const body = {
      ...(JSON.parse(sampleEndpointService) as object),
      tags: asset,
      description: unknownValue,
      new_field: [{ deep: asset }],
      half: "\ud800",
      [signature]: "no signature at all",
    };
    const reply = {
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    bench.emulator.replyTo(id, ...Array.from({ length: 6 }, () => reply));
    const stack = bench.engine.createStack({
      project: bench.workspace.project(
        `import { getEndpointService } from "pulumi-vpcep";
         export const { tags, description, vpcId, extra } = getEndpointService("orders", { id: "${id}" });`,
        "marks",
      ),
      backend: bench.workspace.backend("marks"),
      env: bench.emulator.environment,
    });
    for (const operation of ["up", "refresh"] as const) {
      const result = await stack[operation]();
      assert.ok(result.succeeded, result.output);
      assert.deepEqual(
        result.outputs,
        {
          tags: null,
          description: null,
          vpcId: id.replace(/3$/, "0"),
          extra: {
            tags: JSON.stringify(asset),
            description: JSON.stringify(unknownValue),
            new_field: JSON.stringify(body.new_field),
            half: '"\\ud800"',
            [`"${signature}"`]: '"no signature at all"',
          },
        },
        operation,
      );
    }
  });
});
