// Proves over real sockets what a server's metadata is given within its second: another try where that helps, and not one
// more where nobody answers.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, emulatorDefaults, type Reply, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, type Values } from "./clients";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const { projectId, temporaryKey } = emulatorDefaults;
const tokenCall = "/meta-data/latest/api/token";
const keyCall = "/openstack/latest/securitykey";

describe("the metadata of a server", () => {
  let emulator: Emulator;
  let lookups: ReturnType<typeof clientOf>;

  beforeEach(async () => {
    emulator = await startEmulator();
    lookups = lookupsOf(emulator.url);
  });

  afterEach(async () => {
    await lookups.close();
    await emulator.close();
  });

  function lookupsOf(metadata: string, config: Values = {}) {
    return clientOf(config, {
      HW_REGION_NAME: "eu-de",
      HW_PROJECT_ID: projectId,
      VPCEP_ENDPOINT: emulator.url,
      VPCEP_METADATA_ENDPOINT: metadata,
    });
  }

  const asked = () => emulator.requests.filter(({ path }) => [tokenCall, keyCall].includes(path)).length;
  const lookUp = (index = 0) =>
    lookups.lookUp("endpointService", { id: index === 0 ? id : `${id}-${index}` });

  const passing: Readonly<Record<string, Reply>> = {
    "a broken connection": { breakOff: { by: "reset" } },
    "half an answer": { breakOff: { by: "reset", afterBytes: 5 } },
    "500": { status: 500, body: "" },
    "503": { status: 503, body: "" },
  };
  for (const [name, reply] of Object.entries(passing)) {
    for (const call of [tokenCall, keyCall]) {
      it(`is asked again after ${name} of ${call}`, async () => {
        emulator.replyTo(call, reply);
        assert.equal((await lookUp())["serviceId"], id);
        assert.equal(asked(), 3);
      });
    }
  }

  it("is asked again while its service starts", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const early = lookupsOf(`http://127.0.0.1:${port}`);
    const lookup = early.lookUp("endpointService", { id });
    const late = createServer((socket) => {
      socket.on("data", (chunk) => {
        const expires = new Date(Date.now() + 3_600_000).toISOString();
        const { accessKey: access, secretKey: secret, securityToken: securitytoken } = temporaryKey;
        const body = String(chunk).startsWith("PUT")
          ? "token"
          : JSON.stringify({ credential: { access, secret, securitytoken, expires_at: expires } });
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      });
      socket.on("error", () => {});
    });
    await sleep(30);
    late.listen(port, "127.0.0.1");
    assert.equal((await lookup)["serviceId"], id);
    await early.close();
    late.close();
  });

  for (const [name, reply, message, requests] of [
    ["nobody answers", { breakOff: { by: "silence" } }, /\(no answer within 1 s\)/, 1],
    ["it has no agency", { status: 404, body: "" }, /\(this server has no agency\)/, 2],
  ] as const) {
    it(`is asked once where ${name}, and not by later lookups`, async () => {
      emulator.reply(() => reply);
      const start = performance.now();
      const together = await Promise.all([1, 2, 3].map((index) => errorOf(lookUp(index))));
      const later = [await errorOf(lookUp(4)), await errorOf(lookUp(5))];
      // Each of five in a row would take a second.
      assert.ok(performance.now() - start < 2_500);
      const messages = [...together, ...later].map((error) => error.message.replace(/^.*?: /, ""));
      assert.equal(new Set(messages).size, 1);
      assert.match(messages[0] ?? "", message);
      assert.equal(emulator.requests.length, requests);
    });
  }

  it("is asked again by the next lookup where it had an answer, which may be another then", async () => {
    emulator.reply(({ path }) => (path === keyCall ? { status: 503, body: "" } : undefined));
    assert.match((await errorOf(lookUp())).message, /the server's metadata \(it answered 503\)/);
    emulator.reset();
    assert.equal((await lookUp())["serviceId"], id);
  });

  for (const [name, reply, rest] of [
    ["is silent", { breakOff: { by: "silence" } }, "no answer within 1 s. Run again [VPCEP_TIMEOUT]"],
    ["answers 500", { status: 500, body: "" }, "it answered 500. Run again [VPCEP_API]"],
    ["answers something else", { body: "<p>" }, "no usable answer. Run again [VPCEP_RESPONSE]"],
    [
      "has no agency any more",
      { status: 404, body: "" },
      "this server has no agency. Run again, with an agency for this server [VPCEP_CONFIG]",
    ],
  ] as const) {
    it(`that had a key says so when it ${name} once that has ended, and is asked again by the next lookup`, async () => {
      emulator.replyTo(keyCall, {
        body: credential({ expires_at: new Date(Date.now() + 100).toISOString() }),
      });
      await lookUp();
      await sleep(120);
      emulator.reply(({ path }) => (path === keyCall ? reply : undefined));
      assert.equal(
        (await errorOf(lookUp())).message,
        `Cannot read VPC endpoint service ${id} (region eu-de, project ${projectId}): no key could be had from the server's metadata (${new URL(emulator.url).host}) in place of one that has ended: ${rest}`,
      );
      emulator.reset();
      assert.equal((await lookUp())["serviceId"], id);
    });
  }

  it("that is silent longer than a lookup lasts is named, with its address", async () => {
    const { host } = new URL(emulator.url);
    emulator.reply(() => ({ breakOff: { by: "silence" } }));
    const hasty = lookupsOf(emulator.url, { "vpcep:timeoutMs": "200" });
    assert.equal(
      (await errorOf(hasty.lookUp("endpointService", { id }))).message,
      `Cannot read VPC endpoint service ${id} (region eu-de, project ${projectId}): no answer within 0.2 s, while waiting for ${host}, which is asked for the temporary key of this server. Check the address of the metadata (vpcep:metadataEndpoint or VPCEP_METADATA_ENDPOINT) and the proxy settings, and that this machine can reach ${host} [VPCEP_TIMEOUT]`,
    );
    await hasty.close();
  });

  for (const [part, value] of [
    ["access", "a\r\nx-other: 1"],
    ["secret", "s s"],
    ["securitytoken", "\u00fc"],
    ["securitytoken", ""],
  ] as const) {
    it(`gives no key whose ${part} is ${JSON.stringify(value)}, and none is sent`, async () => {
      emulator.replyTo(keyCall, { body: credential({ [part]: value }) });
      assert.match((await errorOf(lookUp())).message, /the server's metadata \(no usable answer\)/);
      assert.equal(emulator.requests.length, 2);
    });
  }

  it("gives no token that cannot be a header", async () => {
    emulator.replyTo(tokenCall, { body: "<p>\n</p>" });
    assert.match((await errorOf(lookUp())).message, /the server's metadata \(no usable answer\)/);
    assert.equal(emulator.requests.length, 1);
  });

  function credential(changes: object): object {
    const { accessKey: access, secretKey: secret, securityToken: securitytoken } = temporaryKey;
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    return { credential: { access, secret, securitytoken, expires_at, ...changes } };
  }
});
