// Proves what the engine is answered: outputs, a blank id for what a refresh proves gone, and errors of one clean line.
import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { read, refuseCreation, VpcepError } from "../../../provider";
import { type Emulator, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { detailPath, errorOf, everythingOf, hostOf, projectId, serviceId, subject } from "../lookups";

/** A stack's configuration, as Pulumi's host hands it over. */
function configOf(values: Record<string, string>) {
  return { get: (key: string) => values[key], require: (key: string) => values[key] ?? "" };
}

describe("read", () => {
  let emulator: Emulator;
  let config: ReturnType<typeof configOf>;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => {
    emulator.reset();
    emulator.set({ services: [sampleEndpointService] });
    config = settings();
  });
  after(() => emulator.close());

  const settings = (changes: Record<string, string> = {}) =>
    configOf({
      "vpcep:endpoint": emulator.url,
      "vpcep:region": "eu-de",
      "vpcep:projectId": projectId,
      "vpcep:token": "emulator-token",
      "vpcep:maxAttempts": "1",
      ...changes,
    });

  it("answers a lookup with the id that was asked for and every output", async () => {
    const { id, props } = await read(serviceId, {}, config);
    assert.equal(id, serviceId);
    assert.equal(props.serviceId, serviceId);
    assert.equal(props.vpcId, "4189d3c2-8882-4871-a3c2-d380272eed80");
    assert.equal(props.markerId, "422321321312321321");
    assert.deepEqual([props.region, props.projectId], ["eu-de", projectId]);
    assert.equal(emulator.requests.length, 1);
  });

  it("keeps the id as it was asked for, and gives the service's own beside it", async () => {
    const asked = serviceId.toUpperCase();
    const { id, props } = await read(asked, {}, config);
    assert.deepEqual([id, props.serviceId], [asked, serviceId]);
  });

  it("answers with values that Pulumi's protocol carries, and null for what the API leaves out", async () => {
    const { props } = await read(serviceId, {}, config);
    const carried = Struct.deserializeBinary(Struct.fromJavaScript(props).serializeBinary()).toJavaScript();
    assert.deepEqual(carried, props);
    assert.deepEqual([props.vipPortId, props.tags, props.extra], [null, null, {}]);
  });

  it("asks the region and the project of the arguments", async () => {
    emulator.set({
      projects: [
        { id: projectId, name: "eu-de" },
        { id: "other", name: "eu-nl" },
      ],
    });
    emulator.putService(sampleEndpointService.replace(projectId, "other"));
    const { props } = await read(serviceId, { region: "eu-nl", projectId: "other" }, config);
    assert.deepEqual([props.region, props.projectId], ["eu-nl", "other"]);
    assert.equal(emulator.requests[0]?.path, detailPath.replace(projectId, "other"));
    assert.equal(emulator.requests[0]?.headers["x-auth-token"], "emulator-token");
  });

  it("asks the same place on a refresh, whatever the configuration says now", async () => {
    emulator.set({
      projects: [
        { id: projectId, name: "eu-de" },
        { id: "other", name: "eu-nl" },
      ],
    });
    const { props } = await read(serviceId, {}, config);
    emulator.reset();
    const again = await read(
      serviceId,
      props,
      settings({ "vpcep:region": "eu-nl", "vpcep:projectId": "other" }),
    );
    assert.deepEqual(again, { id: serviceId, props });
    assert.deepEqual(
      emulator.requests.map(({ path }) => path),
      [detailPath],
    );
  });

  it("reads the environment of the moment where the configuration says nothing", async () => {
    const before = { ...process.env };
    try {
      Object.assign(process.env, emulator.environment);
      const { props } = await read(serviceId);
      assert.equal(props.serviceId, serviceId);
    } finally {
      for (const name of Object.keys(emulator.environment)) {
        delete process.env[name];
      }
      Object.assign(process.env, before);
    }
  });

  it("takes null and nothing for an argument that was not given", async () => {
    const { props } = await read(serviceId, { region: null, projectId: undefined }, config);
    assert.deepEqual([props.region, props.projectId], ["eu-de", projectId]);
  });

  it("answers a refresh of a service that is gone with a blank id", async () => {
    const { props } = await read(serviceId, {}, config);
    emulator.deleteService(serviceId);
    assert.deepEqual(await read(serviceId, props, config), { id: "", props: {} });
    emulator.reply({ status: 400, body: { error: { code: "EndPoint.2003", message: "m" } } });
    assert.deepEqual(await read(serviceId, props, config), { id: "", props: {} });
  });

  it("throws for a lookup of a service that does not exist", async () => {
    emulator.deleteService(serviceId);
    for (const properties of [{}, { region: "eu-de" }, { region: "eu-de", projectId }]) {
      const error = await errorOf(read(serviceId, properties, config));
      assert.equal(error.code, "VPCEP_NOT_FOUND");
    }
  });

  it("throws on a refresh for every other failure, so that the record stays", async () => {
    const { props } = await read(serviceId, {}, config);
    for (const [reply, code] of [
      [{ status: 404 }, "VPCEP_API"],
      [{ status: 404, body: { error_code: "APIGW.0101", error_msg: "m" } }, "VPCEP_API"],
      [{ status: 404, headers: { "content-type": "text/html" }, body: "<html>" }, "VPCEP_API"],
      [{ status: 403, body: { error_code: "EndPoint.0004", error_msg: "m" } }, "VPCEP_FORBIDDEN"],
      [{ status: 429 }, "VPCEP_THROTTLED"],
      [{ status: 500, body: { error: { code: "EndPoint.0005", message: "m" } } }, "VPCEP_API"],
      [{ body: "" }, "VPCEP_RESPONSE"],
      [{ body: "[]" }, "VPCEP_RESPONSE"],
      [{ breakOff: { by: "close" } }, "VPCEP_CONNECTION"],
      [{ status: 401 }, "VPCEP_AUTH"],
    ] as const) {
      emulator.reply(() => reply);
      const error = await errorOf(read(serviceId, props, config));
      assert.equal(error.code, code);
      emulator.reset();
    }
  });

  for (const [properties, message] of [
    [{ region: 5 }, "region must be a string, but is a number"],
    [{ region: {} }, "region must be a string, but is an object"],
    [{ region: ["eu-de"] }, "region must be a string, but is an array"],
    [{ projectId: true }, "projectId must be a string, but is a boolean"],
    [
      { region: "evil.com/" },
      `region must be the id of a region, such as eu-de or cn-north-4, but is "evil.com/" (from the lookup's arguments)`,
    ],
    [
      { projectId: "../x" },
      `projectId must be 1 to 64 letters, digits, hyphens or underscores, but is "../x" (from the lookup's arguments)`,
    ],
  ] as const) {
    it(`refuses the argument ${JSON.stringify(properties)}, and sends nothing`, async () => {
      const error = await errorOf(read(serviceId, properties, config));
      assert.equal(error.message, `${message} [VPCEP_CONFIG]`);
      assert.equal(emulator.requests.length, 0);
    });
  }

  it("refuses an id that came as something else, and sends nothing", async () => {
    for (const id of [5, null, undefined, {}]) {
      const error = await errorOf(read(id as unknown as string, {}, config));
      assert.equal(error.code, "VPCEP_CONFIG");
      assert.match(error.message, /: id (is missing|must be)/);
    }
    assert.equal(emulator.requests.length, 0);
  });

  it("tells a lookup without a region what to set", async () => {
    const error = await errorOf(read(serviceId, {}, configOf({ "vpcep:token": "t" })));
    assert.equal(
      error.message,
      "No region: pass region to the lookup, or run `pulumi config set vpcep:region eu-de`, or set HW_REGION_NAME in the environment [VPCEP_CONFIG]",
    );
  });

  describe("an error", () => {
    /** What Pulumi's host prints of it. */
    const printed = (error: Error) => `${error}: ${error.stack}`;

    it("is printed by the host as one clean line", async () => {
      emulator.deleteService(serviceId);
      const errors = [
        await errorOf(read(serviceId, {}, config)),
        await errorOf(read("a/b", {}, config)),
        await errorOf(read(serviceId, { region: 5 }, config)),
        await errorOf(read(serviceId, {}, configOf({ "vpcep:region": "eu-de", "vpcep:accessKey": "a" }))),
        await errorOf(refuseCreation),
      ];
      assert.ok(
        errors[0]?.message.startsWith(`${subject}${hostOf(emulator)} answered 404 EndPoint.0005: `),
        errors[0]?.message,
      );
      for (const error of errors) {
        assert.equal(printed(error), `VpcepError: ${error.message}`);
        assert.doesNotMatch(printed(error), /[\n\r]/);
      }
    });

    it("has no id, which the host would take for a resource half created", async () => {
      for (const error of [await errorOf(read("a/b", {}, config)), await errorOf(refuseCreation)]) {
        assert.ok(!("id" in error));
        assert.ok(error instanceof VpcepError);
      }
    });

    it("holds no credential", async () => {
      emulator.reply({ status: 401, body: { error_code: "APIGW.0301", error_msg: "emulator-token" } });
      const error = await errorOf(read(serviceId, {}, config));
      assert.ok(!everythingOf(error).includes("emulator-token"), error.message);
    });
  });

  it("refuses to create, and says what to call", async () => {
    const { code, message } = await errorOf(refuseCreation);
    assert.equal(code, "VPCEP_CONFIG");
    assert.match(
      message,
      /is read, never created: call getEndpointService\(name, \{ id \}\) or EndpointService\.get\(name, id\) \[VPCEP_CONFIG\]$/,
    );
  });
});
