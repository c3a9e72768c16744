// Proves the lookup in whole programs, on the embedded engine and on the real CLI where there is one: what is read and
// when, what depends on it, what fails, and where secrets are.
import assert from "node:assert/strict";
import { type Emulator, sampleEndpointService } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { ConfigValue, Diagnostic, OperationResult, Stack } from "../engine/stack";
import { sampleRecord } from "../fixtures/sampleRecord";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const vpcId = "4189d3c2-8882-4871-a3c2-d380272eed80";
const projectId = "6e9dfd51d1124e8d8498dce894923a0d";
const detail = `/v1/${projectId}/vpc-endpoint-services/`;

const imports = `
import * as pulumi from "@pulumi/pulumi";
import { getEndpointService } from "pulumi-vpcep";
`;

/** A resource that remembers a text, to stand for whatever comes before or after a lookup. */
const note = `
class Note extends pulumi.dynamic.Resource {
  declare readonly written: pulumi.Output<string>;
  constructor(name: string, text: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions) {
    const provider: pulumi.dynamic.ResourceProvider = {
      async create(inputs) { return { id: name, outs: { text: inputs.text, written: inputs.text } }; },
      async diff(_id, olds, news) { return { changes: olds.text !== news.text }; },
      async update(_id, _olds, news) { return { outs: { text: news.text, written: news.text } }; },
    };
    super(provider, name, { text, written: undefined }, opts);
  }
}
`;

