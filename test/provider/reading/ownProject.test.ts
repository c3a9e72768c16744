// Proves that a record of no project, as the API sends one here and there, is of the project that was asked.
import assert from "node:assert/strict";
import { emulatorDefaults, sampleEndpointService } from "../../../sdk/testing";
import { withReader } from "./reader";

const { projectId } = emulatorDefaults;
const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const endpoint = { id: "e1", status: "accepted" };

describe("the project of a record", () => {
  const reader = withReader();

  for (const [name, project] of [
    ["is empty", { project_id: "" }],
    ["is null", { project_id: null }],
    ["is left out", { project_id: undefined }],
  ] as const) {
    it(`is the one that was asked where it ${name}, alone and in a list`, async () => {
      const service = { ...sample, ...project };
      reader.emulator.reply(({ path }) => ({
        headers: { "content-type": "application/json" },
        body: /services$/.test(path)
          ? { endpoint_services: [service], total_count: 1 }
          : /endpoints$/.test(path)
            ? { endpoints: [{ ...endpoint, ...project }], total_count: 1 }
            : /endpoints\//.test(path)
              ? { ...endpoint, ...project }
              : service,
      }));
      const id = String(sample["id"]);
      const { client } = reader;
      assert.deepEqual(
        [
          await client.lookUp("endpointService", { id }),
          await client.lookUp("endpoint", { id: "e1" }),
          ...(await client.lookUp("endpointServices", {})).services,
          ...(await client.lookUp("endpointServicesByIds", { ids: [id] })).services,
          ...(await client.lookUp("endpoints", {})).endpoints,
        ].map((record) => record.projectId),
        Array(5).fill(projectId),
      );
    });
  }
});
