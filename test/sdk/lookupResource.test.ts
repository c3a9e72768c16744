// Proves what a lookup leaves a program of its own: the stacks of its errors, and how long they are.
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as vpcep from "../../sdk/functions";
import { EndpointService, getEndpointService, getVpcepVersions } from "../../sdk/index";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";

function fail(): never {
  throw new RangeError("not like this");
}

/** The frames of an error that name this file, the first one first. */
function ownFrames(error: unknown): string[] {
  assert.ok(error instanceof Error);
  return String(error.stack)
    .split("\n    at ")
    .filter((frame) => frame.includes(__filename));
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail("nothing was thrown");
}

describe("the stack of an error", () => {
  const { stackTraceLimit } = Error;
  const mock = (newResource: pulumi.runtime.Mocks["newResource"]) =>
    pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "stack", false);

  beforeEach(async () => {
    // Node's own; the test runner has made it longer.
    Error.stackTraceLimit = 10;
    await mock(({ id: asked, inputs }) => ({ id: asked ?? "", state: inputs }));
  });

  afterEach(async () => {
    Error.stackTraceLimit = stackTraceLimit;
    await mock(({ inputs }) => ({ id: "", state: inputs }));
  });

  /** Runs what looks up with a callback that is a transformation, in every place that Pulumi takes one from. */
  const places: [string, (transformation: pulumi.ResourceTransformation) => unknown][] = [
    ["of the lookup", (each) => getEndpointService("orders", { id }, { transformations: [each] })],
    ["of a class", (each) => new EndpointService("orders", { id }, { transformations: [each] })],
    [
      "of its parent",
      (each) => {
        let given = false;
        // Pulumi calls it for the parent too.
        const transformations: pulumi.ResourceTransformation[] = [(args) => (given ? each(args) : undefined)];
        const parent = new pulumi.ComponentResource("test:index:Parent", "parent", {}, { transformations });
        given = true;
        return getEndpointService("orders", { id }, { parent });
      },
    ],
    [
      "of the stack",
      (each) => {
        pulumi.runtime.registerStackTransformation(each);
        return getEndpointService("orders", { id });
      },
    ],
  ];

  for (const [place, lookUp] of places) {
    it(`names the line of a transformation ${place} that throws`, async () => {
      let error: unknown;
      await pulumi.runtime.runInPulumiStack(async () => {
        error = thrownBy(() => lookUp(fail));
      });
      const [first, ...others] = ownFrames(error);
      assert.match(String((error as Error).stack), /^RangeError: not like this\n/);
      assert.match(String(first), /^fail /);
      assert.ok(others.length > 0, "the line of the call is missing");
    });

    it(`is as long as the program says in a transformation ${place}, and after it`, async () => {
      const limits: number[] = [];
      Error.stackTraceLimit = 7;
      await pulumi.runtime.runInPulumiStack(async () => {
        lookUp(() => {
          limits.push(Error.stackTraceLimit);
          return undefined;
        });
        limits.push(Error.stackTraceLimit);
      });
      assert.deepEqual(limits, [7, 7]);
    });
  }

  it("stays as long as a transformation has made it", () => {
    const longer = () => {
      Error.stackTraceLimit = 23;
      return undefined;
    };
    getEndpointService("orders", { id }, { transformations: [longer] });
    assert.equal(Error.stackTraceLimit, 23);
  });

  it("stays as long when a transformation looks up something itself", () => {
    let limit: number | undefined;
    const another = () => {
      getEndpointService("others", { id });
      limit = Error.stackTraceLimit;
      return undefined;
    };
    getEndpointService("orders", { id }, { transformations: [another] });
    assert.deepEqual([limit, Error.stackTraceLimit], [10, 10]);
  });

  for (const limit of [0, undefined]) {
    it(`stays away where the program has set its length to ${limit}`, () => {
      Error.stackTraceLimit = limit as number;
      getEndpointService("orders", { id });
      assert.equal(Error.stackTraceLimit, limit);
    });
  }

  for (const [refusal, message, call] of [
    [
      "a parent that is no resource",
      /^Resource parent is not a valid Resource: orders$/,
      () => getEndpointService("orders", { id }, { parent: "orders" as unknown as pulumi.Resource }),
    ],
    [
      "providers",
      /^Do not supply 'providers' option to a CustomResource/,
      () => getEndpointService("orders", { id }, { providers: [] } as pulumi.CustomResourceOptions),
    ],
    [
      "a transformation that moves it elsewhere",
      /^Transformations cannot currently be used to change the `parent`/,
      () => {
        const parent = getEndpointService("parent", { id });
        return getEndpointService(
          "orders",
          { id },
          { transformations: [({ props, opts }) => ({ props, opts: { ...opts, parent } })] },
        );
      },
    ],
  ] as const) {
    it(`names the line of the call when Pulumi refuses ${refusal}`, () => {
      const error = thrownBy(call);
      assert.match((error as Error).message, message);
      assert.ok(ownFrames(error).length > 0, String((error as Error).stack));
      assert.equal(Error.stackTraceLimit, 10);
    });
  }

  it("names the line of the call when the read fails", async () => {
    await mock(() => {
      throw new Error("no such service");
    });
    const reasons: unknown[] = [];
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", (reason) => reasons.push(reason));
    try {
      getEndpointService("orders", { id });
      while (reasons.length === 0) {
        await new Promise(setImmediate);
      }
      await new Promise(setImmediate);
    } finally {
      process.removeAllListeners("unhandledRejection");
      for (const listener of others) {
        process.on("unhandledRejection", listener);
      }
    }
    const [error] = reasons;
    assert.match((error as Error).message, /^failed to read resource .*: no such service$/);
    assert.ok(ownFrames(error).length > 0, String((error as Error).stack));
  });

  it("costs a lookup none of its shape", () => {
    const orders = getEndpointService("orders", { id });
    for (const key of ["urn", "id", "vpcId", "__provider"]) {
      const { value, ...rights } = Object.getOwnPropertyDescriptor(orders, key) ?? {};
      assert.ok(pulumi.Output.isInstance(value), key);
      assert.deepEqual(rights, { writable: true, enumerable: true, configurable: true }, key);
    }
    const classes = [EndpointService, Object.getPrototypeOf(EndpointService)] as (typeof EndpointService)[];
    assert.deepEqual(
      classes.flatMap((each) => Reflect.ownKeys(each.prototype)),
      ["constructor", "constructor"],
    );
  });

  it("is not made for each of the outputs, of which none would say more", () => {
    const { prepareStackTrace } = Error;
    let made = 0;
    Error.prepareStackTrace = (error, frames) => {
      made += Math.min(frames.length, 1);
      return `${error}${frames.map((frame) => `\n    at ${frame}`).join("")}`;
    };
    try {
      getEndpointService("orders", { id });
    } finally {
      Error.prepareStackTrace = prepareStackTrace as NonNullable<typeof prepareStackTrace>;
    }
    assert.ok(made <= 5, `${made} stack traces`);
  });

  it("names the line of a getter of an argument that throws", () => {
    const args = {
      get id(): string {
        return fail();
      },
    };
    assert.match(String(ownFrames(thrownBy(() => getEndpointService("orders", args)))[0]), /^fail /);
  });
});

