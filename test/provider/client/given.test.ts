// Proves that a client takes what it is given once, as the caller's own, and refuses what nobody would read; and that no
// listener of its lines fails a lookup.
import assert from "node:assert/strict";
import { createVpcepClient, type VpcepClient, type VpcepClientOptions } from "../../../provider";
import { type Emulator, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { errorOf, serviceId as id, settingsFor } from "../lookups";

describe("what a client is given", () => {
  let emulator: Emulator;
  let client: VpcepClient;

  before(async () => {
    emulator = await startEmulator();
    client = createVpcepClient(settingsFor(emulator));
  });
  after(async () => {
    await client.close();
    await emulator.close();
  });

  class Getter {
    get id() {
      return id;
    }
  }
  const subject = "Cannot read VPC endpoint service: ";
  const inherited = "is inherited or hidden: give a plain object that has it as its own [VPCEP_CONFIG]";

  const refused: readonly [what: string, ask: () => Promise<unknown>, message: string][] = [
    [
      "a region",
      () => client.lookUp("endpointService", { id, region: "eu-nl" } as { id: string }),
      `${subject}region is the client's own. Make another client for another region [VPCEP_CONFIG]`,
    ],
    [
      "a project",
      () => client.lookUp("endpointServices", { projectId: "p" } as object),
      "Cannot read VPC endpoint services: projectId is the client's own. Make another client for another project [VPCEP_CONFIG]",
    ],
    [
      "a wait beside an id",
      () => client.getEndpointService({ id, waitFor: "available" } as { id: string }),
      `${subject}waitFor is no member of the request, which has an id alone. Call lookUp("endpointService", { id, waitFor }) [VPCEP_CONFIG]`,
    ],
    [
      "a text in place of a request",
      () => client.getEndpointService(id as never),
      `${subject}the arguments must be an object, but are "${id}" [VPCEP_CONFIG]`,
    ],
    [
      "an inherited id",
      () => client.lookUp("endpointService", Object.create({ id })),
      `${subject}id ${inherited}`,
    ],
    [
      "the getter of a class",
      () => client.lookUp("endpointService", new Getter()),
      `${subject}id ${inherited}`,
    ],
    [
      "an inherited filter",
      () => client.lookUp("endpointServices", Object.create({ status: "failed" })),
      `Cannot read VPC endpoint services: status ${inherited}`,
    ],
    [
      "an inherited part of a filter",
      () => client.lookUp("endpointServicesByTags", { tags: [Object.create({ key: "a", values: [] })] }),
      "Cannot read VPC endpoint services by tags: key is inherited or hidden: give a plain object that has it as its own [VPCEP_CONFIG]",
    ],
    [
      "an inherited part of what a getter gives",
      () =>
        client.lookUp("endpointService", {
          id,
          get expect() {
            return Object.create({ status: "failed" });
          },
        }),
      `${subject}status ${inherited}`,
    ],
  ];
  for (const [what, ask, message] of refused) {
    it(`is refused where it is ${what}, and nothing is sent`, async () => {
      assert.equal((await errorOf(ask())).message, message);
      assert.equal(emulator.requests.length, 0);
    });
  }

  it("is no setting that nobody knows", async () => {
    const known = "The settings are region, projectId, ";
    for (const [options, begin] of [
      [{ timeoutMS: 1 }, `timeoutMS is no setting of a client. ${known}`],
      [{ region: "eu-de", regoin: "eu-nl" }, `regoin is no setting of a client. ${known}`],
      [{ assumeRole: "a" }, "assumeRole must be an object or a list of objects, but is a string"],
      [Object.create({ region: "eu-nl" }), "region is inherited or hidden: give a plain object"],
    ] as const) {
      const { code, message } = await errorOf(() => createVpcepClient(options as VpcepClientOptions));
      assert.equal(code, "VPCEP_CONFIG");
      assert.ok(message.startsWith(begin), message);
    }
  });

  it("is read once, so that what is sent is what was checked", async () => {
    let reads = 0;
    const changing = {
      get id() {
        reads++;
        return reads === 1 ? id : "describe";
      },
    };
    assert.equal((await client.lookUp("endpointService", changing)).serviceId, id);
    assert.equal(reads, 1);
    reads = 0;
    assert.equal((await client.getEndpointService(changing)).serviceId, id);
    assert.equal(reads, 1);
  });
});

describe("a listener", () => {
  for (const [what, onWarning] of [
    [
      "throws",
      () => {
        throw new Error("sick");
      },
    ],
    [
      "rejects",
      async () => {
        throw new Error("sick");
      },
    ],
  ] as const) {
    it(`that ${what} fails no lookup`, async () => {
      const unreadable = { ...JSON.parse(sampleEndpointService), id, tcp_proxy: { a: 1 }, tags: 5 };
      const emulator = await startEmulator();
      let told = 0;
      const listener = (): unknown => {
        told++;
        return onWarning();
      };
      const client = createVpcepClient(settingsFor(emulator, { onWarning: listener as () => void }));
      const unhandled: unknown[] = [];
      const note = (error: unknown) => unhandled.push(error);
      process.on("unhandledRejection", note);
      try {
        emulator.reply(() => ({ status: 200, body: unreadable }));
        assert.equal((await client.getEndpointService({ id })).serviceId, id);
        await new Promise((resolve) => setImmediate(resolve));
        assert.ok(told > 0);
        assert.deepEqual(unhandled, []);
      } finally {
        process.off("unhandledRejection", note);
        await client.close();
        await emulator.close();
      }
    });
  }
});
