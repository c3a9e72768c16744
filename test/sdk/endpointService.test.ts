// Proves what a program sees of a lookup: what is registered, which outputs there are, and which call is refused where.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import {
  EndpointService,
  type EndpointServicePort,
  type EndpointServiceStatus,
  type GetEndpointServiceArgs,
  getEndpointService,
} from "../../sdk/index";
import { unknownValue } from "../engine/propertyValues";
import { sampleRecord } from "../fixtures/sampleRecord";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const projectId = "6e9dfd51d1124e8d8498dce894923a0d";

const record = {
  ...sampleRecord,
  ports: [{ clientPort: 8080, serverPort: 80, protocol: "TCP" }],
  connectionCount: 3,
  supportedEditions: ["basic"],
  tags: { team: "orders" },
  region: "eu-de",
  extra: { net_type: "vxlan" },
};

type OutputName = keyof typeof record & keyof EndpointService;

/** A value once it is known. */
function known<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => output.apply(resolve));
}

function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}

describe("a lookup in a program", () => {
  let registered: pulumi.runtime.MockResourceArgs[];

  async function start(preview: boolean): Promise<void> {
    registered = [];
    await pulumi.runtime.setMocks(
      {
        newResource: (resource) => {
          registered.push(resource);
          return { id: resource.id ?? "", state: { ...resource.inputs, ...record } };
        },
        call: () => ({}),
      },
      "project",
      "stack",
      preview,
    );
  }

  beforeEach(() => start(false));

  const only = () => {
    assert.equal(registered.length, 1);
    return registered[0] as pulumi.runtime.MockResourceArgs;
  };

  for (const [spelling, lookUp] of [
    [
      "getEndpointService",
      (args: GetEndpointServiceArgs, opts?: pulumi.CustomResourceOptions) =>
        getEndpointService("orders", args, opts),
    ],
    [
      "EndpointService.get",
      ({ id: asked, ...args }: GetEndpointServiceArgs, opts?: pulumi.CustomResourceOptions) =>
        EndpointService.get("orders", asked, args, opts),
    ],
    [
      "new EndpointService",
      (args: GetEndpointServiceArgs, opts?: pulumi.CustomResourceOptions) =>
        new EndpointService("orders", args, opts),
    ],
  ] as const) {
    describe(`by ${spelling}`, () => {
      it("is read by its id, under its type token and its name", async () => {
        const orders = lookUp({ id });
        assert.equal(
          await known(orders.urn),
          "urn:pulumi:stack::project::pulumi-nodejs:dynamic/vpcep:EndpointService::orders",
        );
        assert.ok(orders instanceof EndpointService);
        assert.ok(pulumi.CustomResource.isInstance(orders));
        const { type, name, id: read, inputs } = only();
        assert.deepEqual([type, name, read], ["pulumi-nodejs:dynamic/vpcep:EndpointService", "orders", id]);
        assert.equal(typeof inputs.__provider, "string");
        assert.deepEqual(inputs.asked, { id });
        assert.equal(await known(orders.id), id);
      });

      it("passes region and project on, plain or as outputs", async () => {
        const region = pulumi.output("eu-nl");
        await known(lookUp({ id: Promise.resolve(id), region, projectId }).urn);
        const { id: read, inputs } = only();
        assert.deepEqual([read, inputs.asked], [id, { id, region: "eu-nl", projectId }]);
      });

      it("keeps Pulumi's own options, but for the id", async () => {
        const parent = lookUp({ id });
        const child = lookUp({ id }, { parent, id: "another" });
        assert.match(
          await known(child.urn),
          /EndpointService\$pulumi-nodejs:dynamic\/vpcep:EndpointService::orders$/,
        );
        assert.deepEqual(
          registered.map(({ id: read }) => read),
          [id, id],
        );
      });

      for (const [argument, args] of [
        ["id", { id: pulumi.output(unknown as unknown as string) }],
        ["region", { id, region: pulumi.output(unknown as unknown as string) }],
        ["projectId", { id, region: "eu-de", projectId: pulumi.output(unknown as unknown as string) }],
      ] as [string, GetEndpointServiceArgs][]) {
        it(`has an unknown id as long as ${argument} is unknown, so that nothing is read`, async () => {
          await start(true);
          await known(lookUp(args).urn);
          assert.equal(only().id, unknownValue);
        });
      }

      it("asks by its id in a preview when everything is known", async () => {
        await start(true);
        await known(lookUp({ id: pulumi.output(id), region: pulumi.output("eu-de") }).urn);
        assert.equal(only().id, id);
      });
    });
  }

  describe("has outputs", () => {
    it("with the values of the record, every one of them", async () => {
      const orders = getEndpointService("orders", { id });
      for (const name of Object.keys(record) as OutputName[]) {
        assert.ok(pulumi.Output.isInstance(orders[name]), name);
        assert.deepEqual(await known(orders[name] as pulumi.Output<unknown>), record[name], name);
      }
    });

    it("of the right types", async () => {
      const orders = getEndpointService("orders", { id });
      const ports: readonly EndpointServicePort[] = await known(orders.ports);
      const status: EndpointServiceStatus = await known(orders.status);
      const texts: pulumi.Output<string>[] = [
        orders.vpcId,
        orders.serviceId,
        orders.region,
        orders.projectId,
      ];
      const tags: Record<string, string> | null = await known(orders.tags);
      const count: number | null = await known(orders.connectionCount);
      assert.deepEqual(ports, [{ clientPort: 8080, serverPort: 80, protocol: "TCP" }]);
      assert.deepEqual([status, tags, count, texts.length], ["available", { team: "orders" }, 3, 4]);
      // @ts-expect-error A field that the API may leave out is not always text.
      const name: pulumi.Output<string> = orders.serviceName;
      assert.equal(await known(name), "test123");
      const first: number | undefined = await known(orders.ports.apply(([port]) => port?.clientPort));
      assert.equal(first, 8080);
    });

    it("that are there, and unknown, when the read is left out in a preview", async () => {
      await pulumi.runtime.setMocks(
        { newResource: ({ inputs }) => ({ id: "", state: inputs }), call: () => ({}) },
        "project",
        "stack",
        true,
      );
      const orders = getEndpointService("orders", { id: pulumi.output(unknown as unknown as string) });
      for (const name of Object.keys(record) as OutputName[]) {
        assert.equal(await isKnown(orders[name] as pulumi.Output<unknown>), false, name);
      }
    });
  });

  describe("refuses at the call", () => {
    const ids = "must be 1 to 64 letters, digits, hyphens or underscores, but is";
    const regions = "region must be the id of a region, such as eu-de or cn-north-4, but is";
    const refusals: readonly (readonly [string, unknown, string])[] = [
      ["an empty id", { id: "" }, `id ${ids} ""`],
      ["an id with a slash", { id: "a/b" }, `id ${ids} "a/b"`],
      ["an id that climbs", { id: ".." }, `id ${ids} ".."`],
      ["an id with a line break", { id: "a\n" }, `id ${ids} "a\\n"`],
      ["an id of 65 characters", { id: "a".repeat(65) }, `id ${ids} "${"a".repeat(65)}"`],
      [
        "an id of 1,000 characters, which it does not show whole",
        { id: "a".repeat(1_000) },
        `id ${ids} "${"a".repeat(80)}" and 920 more characters`,
      ],
      ["a number", { id: 5 }, `id ${ids} a number`],
      ["an object", { id: {} }, `id ${ids} an object`],
      [
        "describe",
        { id: "describe" },
        'id must not be "describe": that is the path of another call of the API',
      ],
      ["public", { id: "public" }, 'id must not be "public": that is the path of another call of the API'],
      ["a region that is a host", { id, region: "evil.com/" }, `${regions} "evil.com/"`],
      ["an empty region", { id, region: "" }, `${regions} ""`],
      ["a region in capitals", { id, region: "EU-DE" }, `${regions} "EU-DE"`],
      ["a region that is a number", { id, region: 5 }, `${regions} a number`],
      ["a project with a slash", { id, projectId: "a/b" }, `projectId ${ids} "a/b"`],
      ["an empty project", { id, projectId: "" }, `projectId ${ids} ""`],
      ["a project that is a list", { id, projectId: [] }, `projectId ${ids} an array`],
      [
        "a malformed region beside an id that comes later",
        { id: pulumi.output(id), region: "X" },
        `${regions} "X"`,
      ],
      [
        "a malformed id beside a region that comes later",
        { id: "a/b", region: Promise.resolve("eu-de") },
        `id ${ids} "a/b"`,
      ],
    ];

    /** The error of a call; its stack begins at the program's own line. */
    function errorOf(call: () => unknown): TypeError {
      try {
        call();
      } catch (error) {
        assert.ok(error instanceof TypeError);
        const [first, second] = String(error.stack).split("\n    at ");
        assert.equal(first, `TypeError: ${error.message}`);
        assert.ok(second?.includes(__filename), `the first frame is ${second}`);
        return error;
      }
      assert.fail("nothing was refused");
    }

    for (const [name, args, problem] of refusals) {
      it(name, async () => {
        const given = args as GetEndpointServiceArgs;
        const { id: asked, ...others } = given;
        for (const call of [
          () => getEndpointService("orders", given),
          () => EndpointService.get("orders", asked, others),
          () => new EndpointService("orders", given),
        ]) {
          assert.equal(errorOf(call).message, `getEndpointService("orders"): ${problem}`);
        }
        await new Promise(setImmediate);
        assert.deepEqual(registered, []);
      });
    }

    for (const [name, args] of [
      ["no arguments", undefined],
      ["null for arguments", null],
      ["arguments without an id", {}],
      ["an id of undefined", { id: undefined }],
      ["an id of null", { id: null }],
      ["an id in the options alone", {}],
    ] as const) {
      it(`${name}, and says what to call`, () => {
        const given = args as unknown as GetEndpointServiceArgs;
        const opts = name.includes("options") ? { id } : {};
        for (const call of [
          () => getEndpointService("orders", given, opts),
          () => new EndpointService("orders", given, opts),
          () => EndpointService.get("orders", (given?.id ?? undefined) as unknown as string, {}, opts),
        ]) {
          assert.match(
            errorOf(call).message,
            /^getEndpointService\("orders"\): id is missing: \S.* is read, never created\. Call getEndpointService\(name, \{ id \}\)$/,
          );
        }
      });
    }

    it("a resource's name that is empty, or none", () => {
      for (const [name, shown] of [
        ["", '""'],
        [undefined, "undefined"],
      ] as const) {
        const { message } = errorOf(() => getEndpointService(name as string, { id }));
        assert.equal(
          message,
          `getEndpointService(${JSON.stringify(name)}): the first argument is the resource's name in the stack, and must be a text that is not empty, but is ${shown}`,
        );
      }
    });

    it("with the name of the lookup quoted, so that it stays on one line", () => {
      const { message } = errorOf(() => getEndpointService('a"\nb', { id: "a/b" }));
      assert.equal(message, `getEndpointService("a\\"\\nb"): id ${ids} "a/b"`);
    });
  });
});
