// Proves what a process with lookups does as a whole: it ends when it should, and needs few files. Uses the built package.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { type Emulator, emulatorDefaults, sampleEndpointService, startEmulator } from "../../sdk/testing";

const root = join(__dirname, "..", "..");
const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const sample = JSON.parse(sampleEndpointService) as object;

describe("a process with lookups", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    const services = Array.from({ length: 1_000 }, (_, index) => ({ ...sample, id: `service-${index}` }));
    emulator = await startEmulator({ services: [...services, sampleEndpointService] });
  });

  afterEach(async () => {
    await emulator.close();
  });

  function start(code: string, limit = "") {
    const program = `
      const { createVpcepClient } = require("pulumi-vpcep/provider");
      const client = createVpcepClient();
      process.on("unhandledRejection", (error) => { console.log("unhandled", error); process.exit(9); });
      (async () => { ${code} })().catch((error) => console.log(error.message));`;
    const shell = `${limit} exec "$NODE" -e "$PROGRAM"`;
    const child = spawn("sh", ["-c", shell], {
      cwd: root,
      env: { ...process.env, ...emulator.environment, NODE: process.execPath, PROGRAM: program },
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    const ended = once(child, "close").then(([status, signal]) => ({
      status,
      signal,
      output,
      at: performance.now(),
    }));
    return { child, ended };
  }

  it("ends within a second of its last answer", async () => {
    const { ended } = start(`await client.getEndpointService({ id: "${id}" });`);
    const { status, output, at } = await ended;
    assert.equal(status, 0, output);
    assert.equal(output, "");
    const answered = emulator.requests.at(-1)?.time ?? 0;
    assert.ok(performance.timeOrigin + at - Number(answered) < 2_000);
  });

  for (const [name, reply] of [
    ["is silent", { breakOff: { by: "silence" } }],
    ["is to wait", { status: 429, headers: { "retry-after": "30" }, body: {} }],
  ] as const) {
    it(`does not wait for the renewal of a credential that ${name}`, async () => {
      await emulator.close();
      emulator = await startEmulator({ tokens: [], keys: [], tokenLifetimeMs: 3_600_000 });
      emulator.replyTo("/v3/auth/tokens", {}, reply, reply);
      const { ended } = start(
        `await client.getEndpointService({ id: "${id}" });
         const now = Date.now;
         Date.now = () => now() + 3_500_000;
         await client.getEndpointService({ id: "${id}" });
         console.log("done");`,
      );
      const { status, output, at } = await ended;
      assert.equal(output, "done\n");
      assert.equal(status, 0);
      const times = emulator.requests.filter(({ path }) => path.startsWith("/v3/")).map(({ time }) => time);
      assert.equal(times.length, 2);
      assert.ok(performance.timeOrigin + at - Number(times[1]) < 2_500);
    });
  }

  it("ends at an interrupt while a lookup hangs", async () => {
    emulator.reply({ breakOff: { by: "silence" } });
    const { child, ended } = start(`await client.getEndpointService({ id: "${id}" });`);
    while (emulator.requests.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGINT");
    const { signal } = await ended;
    assert.equal(signal, "SIGINT");
  });

  it("reads a thousand services with sixty-four files", async () => {
    const { ended } = start(
      `const ids = Array.from({ length: 1000 }, (_, index) => \`service-\${index}\`);
       console.log((await Promise.all(ids.map((id) => client.getEndpointService({ id })))).length);`,
      "ulimit -n 64;",
    );
    const { status, output } = await ended;
    assert.equal(output, "1000\n");
    assert.equal(status, 0);
    assert.ok(emulator.sockets.peak <= 8, emulatorDefaults.region);
  });

  it("prints a hung lookup's own end, and no more", async () => {
    emulator.reply(() => ({ breakOff: { by: "silence" } }));
    const { ended } = start(
      `const impatient = createVpcepClient({ timeoutMs: 400, attemptTimeoutMs: 300 });
       await impatient.getEndpointService({ id: "${id}" });`,
    );
    const { output } = await ended;
    assert.match(
      output,
      /^Cannot read VPC endpoint service .* while waiting for the answer to begin.* \[VPCEP_TIMEOUT\]\n$/,
    );
  });

  for (const [name, proxied] of [
    ["a host that never answers its TLS handshake", false],
    ["a proxy that never answers its CONNECT", true],
  ] as const) {
    for (const [how, options, ending] of [
      ["given up by its caller", "", "caller.abort(new Error('enough'));"],
      ["past its deadline", "timeoutMs: 250,", ""],
      ["still connecting", "", ""],
    ] as const) {
      it(`ends at once when it is closed, with a lookup ${how}, before ${name}`, async () => {
        const sockets = new Set<Socket>();
        const server = createServer((socket) => {
          sockets.add(socket);
          socket.on("error", () => {});
          socket.resume();
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        const silent = `127.0.0.1:${(server.address() as AddressInfo).port}`;
        const { ended } = start(
          `process.env.HTTPS_PROXY = "${proxied ? `http://${silent}` : ""}";
           const endpoint = "https://${proxied ? "vpcep.example.test" : silent}";
           const mine = createVpcepClient({ endpoint, ${options} });
           const caller = new AbortController();
           mine.getEndpointService({ id: "${id}" }, { signal: caller.signal }).catch(() => console.log("failed"));
           await new Promise((resolve) => setTimeout(resolve, 400));
           ${ending}
           const start = performance.now();
           await mine.close();
           process.on("exit", () => console.log(performance.now() - start < 1000 ? "at once" : "late"));`,
        );
        const { status, output } = await ended;
        assert.equal(output, "failed\nat once\n");
        assert.equal(status, 0);
        assert.equal(sockets.size, 1);
        server.close();
      });
    }
  }
});