onEveryEngine("a lookup", (bench) => {
  function stackOf(
    program: string,
    options: { name?: string; env?: Record<string, string>; config?: Record<string, ConfigValue> } = {},
  ): Stack {
    return bench.engine.createStack({
      project: bench.workspace.project(imports + program, options.name),
      backend: bench.workspace.backend(options.name ?? "shared"),
      env: { ...bench.emulator.environment, ...options.env },
      ...(options.config ? { config: options.config } : {}),
    });
  }

  function detailRequests(): number {
    return bench.emulator.requests.filter(({ path }) => path.startsWith(detail)).length;
  }

  it("shows the whole record, the same in a preview and in an update, with one request each", async () => {
    const stack = stackOf(
      `const { urn, id, ...outputs } = getEndpointService("orders", { id: "${id}" }) as any;
       export const record = Object.fromEntries(Object.entries(outputs).filter(([name]) => !name.startsWith("__")));
       export const resourceId = id;`,
      { name: "record" },
    );
    const preview = await stack.preview();
    assert.equal(detailRequests(), 1);
    const up = await stack.up();
    assert.equal(detailRequests(), 2);
    for (const result of [preview, up]) {
      succeeds(result);
      assert.equal(result.outputs["resourceId"], id);
      assert.deepEqual(pick(result.outputs["record"], Object.keys(sampleOutputs)), sampleOutputs);
    }
    assert.deepEqual(
      up.steps.filter(({ urn }) => urn.includes("EndpointService")).map(({ op, urn }) => ({ op, urn })),
      [{ op: "read", urn: "urn:pulumi:dev::record::pulumi-nodejs:dynamic/vpcep:EndpointService::orders" }],
    );
    assert.deepEqual(pick((await stack.outputs())["record"], Object.keys(sampleOutputs)), sampleOutputs);
  });

  it("serves downstream resources in the right order, and drops its record on destroy", async () => {
    const stack = stackOf(
      `${note}
       const orders = getEndpointService("orders", { id: "${id}" });
       export const built = new Note("built", pulumi.interpolate\`on \${orders.vpcId}\`).written;
       export const later = new Note("later", "after", { dependsOn: [orders] }).written;`,
      { name: "downstream" },
    );
    succeeds(await stack.preview());
    const up = await stack.up();
    succeeds(up);
    assert.deepEqual(up.outputs, { built: `on ${vpcId}`, later: "after" });
    const order = up.steps.map(({ urn }) => urn.split("::").at(-1));
    assert.ok(order.indexOf("orders") < order.indexOf("built"));
    assert.ok(order.indexOf("orders") < order.indexOf("later"));
    bench.emulator.reset();
    const destroyed = await stack.destroy();
    succeeds(destroyed);
    assert.deepEqual(bench.emulator.requests, []);
    assert.ok(!destroyed.steps.some(({ op, urn }) => op === "delete" && urn.includes("EndpointService")));
  });

  it("waits for an id and for a region that are not known yet, and asks nothing meanwhile", async () => {
    const stack = stackOf(
      `${note}
       const text = new Note("id", "${id}").written;
       const region = new Note("region", "eu-de").written;
       export const byId = getEndpointService("byId", { id: text }).vpcId;
       export const byRegion = getEndpointService("byRegion", { id: "${id}", region }).vpcId;`,
      { name: "unknown" },
    );
    const preview = await stack.preview();
    succeeds(preview);
    assert.equal(bench.emulator.requests.length, 0);
    assert.ok(!JSON.stringify(preview.outputs).includes(vpcId));
    const up = await stack.up();
    succeeds(up);
    assert.deepEqual(up.outputs, { byId: vpcId, byRegion: vpcId });
  });

  it("keeps secret configuration out of inputs, outputs, the serialised provider and every message", async () => {
    const secret = "canary-7f3a9c51-token";
    const stack = stackOf(`export const vpc = getEndpointService("orders", { id: "${id}" }).vpcId;`, {
      name: "secrets",
      env: { HW_AUTH_TOKEN: "" },
      config: { "vpcep:token": { secret } },
    });
    bench.emulator.replyTo(detail, {
      status: 403,
      body: { error_code: "APIGW.0302", error_msg: `no, ${secret}` },
    });
    const refused = await stack.up();
    assert.equal(refused.succeeded, false);
    assert.ok(!refused.output.includes(secret));
    assert.ok(refused.output.includes("no, [redacted]"));
    bench.emulator.reset();
    bench.emulator.reply((request) =>
      request.headers["x-auth-token"] === secret
        ? { status: 200, body: sampleEndpointService, headers: { "content-type": "application/json" } }
        : undefined,
    );
    const up = await stack.up();
    succeeds(up);
    const state = await stack.storedState();
    assert.ok(state.includes(vpcId));
    assert.ok(!`${up.output}${state}`.includes(secret));
  });

  it("serves fifty lookups at once from one provider process", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `service-${index}`);
    for (const serviceId of ids) {
      bench.emulator.putService({
        ...JSON.parse(sampleEndpointService),
        id: serviceId,
        description: `of ${serviceId}`,
      });
    }
    const stack = stackOf(
      `export const found = pulumi.all(${JSON.stringify(ids)}.map((id: string) => getEndpointService(id, { id }).description));`,
      { name: "fifty" },
    );
    const up = await stack.up();
    succeeds(up);
    assert.deepEqual(
      up.outputs["found"],
      ids.map((serviceId) => `of ${serviceId}`),
    );
    assert.equal(detailRequests(), 50);
    assert.ok(bench.emulator.sockets.peak <= 8, `${bench.emulator.sockets.peak} connections`);
  });

  it("fails an update over a service that is gone and touches nothing downstream; a refresh drops the record", async () => {
    const stack = stackOf(
      `${note}
       const orders = getEndpointService("orders", { id: "${id}" });
       export const built = new Note("built", orders.vpcId).written;`,
      { name: "gone" },
    );
    succeeds(await stack.up());
    bench.emulator.deleteService(id);
    const up = await stack.up();
    assert.equal(up.succeeded, false);
    assert.equal(
      errorOf(up, "EndpointService"),
      `Cannot read VPC endpoint service ${id} (region eu-de, project ${projectId}): ${host(bench.emulator)} answered 404 EndPoint.0005: The requested resource is unavailable (request id X). Check the id, and that the service is in this region and project: a service of another project is not visible here [VPCEP_NOT_FOUND]`,
    );
    assert.ok(!up.steps.some(({ op, urn }) => op !== "same" && urn.endsWith("built")));
    assert.equal((await stack.outputs())["built"], vpcId);
    bench.emulator.replyTo(detail, ...Array.from({ length: 4 }, () => ({ status: 500, body: {} })));
    const failed = await stack.refresh();
    assert.equal(failed.succeeded, false);
    assert.match(errorOf(failed, "EndpointService") ?? "", /answered 500 .*\[VPCEP_API\]$/);
    assert.ok((await stack.storedState()).includes("dynamic/vpcep:EndpointService"));
    succeeds(await stack.refresh());
    assert.ok(!(await stack.storedState()).includes("dynamic/vpcep:EndpointService"));
  });

  it("refreshes the record", async () => {
    const stack = stackOf(`export const status = getEndpointService("orders", { id: "${id}" }).status;`, {
      name: "refresh",
    });
    succeeds(await stack.up());
    bench.emulator.putService({ ...JSON.parse(sampleEndpointService), status: "failed" });
    succeeds(await stack.refresh());
    assert.match(await stack.storedState(), /"status": ?"failed"/);
  });

  it("takes an id from another stack", async () => {
    const producer = stackOf(`export const serviceId = "${id}";`, { name: "producer" });
    succeeds(await producer.up());
    const consumer = bench.engine.createStack({
      project: bench.workspace.project(
        `${imports}
         const producer = new pulumi.StackReference("organization/producer/dev");
         export const vpc = getEndpointService("orders", { id: producer.requireOutput("serviceId") as any }).vpcId;`,
        "producer",
      ),
      stack: "consumer",
      backend: bench.workspace.backend("producer"),
      env: bench.emulator.environment,
    });
    const preview = await consumer.preview();
    succeeds(preview);
    assert.deepEqual(preview.outputs, { vpc: vpcId });
  });

  const refusals: { name: string; program: string; env?: Record<string, string>; message: string }[] = [
    {
      name: "a malformed id",
      program: `getEndpointService("orders", { id: "../public" });`,
      message:
        'getEndpointService("orders"): id must be 1 to 64 letters, digits, hyphens or underscores, but is "../public"',
    },
    {
      name: "an id that turns out to be a number",
      program: `getEndpointService("orders", { id: pulumi.output(5) as any });`,
      message:
        'getEndpointService("orders"): id must be 1 to 64 letters, digits, hyphens or underscores, but is a number',
    },
    {
      name: "a missing region",
      program: `getEndpointService("orders", { id: "${id}" });`,
      env: { HW_REGION_NAME: "" },
      message:
        "No region: pass region to the lookup, or run `pulumi config set vpcep:region eu-de`, or set HW_REGION_NAME in the environment [VPCEP_CONFIG]",
    },
    {
      name: "half a key pair",
      program: `getEndpointService("orders", { id: "${id}" });`,
      env: { HW_AUTH_TOKEN: "", HW_ACCESS_KEY: "A" },
      message:
        "HW_ACCESS_KEY is set, but HW_SECRET_KEY is not: the parts of a credential are set together, under names that begin alike. Set what is missing, or unset the rest [VPCEP_CONFIG]",
    },
    {
      name: "a plain http endpoint off this machine",
      program: `getEndpointService("orders", { id: "${id}" });`,
      env: { VPCEP_ENDPOINT: "http://vpcep.eu-de.otc.t-systems.com" },
      message:
        "VPCEP_ENDPOINT must be https: plain http is accepted for this machine's own addresses alone [VPCEP_CONFIG]",
    },
    {
      name: "a lookup without an id",
      program: `import { EndpointService } from "pulumi-vpcep"; new EndpointService("orders", {} as any);`,
      message: "id is missing: EndpointService is read, never created. Call getEndpointService(name, { id })",
    },
  ];
  for (const [index, { name, program, env, message }] of refusals.entries()) {
    it(`refuses ${name} before anything is sent`, async () => {
      const stack = stackOf(program, { name: `refused-${index}`, ...(env ? { env } : {}) });
      const preview = await stack.preview();
      assert.equal(preview.succeeded, false);
      assert.ok(preview.output.includes(message), preview.output);
      assert.deepEqual(bench.emulator.requests, []);
    });
  }

  it("prints an expected error as one clean line, without a stack", async () => {
    bench.emulator.deleteService(id);
    const stack = stackOf(`getEndpointService("orders", { id: "${id}" });`, { name: "clean" });
    const { output } = await stack.preview();
    assert.match(output, /VpcepError: Cannot read VPC endpoint service .* \[VPCEP_NOT_FOUND\]$/m);
    assert.doesNotMatch(output, /\n\s+at |node_modules|\.js:\d/);
  });
});

const sampleOutputs = { ...sampleRecord, region: "eu-de" };

function pick(record: unknown, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, (record as Record<string, unknown>)[name]]));
}

/** The error of a resource, its request id replaced. */
function errorOf({ diagnostics }: OperationResult, type: string): string | undefined {
  const found = diagnostics.find(
    ({ severity, urn }: Diagnostic) => severity === "error" && urn?.includes(type),
  );
  return found?.message.replace(/^(Preview failed|error): /, "").replace(/request id \w+/, "request id X");
}

function host({ url }: Emulator): string {
  return new URL(url).host;
}
