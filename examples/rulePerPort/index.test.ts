// Tests the program under Pulumi's mocks. They play its resources; a function is no resource, and sends its request: to the
// emulator, which the test starts.
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type Emulator, sampleEndpointService, startEmulator } from "pulumi-vpcep/testing";

const project = "vpcep-rule-per-port";

describe("the program", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
    Object.assign(process.env, emulator.environment);
    await pulumi.runtime.setMocks(
      { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) },
      project,
    );
    pulumi.runtime.setAllConfig({ [`${project}:serviceId`]: "4189d3c2-8882-4871-a3c2-d380272eed83" });
  });

  beforeEach(() => {
    // A program runs when it is loaded: each test loads it anew.
    delete require.cache[require.resolve("./index")];
  });

  after(() => emulator.close());

  async function ruleIds(): Promise<string[]> {
    const program: typeof import("./index") = require("./index");
    const ids = pulumi.output(program.ruleIds);
    return new Promise((resolve) => ids.apply(resolve));
  }

  it("makes a rule for each port", async () => {
    assert.deepEqual(await ruleIds(), ["orders-8080", "orders-8081"]);
  });

  it("makes none while the service is being created", async () => {
    emulator.putService(sampleEndpointService.replace('"available"', '"creating"'));
    assert.deepEqual(await ruleIds(), []);
  });
});
