// Tests the program without Pulumi's engine: Pulumi's mocks play the engine, and each lookup is really read from the
// emulator by the provider's own code. What mocks cannot show is a whole stack: previews, state, refresh.
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { read } from "pulumi-vpcep/provider";
import { type Emulator, sampleEndpointService, startEmulator } from "pulumi-vpcep/testing";

const project = "vpcep-unit-test";
const serviceId = "4189d3c2-8882-4871-a3c2-d380272eed83";

describe("the program", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
    Object.assign(process.env, emulator.environment);
    await pulumi.runtime.setMocks(
      {
        // Only a lookup has an id before it is there; every other resource is what the program asks for.
        newResource: async ({ name, id, inputs }) => {
          const found = id ? await read(id, inputs) : { id: `${name}-id`, props: inputs };
          return { id: found.id ?? "", state: found.props ?? {} };
        },
        call: () => ({}),
      },
      project,
    );
    pulumi.runtime.setAllConfig({
      [`${project}:serviceId`]: serviceId,
      [`${project}:host`]: "orders.internal",
    });
  });

  beforeEach(() => {
    emulator.putService(sampleEndpointService);
    // A program runs when it is loaded: each test loads it anew.
    delete require.cache[require.resolve("./index")];
  });

  after(() => emulator.close());

  async function addresses(): Promise<readonly string[]> {
    const program: typeof import("./index") = require("./index");
    return new Promise((resolve) => program.addresses.apply(resolve));
  }

  it("has an address for each port", async () => {
    assert.deepEqual(await addresses(), ["https://orders.internal:8080", "https://orders.internal:8081"]);
  });

  it("has none while the service is being created", async () => {
    emulator.putService(sampleEndpointService.replace('"available"', '"creating"'));
    assert.deepEqual(await addresses(), []);
  });
});
