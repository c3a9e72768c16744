// Proves what a function says of a call that cannot be, when it is loaded, and that it ends with the program.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as resources from "../../../sdk";
import * as vpcep from "../../../sdk/functions";
import { type Emulator, startEmulator } from "../../../sdk/testing";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";

type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Calls with arguments that no compiler would let pass. */
const call = (name: string, ...args: unknown[]) => (({ ...vpcep }) as unknown as Functions)[name]?.(...args);

const named = (getter: string) =>
  `the first argument is an object of arguments, but is "orders". The lookup that has a name in the stack is ${getter} of "pulumi-vpcep"`;
const later = (what: string, getter: string) =>
  `${what} is an output or a promise, whose value comes later: call ${getter}Output, which waits for it`;

class Filter {
  get status() {
    return "failed";
  }
}
const inherited = (name: string) =>
  `${name} is inherited or hidden: give a plain object that has it as its own`;

class Component extends pulumi.ComponentResource {
  readonly self = this;
}
const component = Object.assign(Object.create(Component.prototype) as object, { __pulumiResource: true });
const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;
const notAResource = "'dependsOn' was passed a value that was not a Resource.";

const malformed: readonly [string, unknown[], string][] = [
  ["getEndpointService", ["orders", { id }], named("getEndpointService")],
  ["findEndpointService", ["orders"], named("findEndpointService")],
  ["getVpcepTagsOutput", ["orders"], named("getVpcepTags")],
  ["getEndpointService", [{ id: pulumi.output(id) }], later("id", "getEndpointService")],
  ["getEndpointService", [pulumi.output({ id })], later("the first argument", "getEndpointService")],
  [
    "getEndpointServicesByIds",
    [{ ids: [id, Promise.resolve(id)] }],
    later("ids[1]", "getEndpointServicesByIds"),
  ],
  [
    "getEndpointService",
    [{ id, expect: { ports: [{ clientPort: pulumi.output(80), serverPort: 80 }] } }],
    later("expect.ports[0].clientPort", "getEndpointService"),
  ],
  [
    "getEndpointServiceOutput",
    [pulumi.output({ id })],
    "the first argument is an output or a promise: give an object, whose members may be either",
  ],
  ["getEndpointService", [], "the arguments must be an object, but are undefined"],
  ["getEndpointService", [null], "the arguments must be an object, but are null"],
  ["getEndpointService", [{}], "id is missing"],
  ["getEndpointServiceOutput", [{ id: undefined }], "id is missing"],
  [
    "getEndpointServiceOutput",
    [{ id: "no id" }],
    'id must be 1 to 64 letters, digits, hyphens or underscores, but is "no id"',
  ],
  ["getEndpointService", [{ id, name: "x" }], "name is no argument of getEndpointService"],
  ["findEndpointService", [{ id, serviceName: "x" }], "exactly one of id and serviceName must be given"],
  [
    "getEndpointService",
    [{ id }, { parent: undefined }],
    "parent is no option of this function: it has signal alone",
  ],
  [
    "getEndpointServiceOutput",
    [{ id }, { signal: null }],
    "signal is no option of this function: it has dependsOn alone",
  ],
  ["getEndpointServices", [new Filter()], inherited("status")],
  ["getEndpointServicesOutput", [new Filter()], inherited("status")],
  ["getEndpointService", [Object.create({ id })], inherited("id")],
  ["getEndpointService", [{ id, expect: Object.create({ status: "failed" }) }], inherited("status")],
  ["getEndpointServices", [new Map([["status", "failed"]])], "a Map stands where a plain object belongs"],
  [
    "getEndpointServices",
    [new URLSearchParams("status=failed")],
    "a URLSearchParams stands where a plain object belongs",
  ],
  ["getEndpointServices", [new Date()], "a Date stands where a plain object belongs"],
  ["getEndpointService", [{ id: component }], "id is a resource: pass its id"],
  ["getEndpointServiceOutput", [{ id: component }], "id is a resource: pass its id"],
  ["getEndpointServicesByIdsOutput", [{ ids: [id, component] }], "ids[1] is a resource: pass its id"],
  [
    "getEndpointServiceOutput",
    [component],
    "the arguments are a resource: give an object, such as { id: resource.id }",
  ],
  [
    "getEndpointServiceOutput",
    [{ id, expect: cyclic }],
    "expect knows status, vpcId, serverType, ports, but not self",
  ],
  [
    "getEndpointService",
    [{ id }, { signal: new AbortController() }],
    "signal must be an AbortSignal, but is an object",
  ],
  ["getEndpointServiceOutput", [{ id }, { dependsOn: "foo" }], notAResource],
  ["getEndpointServiceOutput", [{ id }, { dependsOn: [{}] }], notAResource],
  ["getEndpointService", [{ id }, "now"], 'the second argument is an object of options, but is "now"'],
];

