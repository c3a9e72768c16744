// Proves every lookup but the single one in a whole program, on both engines: preview, update, refresh, unknown inputs.
import assert from "node:assert/strict";
import { sampleEndpointService } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { Stack } from "../engine/stack";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as vpcep from "pulumi-vpcep";
const serviceId = "${id}";
const endpoints = vpcep.getEndpoints("endpoints");
export const services = vpcep.getEndpointServices("services", { status: "available" }).services.apply((all) => all.map(({ vpcId }) => vpcId));
export const byIds = vpcep.getEndpointServicesByIds("byIds", { ids: [serviceId, "gone"], ifMissing: "omit" }).totalCount;
export const byName = vpcep.getEndpointServiceByName("byName", { serviceName: "test123" }).serviceId;
export const summary = vpcep.getEndpointServiceSummary("summary", { serviceId }).serviceType;
export const publicServices = vpcep.getPublicEndpointServices("public").totalCount;
export const connections = vpcep.getEndpointServiceConnections("connections", { serviceId }).connections.apply(([first]) => first?.status);
export const permissions = vpcep.getEndpointServicePermissions("permissions", { serviceId }).permissions.apply(([first]) => first?.permissionType);
export const endpoint = vpcep.getEndpoint("endpoint", { id: endpoints.endpoints.apply(([first]) => first!.endpointId) }).status;
export const quotas = vpcep.getVpcepQuotas("quotas").quotas.apply((all) => all.map(({ resourceType }) => resourceType));
export const tags = vpcep.getVpcepTags("tags", { resourceType: "endpoint_service" }).totalCount;
export const byTags = vpcep.getEndpointServicesByTags("byTags", { withoutAnyTag: true }).totalCount;
export const versions = vpcep.getVpcepVersions("versions").versions.apply(([first]) => first?.versionId);
const missing = vpcep.findEndpointService("missing", { id: "gone" });
export const exists = missing.exists;
export const nothing = missing.vpcId;
`;

const expected = {
  services: ["4189d3c2-8882-4871-a3c2-d380272eed80"],
  byIds: 1,
  byName: id,
  summary: "interface",
  publicServices: 1,
  connections: "accepted",
  permissions: "domainId",
  endpoint: "accepted",
  quotas: ["endpoint", "endpoint_service"],
  tags: 0,
  byTags: 1,
  versions: "v1",
  exists: false,
  nothing: null,
};

onEveryEngine("the other lookups", (bench) => {
  function stackOf(name: string, text: string): Stack {
    return bench.engine.createStack({
      project: bench.workspace.project(text, name),
      backend: bench.workspace.backend(name),
      env: bench.emulator.environment,
    });
  }

  it("read in a preview, in an update and on refresh", async () => {
    const stack = stackOf("all", program);
    for (const operation of ["preview", "up", "refresh"] as const) {
      const result = await stack[operation]();
      succeeds(result);
      assert.deepEqual(result.outputs, expected, operation);
    }
    assert.match(await stack.storedState(), /"endpointServices\?status=available"/);
  });

  it("stay unknown as long as an argument is", async () => {
    const stack = stackOf(
      "unknown",
      `import * as pulumi from "@pulumi/pulumi";
       import { getEndpointServicesByIds } from "pulumi-vpcep";
       class Later extends pulumi.dynamic.Resource {
         declare readonly value: pulumi.Output<string>;
         constructor() {
           super({ async create() { return { id: "later", outs: { value: "${id}" } }; } }, "later", { value: undefined });
         }
       }
       export const count = getEndpointServicesByIds("services", { ids: ["${id}", new Later().value] }).totalCount;`,
    );
    bench.emulator.reset();
    const preview = await stack.preview();
    succeeds(preview);
    assert.deepEqual(bench.emulator.requests, []);
    const up = await stack.up();
    succeeds(up);
    assert.deepEqual(up.outputs, { count: 1 });
  });

  it("wait for a service, and say how the wait goes and what cannot be read", async () => {
    bench.emulator.reset();
    const creating = { ...JSON.parse(sampleEndpointService), status: "creating", created_at: 1517298121 };
    const reply = { status: 200, headers: { "content-type": "application/json" }, body: creating };
    bench.emulator.replyTo(id, reply, reply);
    const stack = stackOf(
      "waiting",
      `import { getEndpointService } from "pulumi-vpcep";
       export const status = getEndpointService("orders", { id: "${id}", waitFor: "available", pollIntervalMs: 500 }).status;`,
    );
    const preview = await stack.preview();
    assert.ok(preview.succeeded, preview.output);
    assert.deepEqual(preview.outputs, { status: "available" });
    assert.deepEqual(
      preview.diagnostics.map(({ message }) => message.replace(/\d+ s of/, "N s of")),
      [
        "The API's field created_at (record endpointService) is a number that cannot be read: it counts as null, and extra has it as it was sent",
        `VPC endpoint service ${id} is creating; waiting for available, N s of at most 600 s so far`,
      ],
    );
    assert.equal(bench.emulator.requests.length, 3);
  });

  it("fail a preview over a service that is not as expected", async () => {
    const stack = stackOf(
      "expectation",
      `import { getEndpointService } from "pulumi-vpcep";
       getEndpointService("orders", { id: "${id}", expect: { status: "available", vpcId: "other", ports: [{ clientPort: 8080, serverPort: 80 }] } });`,
    );
    const preview = await stack.preview();
    assert.equal(preview.succeeded, false);
    assert.match(
      preview.output,
      /: the service is not as expected: vpcId is "4189d3c2-8882-4871-a3c2-d380272eed80", expected "other"; ports are 8080->80\/TCP, 8081->80\/TCP, expected 8080->80\/TCP\. Ask its owner what has changed, or change what is expected \[VPCEP_EXPECTATION\]/,
    );
  });
});
