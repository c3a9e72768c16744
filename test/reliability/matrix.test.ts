// Runs the fault matrix over real sockets: one row one test, each with its number of requests, its bound in time, and no
// secret in anything that is shown.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { createVpcepClient, VpcepError } from "../../provider";
import { emulatorDefaults, startEmulator } from "../../sdk/testing";
import { elsewhere, faults } from "./faults";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const token = "canary-token-of-the-matrix";

function clientOf(endpoint: string, options: object = {}) {
  return createVpcepClient({
    region: "eu-de",
    projectId: emulatorDefaults.projectId,
    endpoint,
    token,
    ...options,
  });
}

describe("the fault matrix", () => {
  it("has a test or a reason for each of the 83 rows", () => {
    const told = Object.keys(elsewhere).flatMap((rows) =>
      rows.split(", ").flatMap((range) => {
        const [first = 0, last = first] = range.split("-").map(Number);
        return Array.from({ length: last - first + 1 }, (_, index) => first + index);
      }),
    );
    const rows = new Set([...faults.map(({ row }) => row), ...told]);
    assert.deepEqual(
      Array.from({ length: 83 }, (_, index) => index + 1).filter((row) => !rows.has(row)),
      [],
    );
  });

  for (const { row, name, replies, code, message, requests, ...options } of faults) {
    it(`row ${row}: ${name}`, async () => {
      await using emulator = await startEmulator({ tokens: [token] });
      let next = 0;
      emulator.reply(() => replies[Math.min(next++, replies.length - 1)]);
      const { timeoutMs = 20_000 } = options;
      const client = clientOf(emulator.url, { ...options, timeoutMs });
      const start = performance.now();
      const outcome: unknown = await client.getEndpointService({ id }).catch((error: unknown) => error);
      const elapsedMs = performance.now() - start;
      await client.close();
      assert.ok(elapsedMs < timeoutMs + 1_000, `${elapsedMs} ms`);
      if (code === undefined) {
        assert.equal((outcome as { serviceId?: string }).serviceId, id, String(outcome));
        assert.equal(({} as { polluted?: number }).polluted, undefined);
      } else {
        assert.ok(outcome instanceof VpcepError, inspect(outcome));
        assert.equal(outcome.code, code, outcome.message);
        assert.match(outcome.message, message ?? /./);
        const shown = `${inspect(outcome, { depth: 9, showHidden: true })}${JSON.stringify(outcome)}${outcome.stack}`;
        assert.ok(!shown.includes(token), shown);
      }
      assert.equal(emulator.requests.length, requests);
    });
  }

  it("row 1: nobody listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const client = clientOf(`http://127.0.0.1:${port}`);
    await assert.rejects(client.getEndpointService({ id }), (error: VpcepError) => {
      assert.match(
        error.message,
        /127\.0\.0\.1:\d+ refused the connection \(ECONNREFUSED\) \(4 attempts\)\. Check the region/,
      );
      return error.code === "VPCEP_CONNECTION" && error.attempts === 4;
    });
    await client.close();
  });

  it("row 4: a connection whose TLS handshake is never answered", async () => {
    const sockets: { destroy(): void }[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const client = clientOf(`https://127.0.0.1:${port}`, { attemptTimeoutMs: 200, timeoutMs: 500 });
    const start = performance.now();
    await assert.rejects(client.getEndpointService({ id }), (error: VpcepError) => {
      assert.match(error.message, /no whole answer within 0\.\d+ s, while connecting/);
      return error.code === "VPCEP_TIMEOUT";
    });
    assert.ok(performance.now() - start < 1_500);
    await client.close();
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });

  it("row 68: an idle connection that the server has closed costs one more request, at once", async () => {
    await using emulator = await startEmulator({ tokens: [token] });
    const client = clientOf(emulator.url);
    await client.getEndpointService({ id });
    await sleep(50);
    emulator.reply({ breakOff: { by: "close" } });
    const start = performance.now();
    assert.equal((await client.getEndpointService({ id })).serviceId, id);
    assert.ok(performance.now() - start < 150);
    assert.equal(emulator.requests.length, 3);
    await client.close();
  });
});