describe("a function", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    Object.assign(process.env, emulator.environment);
  });

  after(async () => {
    for (const name of Object.keys(emulator.environment)) {
      delete process.env[name];
    }
    await emulator.close();
  });

  it("refuses a malformed call with a TypeError that begins at the caller's line, and sends nothing", async () => {
    for (const [name, args, problem] of malformed) {
      let error: unknown;
      if (name.endsWith("Output")) {
        try {
          call(name, ...args);
        } catch (thrown) {
          error = thrown;
        }
      } else {
        error = await (call(name, ...args) as Promise<unknown>).catch((rejected: unknown) => rejected);
      }
      assert.ok(error instanceof TypeError, `${name}: ${problem}`);
      assert.equal(error.message, `${name}: ${problem}`);
      assert.match(String(error.stack), /\n {4}at call .*invoke\.test\.ts/);
    }
    assert.deepEqual(emulator.requests, []);
  });

  it("is named where a resource is asked for without a name", () => {
    for (const getter of ["getEndpointService", "findEndpointService", "getVpcepQuotas"] as const) {
      assert.throws(() => (({ ...resources }) as unknown as Functions)[getter]?.({ id }), {
        name: "TypeError",
        message: `${getter}: the first argument is the resource's name in the stack, and must be a text that is not empty, but is an object. The function without a name is ${getter} of "pulumi-vpcep/functions"`,
      });
    }
  });

  it("asks what it was given at the call, whatever becomes of the arguments", async () => {
    const args = { ids: [id] };
    const looked = vpcep.getEndpointServicesByIds(args);
    const later = vpcep.getEndpointServicesByIdsOutput(args);
    args.ids.push("gone");
    assert.equal((await looked).totalCount, 1);
    assert.equal(await new Promise((resolve) => later.totalCount.apply(resolve)), 1);
  });

  it("keeps a secret argument out of what it says, and nothing else out of what others say", async () => {
    const short = vpcep.getEndpointServiceOutput({ id: pulumi.secret("e") });
    const error = (await (short as unknown as { promise(): Promise<unknown> })
      .promise()
      .catch((thrown) => thrown)) as Error;
    assert.match(
      error.message,
      /^Cannot read VPC endpoint service \[secret\] \(region eu-de, project \w+\): 127\.0\.0\.1:\d+ answered 404 /,
    );
    const tags = [{ key: "env", values: [pulumi.secret("x"), pulumi.secret("nope")] }];
    await (
      vpcep.getEndpointServicesByTagsOutput({ tags }) as unknown as { promise(): Promise<unknown> }
    ).promise();
    await assert.rejects(
      vpcep.getEndpointService({ id: "nope" }),
      /^VpcepError: Cannot read VPC endpoint service nope /,
    );
    await assert.rejects(
      vpcep.getEndpointService({ id, expect: { vpcId: "x" } }),
      /the service is not as expected: vpcId is "4189d3c2-8882-4871-a3c2-d380272eed80", expected "x"\./,
    );
  });

  it("ends with the reason of its signal, whether it is aborted before or meanwhile", async () => {
    const reason = new Error("enough");
    await assert.rejects(
      vpcep.getEndpointService({ id }, { signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
    emulator.replyTo(id, { delayMs: 30_000 });
    const controller = new AbortController();
    const looked = vpcep.getEndpointService({ id }, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 100);
    await assert.rejects(looked, (error) => error === reason);
  });

  describe("in a process of its own", () => {
    const root = join(__dirname, "..", "..", "..");
    const entry = JSON.stringify(join(root, "bin", "sdk", "functions"));
    const outputOf = async (program: string) => {
      const options = { timeout: 20_000, env: process.env, cwd: root };
      return (await promisify(execFile)(process.execPath, ["-e", program], options)).stdout;
    };
    const counting = `
      const vpcep = require(${entry});
      const loaded = (part) => Object.keys(require.cache).filter((file) => file.includes(require("node:path").normalize(part))).length > 0;`;

    it("loads the client when it is first called, and keeps no program alive", async () => {
      const program = `${counting}
        const before = [loaded("bin/provider"), loaded("undici/")];
        vpcep.getEndpointService({ id: "${id}" }).then(({ status }) => console.log(...before, loaded("bin/provider"), status));`;
      assert.equal(await outputOf(program), "false false true available\n");
    });

    it("loads of undici what sends, and sets no dispatcher for the program", async () => {
      const program = `${counting}
        vpcep.getEndpointService({ id: "${id}" }).then(() =>
          console.log(loaded("undici/lib/dispatcher/client.js"), loaded("undici/index.js"), loaded("undici/lib/web/fetch"), globalThis[Symbol.for("undici.globalDispatcher.1")]));`;
      assert.equal(await outputOf(program), "true false false undefined\n");
    });

    it("takes all of undici where its parts are elsewhere", async () => {
      const program = `
        const { Module } = require("node:module");
        const resolve = Module._resolveFilename;
        Module._resolveFilename = (name, ...rest) => {
          if (name.startsWith("undici/lib/")) throw new Error("Cannot find module");
          return resolve(name, ...rest);
        };${counting}
        vpcep.getEndpointService({ id: "${id}" }).then(({ status }) => console.log(loaded("undici/index.js"), status));`;
      assert.equal(await outputOf(program), "true available\n");
    });
  });
});