describe("the account of a lookup", () => {
  const problem =
    "account must be a plain string, but is an output, a promise or has one in it: it says who asks, and must be known when the lookup is called";
  for (const [what, account] of [
    ["an output", pulumi.output("prod")],
    ["a secret", pulumi.secret("prod")],
    ["a promise", Promise.resolve("prod")],
    ["an object with an output", { name: pulumi.output("prod") }],
  ] as const) {
    it(`is refused at the call as ${what}, in both forms`, async () => {
      const args = { id, account: account as unknown as string };
      const thrown = thrownBy(() => getEndpointService("orders", args));
      assert.ok(thrown instanceof TypeError);
      assert.equal(thrown.message, `getEndpointService("orders"): ${problem}`);
      assert.equal(ownFrames(thrown).length > 0, true);
      assert.throws(() => vpcep.getEndpointServiceOutput(args), {
        name: "TypeError",
        message: `getEndpointServiceOutput: ${problem}`,
      });
    });
  }

  it("is a part of what is asked, and of an id that is made of the arguments", async () => {
    const asked: object[] = [];
    await pulumi.runtime.setMocks(
      {
        newResource: ({ id: own, inputs }) => {
          asked.push([own, inputs.asked]);
          return { id: own ?? "", state: inputs };
        },
        call: () => ({}),
      },
      "project",
      "stack",
      false,
    );
    getEndpointService("orders", { id, account: "prod" });
    getVpcepVersions("api", { account: "prod" });
    await pulumi.runtime.disconnect();
    assert.deepEqual(
      new Map(asked as [string, object][]),
      new Map([
        [id, { id, account: "prod" }],
        ["versions?account=prod", { account: "prod" }],
      ] as [string, object][]),
    );
  });
});
