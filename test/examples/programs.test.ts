// Runs the examples that are Pulumi programs: what each is there to show. The embedded engine takes them where they are;
// the CLI, which a user has, takes copies of them as a user has them, and checks their types with their own settings.
import assert from "node:assert/strict";
import { emulatorDefaults, sampleEndpointService } from "../../sdk/testing";
import { onEveryEngine, succeeds } from "../engine/everyEngine";
import type { OperationResult, Stack } from "../engine/stack";
import { copyExample, exampleFolder, exampleText, printedOutputs, workspacesOf } from "./folders";

const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";
const vpcId = "4189d3c2-8882-4871-a3c2-d380272eed80";

onEveryEngine("the examples", (bench) => {
  function stackOf(example: string, config: Record<string, string>, backend = example): Stack {
    const inPlace = bench.engine.name === "embedded" && workspacesOf(example).length === 0;
    return bench.engine.createStack({
      project: inPlace ? exampleFolder(example) : copyExample(example, bench.workspace),
      backend: bench.workspace.backend(backend),
      config,
      env: {
        ...bench.emulator.environment,
        // Here the types have been checked with all others.
        ...(inPlace ? {} : { PULUMI_NODEJS_TRANSPILE_ONLY: "" }),
      },
    });
  }

  function change(fields: Record<string, unknown>): void {
    bench.emulator.putService({ ...sample, ...fields });
  }

  it("downstream: updates its rule when the ports change, and replaces it when the VPC does", async () => {
    const stack = stackOf("downstream", { serviceId });
    const { ruleId, openPorts } = succeeds(await stack.up());
    assert.match(String(ruleId), /^rule-[0-9a-f-]{36}$/);
    assert.deepEqual({ openPorts, ruleId: "rule-..." }, printedOutputs("downstream"));

    change({ ports: [{ client_port: 9090, server_port: 80, protocol: "TCP" }] });
    const updated = await stack.up();
    assert.deepEqual(succeeds(updated), { ruleId, openPorts: [9090] });
    assert.deepEqual(rulesOf(updated), ["update"]);

    change({ vpc_id: "another-vpc" });
    const replaced = await stack.up();
    assert.deepEqual(succeeds(replaced)["openPorts"], [8080, 8081]);
    assert.notEqual(replaced.outputs["ruleId"], ruleId);
    assert.deepEqual(rulesOf(replaced), ["create-replacement", "delete-replaced", "replace"]);
  });

  it("rulePerPort: makes a rule for each port, and one more when the owner adds a port", async () => {
    const stack = stackOf("rulePerPort", { serviceId });
    assert.deepEqual(succeeds(await stack.up()), printedOutputs("rulePerPort"));
    const added = { client_port: 9090, server_port: 80, protocol: "TCP" };
    change({ ports: [...(sample["ports"] as object[]), added] });
    const updated = await stack.up();
    assert.deepEqual(succeeds(updated), { ruleIds: ["rule-8080", "rule-8081", "rule-9090"] });
    assert.deepEqual(rulesOf(updated), ["create", "same", "same"]);
  });

  it("madeAndRead: shows nothing of a service that is still to be made, makes it, and waits until it is available", async () => {
    const stack = stackOf("madeAndRead", { vpcId, portId: "p" });
    assert.deepEqual(succeeds(await stack.preview()), {});
    assert.deepEqual(bench.emulator.requests, []);
    let looks = 0;
    bench.emulator.reply(({ method, path }) => {
      const id = path.split("/").at(-1);
      return method === "GET" && looks++ === 0 ? { body: { ...sample, id, status: "creating" } } : undefined;
    });
    const up = await stack.up();
    assert.ok(up.succeeded, up.output);
    assert.deepEqual(up.outputs, printedOutputs("madeAndRead"));
    assert.match(up.output, /is creating; waiting for available/);
    assert.deepEqual(
      bench.emulator.requests.map(({ method }) => method),
      ["POST", "GET", "GET"],
    );
    bench.emulator.reset();
    assert.ok((await stack.destroy()).succeeded);
    assert.deepEqual(
      bench.emulator.requests.map(({ method }) => method),
      ["DELETE"],
    );
  });

  it("severalPlaces: reads each place with its own credential, in both forms", async () => {
    const { otherAccount, otherServiceId } = emulatorDefaults;
    const readme = exampleText("severalPlaces", "README.md");
    const [, places = ""] = /set places '(.+?)'/.exec(readme) ?? [];
    assert.deepEqual(
      succeeds(await stackOf("severalPlaces", { places }, "severalPlaces").up()),
      printedOutputs("severalPlaces"),
    );
    const stack = stackOf(
      "severalPlaces",
      {
        places: JSON.stringify({
          ...JSON.parse(places),
          other: { serviceId: otherServiceId, account: "prod" },
        }),
        "vpcep:accounts": JSON.stringify({ prod: bench.emulator.account(otherAccount.name).configuration }),
      },
      "severalAccounts",
    );
    bench.emulator.reset();
    const { availableIn, vpcIds } = succeeds(await stack.up());
    assert.deepEqual(
      [availableIn, Object.keys(vpcIds as object)],
      [
        ["here", "named", "other"],
        ["here", "named", "other"],
      ],
    );
  });

  it("componentLibrary: reads what a component of another package looks up", async () => {
    const stack = stackOf("componentLibrary", { serviceId });
    assert.deepEqual(succeeds(await stack.preview()), printedOutputs("componentLibrary"));
  });

  it("stackReference: reads the service whose id the owner's stack exports", async () => {
    const owner = stackOf("stackReference/producer", { serviceId }, "stackReference");
    assert.deepEqual(succeeds(await owner.up()), { serviceId });
    assert.deepEqual(bench.emulator.requests, []);
    const consumer = stackOf("stackReference", { ownerStack: "organization/vpcep-producer/dev" });
    assert.deepEqual(succeeds(await consumer.preview()), printedOutputs("stackReference"));
  });

  it("manyServices: reads by ids in their order, and by a filter", async () => {
    bench.emulator.set({ services: JSON.parse(exampleText("manyServices", "services.json")) });
    const [, serviceIds = ""] = /serviceIds '(.+)'/.exec(exampleText("manyServices", "README.md")) ?? [];
    const stack = stackOf("manyServices", { serviceIds });
    assert.deepEqual(succeeds(await stack.preview()), printedOutputs("manyServices"));
    assert.deepEqual(
      bench.emulator.requests.map(({ path }) => path.split("/").at(-1)).sort(),
      [...JSON.parse(serviceIds), "vpc-endpoint-services"].sort(),
    );
  });

  it("waiting: shows a service that is being created in a preview, and waits for it in an update", async () => {
    const stack = stackOf("waiting", { serviceId, pollIntervalMs: "500", waitTimeoutMs: "50000" });
    bench.emulator.set({ services: JSON.parse(exampleText("waiting", "creating.json")) });
    assert.deepEqual(succeeds(await stack.preview()), { status: "creating", vpcId });
    assert.equal(bench.emulator.requests.length, 1);

    const creating = { status: 200, body: { ...sample, status: "creating" } };
    bench.emulator.reset();
    bench.emulator.replyTo(serviceId, creating, creating);
    change({ status: "available" });
    const up = await stack.up();
    assert.deepEqual(up.outputs, printedOutputs("waiting"), up.output);
    assert.equal(bench.emulator.requests.length, 3);
    assert.deepEqual(
      up.diagnostics.map(({ message }) => message.replace(/\d+ s of/, "N s of")),
      [`VPC endpoint service ${serviceId} is creating; waiting for available, N s of at most 50 s so far`],
    );
  });

  it("expectations: fails the preview when the owner has changed the service, with both sides", async () => {
    const stack = stackOf("expectations", { serviceId, vpcId });
    change({ ports: [{ client_port: 8080, server_port: 81, protocol: "TCP" }] });
    const preview = await stack.preview();
    assert.equal(preview.succeeded, false);
    const message = `Cannot read VPC endpoint service ${serviceId} (region eu-de, project ${emulatorDefaults.projectId}): the service is not as expected: ports are 8080->81/TCP, expected 8080->80/TCP, 8081->80/TCP. Ask its owner what has changed, or change what is expected [VPCEP_EXPECTATION]`;
    assert.deepEqual(
      preview.diagnostics
        .filter(({ severity, urn }) => severity === "error" && urn?.endsWith("::orders"))
        .map(({ message: shown }) => shown.replace(/^Preview failed: /, "")),
      [message],
      preview.output,
    );
  });
});

/** What was done to the firewall rule. */
function rulesOf({ steps }: OperationResult): string[] {
  return steps
    .filter(({ urn }) => urn.includes(":FirewallRule::"))
    .map(({ op }) => op)
    .sort();
}
