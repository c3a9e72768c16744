// Proves what a lookup says and does while something beside its own request is sick: IAM that hangs, a client that is closed,
// a machine that stood still, interim answers before a large one.
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createVpcepClient, type VpcepClientOptions } from "../../../provider";
import { type Emulator, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { detailPath, errorOf, hostOf, projectId, serviceId, settingsFor } from "../lookups";

describe("while something is sick", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  for (const [credential, settings] of [
    ["a key pair", { accessKey: "A", secretKey: "secret-key" }],
    ["a password", { userName: "u", password: "a-password", domainName: "d" }],
  ] as const) {
    it(`names the IAM that hangs, with ${credential} and no project`, async () => {
      emulator.replyTo(
        "/v3/",
        ...Array.from({ length: 8 }, () => ({ breakOff: { by: "silence" } as const })),
      );
      const options: VpcepClientOptions = {
        region: "eu-de",
        endpoint: emulator.url,
        authUrl: emulator.url,
        timeoutMs: 600,
        ...settings,
      };
      const client = createVpcepClient(options);
      try {
        const errors = await Promise.all(
          [1, 2, 3].map(() => errorOf(client.getEndpointService({ id: `${serviceId}` }))),
        );
        for (const { code, message } of errors) {
          assert.equal(code, "VPCEP_TIMEOUT");
          assert.match(message, /^Cannot read VPC endpoint service \S+ \(region eu-de\): /);
          assert.ok(message.includes(hostOf(emulator)), message);
          assert.match(message, /\(authUrl or HW_AUTH_URL\)/);
        }
      } finally {
        await client.close();
      }
    });
  }

  it("ends every lookup at once when the client is closed, one that pauses too", async () => {
    emulator.replyTo(detailPath, { status: 429, headers: { "retry-after": "20" }, body: {} });
    emulator.putService({ ...JSON.parse(sampleEndpointService), id: "new", status: "creating" });
    const client = createVpcepClient(settingsFor(emulator));
    const pausing = errorOf(client.getEndpointService({ id: serviceId }));
    const waiting = errorOf(client.lookUp("endpointService", { id: "new", waitFor: "available" }));
    while (emulator.requests.length < 2) {
      await pause(5);
    }
    await pause(50);
    const start = performance.now();
    await client.close();
    for (const error of await Promise.all([pausing, waiting])) {
      assert.equal(error.code, "VPCEP_CONNECTION");
      assert.match(error.message, /: the client was closed/);
    }
    assert.ok(performance.now() - start < 5_000);
  });

  it("asks the server's metadata again after it could not listen", async () => {
    const server = await startEmulator();
    const environment = { ...process.env };
    try {
      const client = createVpcepClient({
        region: "eu-de",
        endpoint: emulator.url,
        projectId,
        metadataEndpoint: server.url,
      });
      const first = errorOf(client.getEndpointService({ id: serviceId }));
      await pause(0);
      const until = performance.now() + 1_400;
      while (performance.now() < until) {
        // The program's own work: nothing that comes meanwhile is heard.
      }
      await first.catch(() => {});
      const asked = server.requests.length;
      await client.getEndpointService({ id: serviceId }).catch(() => {});
      assert.ok(server.requests.length > asked, "it was not asked again");
      await client.close();
    } finally {
      Object.assign(process.env, environment);
      await server.close();
    }
  });

  it("takes a large answer after 100 Continue, in one piece with it", async () => {
    const body = JSON.stringify({ ...JSON.parse(sampleEndpointService), description: "d".repeat(60_000) });
    const server = createServer((socket) => {
      socket.once("data", () =>
        socket.end(
          `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        ),
      );
      socket.on("error", () => {});
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const client = createVpcepClient({ ...settingsFor(emulator), endpoint: `http://127.0.0.1:${port}` });
    try {
      const { description } = await client.getEndpointService({ id: serviceId });
      assert.equal(description?.length, 60_000);
    } finally {
      await client.close();
      server.close();
    }
  });
});
