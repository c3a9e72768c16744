// Proves over real sockets that a field which cannot be read costs that field: the lookup succeeds and says so once,
// wherever it runs; and that a strict field still fails it.
import assert from "node:assert/strict";
import { createVpcepClient, type VpcepClient } from "../../../provider";
import { read } from "../../../provider/dynamic/read";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { stackConfig } from "../credentials/clients";
import { errorOf, hostOf, serviceId as id, projectId, region, settingsFor, subject } from "../lookups";

const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;

/** The line that is said of a field. */
function lineOf(field: string, found: string, record = "endpointService"): string {
  return `The API's field ${field} (record ${record}) is ${found} that cannot be read: it counts as null, and extra has it as it was sent`;
}

describe("a field that cannot be read", () => {
  let emulator: Emulator;
  let client: VpcepClient;
  let lines: string[];
  beforeEach(async () => {
    emulator = await startEmulator();
    lines = [];
    client = createVpcepClient(settingsFor(emulator, { onWarning: (line) => lines.push(line) }));
  });
  afterEach(async () => {
    await client.close();
    await emulator.close();
  });

  it("is null, kept as it was sent, and said once a client and field, whatever was found", async () => {
    emulator.putService({ ...sample, created_at: 1517298121, tags: [{ key: "secret-value", value: [1] }] });
    emulator.putService({ ...sample, id: "other", created_at: { seconds: "secret-value" } });
    const { createdAt, tags, extra, vpcId, ports } = await client.getEndpointService({ id });
    assert.deepEqual(
      { createdAt, tags, extra, vpcId, ports: ports.length },
      {
        createdAt: null,
        tags: null,
        extra: { created_at: 1517298121, tags: [{ key: "secret-value", value: [1] }] },
        vpcId: sample["vpc_id"],
        ports: 2,
      },
    );
    await client.getEndpointService({ id: "other" });
    await client.lookUp("endpointServices", {});
    assert.deepEqual(lines, [lineOf("created_at", "a number"), lineOf("tags", "an array")]);
  });

  it("is said for each kind of record", async () => {
    emulator.putService({ ...sample, created_at: true });
    await client.getEndpointService({ id });
    await client.lookUp("endpointServiceSummary", { serviceId: id });
    assert.deepEqual(lines, [
      lineOf("created_at", "a boolean"),
      lineOf("created_at", "a boolean", "endpointServiceSummary"),
    ]);
  });

  it("is not said of fields and members of lists that are only not known, which are kept", async () => {
    const ports = [{ client_port: 1, server_port: 2, client_port_end: 9 }];
    emulator.putService({ ...sample, ports, new_field: 1 });
    const { ports: read, extra } = await client.getEndpointService({ id });
    assert.deepEqual(
      [read, extra, lines],
      [[{ clientPort: 1, serverPort: 2, protocol: "TCP" }], { new_field: 1, ports }, []],
    );
  });

  it("fails the lookup where it is strict, by its name alone", async () => {
    emulator.putService({ ...sample, approval_enabled: "secret-value", created_at: 5 });
    const { message } = await errorOf(client.getEndpointService({ id }));
    assert.equal(
      message.replace(/request id \w+/, "request id ID"),
      `${subject}the record that ${hostOf(emulator)} sent is not whole: approval_enabled (expected boolean, received string) (request id ID). Nothing of it is used; check that ${hostOf(emulator)} is the cloud's own host [VPCEP_RESPONSE]`,
    );
    assert.deepEqual(lines, []);
  });

  it("fails what is expected of it, and nothing else that is expected", async () => {
    emulator.putService({ ...sample, server_type: ["secret-value"] });
    const expect = { status: "available", serverType: "VM" };
    const { message } = await errorOf(client.lookUp("endpointService", { id, expect }));
    assert.equal(
      message,
      `${subject}the service is not as expected: serverType cannot be read, expected "VM". Ask its owner what has changed, or change what is expected [VPCEP_EXPECTATION]`,
    );
    emulator.putService({ ...sample, server_type: null });
    assert.match(
      (await errorOf(client.lookUp("endpointService", { id, expect }))).message,
      /: serverType is null, expected "VM"\. /,
    );
    emulator.putService({ ...sample, server_type: ["secret-value"] });
    const { serverType } = await client.lookUp("endpointService", { id, expect: { status: "available" } });
    assert.equal(serverType, null);
  });

  it("is said by nobody where nobody asked to hear it", async () => {
    emulator.putService({ ...sample, created_at: 5 });
    const printed = await linesPrinted(async () => {
      const quiet = createVpcepClient(settingsFor(emulator));
      await quiet.getEndpointService({ id });
      await quiet.close();
    });
    assert.deepEqual(printed, []);
  });

  it("is printed by the provider process, once for all lookups of a stack", async () => {
    emulator.putService({ ...sample, created_at: 5 });
    const config = stackConfig({
      "vpcep:region": region,
      "vpcep:endpoint": emulator.url,
      "vpcep:projectId": projectId,
      "vpcep:token": emulatorDefaults.token,
    });
    const printed = await linesPrinted(async () => {
      await read(id, {}, config);
      await read(id, { region, projectId }, config);
    });
    assert.deepEqual(printed, [lineOf("created_at", "a number")]);
  });

  for (const onWarning of ["print", 1, null, {}]) {
    it(`is not told to ${JSON.stringify(onWarning)}, which is refused`, async () => {
      const { message } = await errorOf(() =>
        createVpcepClient(settingsFor(emulator, { onWarning: onWarning as never })),
      );
      assert.match(message, /^onWarning must be a function, but is .* \[VPCEP_CONFIG\]$/);
    });
  }

  /** What is printed meanwhile. */
  async function linesPrinted(work: () => Promise<void>): Promise<string[]> {
    const printed: string[] = [];
    const { log, error } = console;
    console.log = console.error = (line: string) => printed.push(line);
    try {
      await work();
    } finally {
      Object.assign(console, { log, error });
    }
    return printed;
  }
});
