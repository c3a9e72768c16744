// Proves what a stack remembers of a lookup: the question apart from the answer, and nothing of a secret in clear text.
import assert from "node:assert/strict";
import { sampleEndpointService } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { Stack } from "../engine/stack";

const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const projectId = "6e9dfd51d1124e8d8498dce894923a0d";

function service(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...sample, id, service_name: `eu-de.${id}.${id}`, ...changes };
}

function linesWith(word: string, ...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split("\n")).filter((line) => line.includes(word));
}

onEveryEngine("the state of a lookup", (bench) => {
  function stackOf(name: string, program: string): Stack {
    return bench.engine.createStack({
      project: bench.workspace.project(
        `import * as pulumi from "@pulumi/pulumi";\nimport * as vpcep from "pulumi-vpcep";\n${program}`,
        name,
      ),
      backend: bench.workspace.backend(name),
      env: bench.emulator.environment,
    });
  }

  it("asks on refresh what the update asked, whatever was answered", async () => {
    const foreign = { status: 200, body: service("foreign", { project_id: "another" }) };
    bench.emulator.set({
      services: [service("first", { service_name: "eu-de.orders.first" }), service("a"), service("b")],
    });
    const stack = stackOf(
      "question",
      `vpcep.getEndpointService("foreign", { id: "foreign" });
       vpcep.getEndpointServiceByName("orders", { serviceName: "orders" });
       vpcep.getEndpointServicesByIds("several", { ids: ["a", "b"] });
       vpcep.getEndpointServiceSummary("summary", { serviceId: "a" });`,
    );
    bench.emulator.replyTo("/foreign", foreign);
    succeeds(await stack.up());
    bench.emulator.reset();
    bench.emulator.set({
      services: [service("second", { service_name: "eu-de.orders.second" }), service("a")],
    });
    bench.emulator.replyTo("/foreign", foreign);
    succeeds(await stack.refresh());
    assert.deepEqual(
      [...new Set(bench.emulator.requests.map(({ path }) => path.split("/")[2]))],
      [projectId],
    );
    const resources = JSON.parse(await stack.storedState()).deployment.resources as {
      urn: string;
      outputs: Record<string, unknown>;
    }[];
    const outputsOf = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};
    assert.equal(outputsOf("foreign")["projectId"], "another");
    assert.equal(outputsOf("orders")["serviceId"], "second");
    assert.equal(outputsOf("summary")["serviceId"], "a");
    assert.deepEqual(
      (outputsOf("several")["services"] as { serviceId: string }[]).map(({ serviceId }) => serviceId),
      ["a"],
    );
    const up = await stack.up();
    assert.match(up.output, /service b: .*\[VPCEP_NOT_FOUND\]/);
    bench.emulator.set({ services: [] });
    bench.emulator.replyTo("/foreign", foreign);
    succeeds(await stack.refresh());
    assert.deepEqual(
      (JSON.parse(await stack.storedState()).deployment.resources as { urn: string }[])
        .map(({ urn }) => urn.split("::").at(-1))
        .filter((name) => ["foreign", "orders", "several", "summary"].includes(name ?? ""))
        .sort(),
      ["foreign", "several"],
    );
  });

  it("has nothing of a secret argument in clear text, nor of what answers it", async () => {
    bench.emulator.set({
      services: [
        service("canary-id"),
        service("named", { service_name: "eu-de.canary-name.named" }),
        service("canary-ids"),
        service("open"),
        service("tagged", { tags: [{ key: "team", value: "canary-tag" }] }),
      ],
    });
    const program = `
      export const byId = vpcep.getEndpointService("byId", { id: pulumi.secret("canary-id") }).vpcId;
      export const byName = vpcep.getEndpointServiceByName("byName", { serviceName: pulumi.secret("canary-name") }).status;
      export const byIds = vpcep.getEndpointServicesByIds("byIds", { ids: ["open", pulumi.secret("canary-ids")] }).services;
      vpcep.getEndpointServicesByTags("byTag", { tags: [{ key: "team", values: [pulumi.secret("canary-tag")] }] });
      export const plain = vpcep.getEndpointService("plain", { id: pulumi.output("open") }).vpcId;`;
    const stack = stackOf("secrets", program);
    const up = await stack.up();
    succeeds(up);
    assert.equal(up.outputs["plain"], sample["vpc_id"]);
    for (const name of ["byId", "byName", "byIds"]) {
      assert.equal(up.outputs[name], "[secret]", name);
    }
    assert.equal((await stack.outputs({ showSecrets: true }))["byId"], sample["vpc_id"]);
    succeeds(await stack.refresh());
    const stored = await stack.storedState();
    assert.ok(stored.includes("dynamic/vpcep:EndpointServicesByTags"));
    assert.deepEqual(linesWith("canary", up.output, stored), []);
    bench.emulator.set({ services: [] });
    const failed = await stack.up();
    assert.match(failed.output, /Cannot read VPC endpoint service \[secret\] \(region eu-de/);
    assert.match(failed.output, /Cannot read VPC endpoint service named \[secret\] \(region eu-de/);
    assert.deepEqual(linesWith("canary", failed.output), []);
  });

  it("says which argument is an output that has no value", async () => {
    const other = bench.engine.createStack({
      project: bench.workspace.project("export const other = 1;", "producer"),
      stack: "producer",
      backend: bench.workspace.backend("undefined"),
    });
    succeeds(await other.up());
    const stack = bench.engine.createStack({
      project: bench.workspace.project(
        `import * as pulumi from "@pulumi/pulumi";
         import { getEndpointService } from "pulumi-vpcep";
         const producer = new pulumi.StackReference("organization/producer/producer");
         getEndpointService("orders", { id: producer.getOutput("serviceId") });`,
        "consumer",
      ),
      backend: bench.workspace.backend("undefined"),
      env: bench.emulator.environment,
    });
    const { output, succeeded } = await stack.preview();
    assert.equal(succeeded, false);
    assert.match(
      output,
      /getEndpointService\("orders"\): id is an output whose value is undefined\. Where it comes from another stack, check that the stack has an output of that name/,
    );
    assert.deepEqual(bench.emulator.requests, []);
  });

  it("shows no secret argument in an error, however short it is and wherever it stands", async () => {
    const stack = stackOf(
      "short",
      `const secret = pulumi.secret;
       const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
       vpcep.getEndpointService("project", { id, projectId: secret("hushp") });
       vpcep.getEndpointService("region", { id, region: secret("hu-sh") });
       vpcep.getEndpointService("malformed", { id, region: secret("HUSH") });
       vpcep.getEndpointServicesByIds("ids", { ids: ["none", secret("hushi")] });
       vpcep.getEndpointService("expected", { id, expect: { serverType: secret("hushe") } });`,
    );
    const { output, succeeded } = await stack.up();
    assert.equal(succeeded, false);
    assert.match(output, /serverType is not what is expected, which is secret/);
    assert.deepEqual(linesWith("hu-sh", output), []);
    assert.deepEqual(
      output.split("\n").filter((line) => /hush/i.test(line)),
      [],
    );
  });

  it("has the project of a list that nothing was asked for", async () => {
    const stack = stackOf(
      "empty",
      `export const project = vpcep.getEndpointServicesByIds("none", { ids: [] }).projectId;`,
    );
    assert.deepEqual(succeeds(await stack.preview()), { project: projectId });
  });

  it("refuses a part of an expectation that has no value", async () => {
    const stack = stackOf(
      "expectation",
      `const nothing = pulumi.output(Promise.resolve(undefined as unknown as string));
       vpcep.getEndpointService("orders", { id: "a", expect: { status: "available", vpcId: nothing } });`,
    );
    const { output, succeeded } = await stack.preview();
    assert.equal(succeeded, false);
    assert.match(
      output,
      /getEndpointService\("orders"\): expect\.vpcId is an output whose value is undefined\./,
    );
  });

  it("refuses a secret argument without showing it", async () => {
    const stack = stackOf(
      "refused",
      `vpcep.getEndpointService("orders", { id: pulumi.secret("canary/id") });`,
    );
    const { output, succeeded } = await stack.preview();
    assert.equal(succeeded, false);
    assert.match(
      output,
      /getEndpointService\("orders"\): id must be 1 to 64 .*, but is a secret of another kind/,
    );
    assert.doesNotMatch(output, /canary/);
  });
});
