// Proves that connecting is part of an exchange, through a proxy too: bounded, given back at once, and ended by close().
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import { Dispatchers } from "../../../provider/http/dispatchers";
import { HttpTransport } from "../../../provider/http/http";
import { HttpProblem } from "../../../provider/http/httpProblem";
import { emulatorDefaults, sampleEndpointService } from "../../../sdk/testing";
import { clientOf, errorOf } from "../credentials/clients";
import { hasOpenssl, makeCertificates, serverName } from "./certificates";

const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${sampleEndpointService.length}\r\n\r\n${sampleEndpointService}`;
const established = "HTTP/1.1 200 Connection established\r\n\r\n";
const request = { method: "GET", origin: "", path: "/", headers: {} } as const;
const never = new AbortController().signal;

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 200, String(condition));
    await sleep(10);
  }
}

/** A server of bytes, and the sockets that are open at it. */
class Listener implements AsyncDisposable {
  readonly sockets = new Set<Socket>();
  /** How many there have been. */
  connections = 0;
  readonly #server: Server;

  constructor(serve: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.on("error", () => {});
      socket.once("close", () => this.sockets.delete(socket));
      // Who is not read from does not hear that the other end has gone.
      socket.resume();
      serve(socket);
    });
  }

  async listen(): Promise<number> {
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  /** Waits for so many connections. */
  async hasHad(connections: number): Promise<void> {
    await until(() => this.connections >= connections);
  }

  /** Waits until nobody is connected any more. */
  async isEmpty(): Promise<void> {
    await until(() => this.sockets.size === 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** What hangs while a connection is made, and whether it is a proxy that was asked. */
const hanging: Readonly<Record<string, { proxied: boolean; serve(socket: Socket): void }>> = {
  "a TLS handshake that is never answered": { proxied: false, serve: () => {} },
  "a CONNECT that is never answered": { proxied: true, serve: () => {} },
  "a TLS handshake in a tunnel that is never answered": {
    proxied: true,
    serve: (socket) => socket.once("data", () => socket.write(established)),
  },
  "a CONNECT that is answered late, and a handshake in its tunnel that is never answered": {
    proxied: true,
    serve: (socket) => socket.once("data", () => setTimeout(() => socket.write(established), 3_000)),
  },
};

describe("a connection that is being made", () => {
  afterEach(() => {
    delete process.env["HTTPS_PROXY"];
  });

  /** A transport, and the origin whose connection is never made. */
  async function open({ proxied, serve }: { proxied: boolean; serve(socket: Socket): void }) {
    const listener = new Listener(serve);
    const port = await listener.listen();
    if (proxied) {
      process.env["HTTPS_PROXY"] = `http://127.0.0.1:${port}`;
    }
    const transport = new HttpTransport(new Dispatchers([]));
    delete process.env["HTTPS_PROXY"];
    return { listener, transport, origin: proxied ? `https://${serverName}` : `https://127.0.0.1:${port}` };
  }

  it("has five seconds for TCP, a proxy's answer and TLS together", async () => {
    await Promise.all(
      Object.entries(hanging).map(async ([name, what]) => {
        const { listener, transport, origin } = await open(what);
        await using _ = listener;
        const start = performance.now();
        await assert.rejects(transport.send({ ...request, origin }, 30_000, never), (error) => {
          assert.ok(error instanceof HttpProblem);
          assert.deepEqual(
            [error.kind, error.message],
            ["timeout", "no connection in time, while connecting"],
            name,
          );
          return true;
        });
        const elapsedMs = performance.now() - start;
        assert.ok(elapsedMs > 4_900 && elapsedMs < 7_000, `${name}: ${elapsedMs} ms`);
        await listener.isEmpty();
        await transport.close();
      }),
    );
  });

  for (const [name, what] of Object.entries(hanging)) {
    it(`is gone at once when it is given up by its caller or its deadline: ${name}`, async () => {
      const { listener, transport, origin } = await open(what);
      await using _ = listener;
      const caller = new AbortController();
      const aborted = Array.from({ length: 20 }, () =>
        assert.rejects(transport.send({ ...request, origin }, 30_000, caller.signal), /^Error: enough$/),
      );
      const late = Array.from({ length: 20 }, () =>
        assert.rejects(
          transport.send({ ...request, origin }, 100, never),
          /no whole answer within 0\.1 s, while connecting$/,
        ),
      );
      await listener.hasHad(40);
      caller.abort(new Error("enough"));
      await Promise.all([...aborted, ...late]);
      await listener.isEmpty();
      assert.equal(listener.connections, 40);
      await transport.close();
    });

    it(`is gone at once when the transport is closed: ${name}`, async () => {
      const { listener, transport, origin } = await open(what);
      await using _ = listener;
      const sent = assert.rejects(transport.send({ ...request, origin }, 30_000, never), HttpProblem);
      await listener.hasHad(1);
      await transport.close();
      await sent;
      await listener.isEmpty();
      await assert.rejects(transport.send({ ...request, origin }, 30_000, never), /UND_ERR_DESTROYED/);
      assert.equal(listener.connections, 1);
    });
  }

  it("sends nothing later, when the server wakes up", async () => {
    const waking: (() => void)[] = [];
    const seen: string[] = [];
    await using listener = new Listener((socket) => {
      socket.on("data", (bytes) => seen.push(bytes.toString("latin1").split(" ", 1)[0] ?? ""));
      waking.push(() => socket.write(established));
    });
    process.env["HTTPS_PROXY"] = `http://127.0.0.1:${await listener.listen()}`;
    const transport = new HttpTransport(new Dispatchers([]));
    const origin = `https://${serverName}`;
    await assert.rejects(transport.send({ ...request, origin }, 100, never), /while connecting$/);
    for (const wake of waking) {
      wake();
    }
    await sleep(50);
    assert.deepEqual(seen, ["CONNECT"]);
    await transport.close();
  });

  describe(`through a proxy${hasOpenssl ? "" : ", skipped: no openssl on PATH"}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "connecting-"));

    before(function () {
      if (!hasOpenssl) {
        this.skip();
      }
      makeCertificates(folder);
    });

    after(() => rmSync(folder, { recursive: true }));

    for (const [name, sick, message] of [
      [
        "answers no CONNECT",
        () => {},
        /: the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\) gave no whole answer within 0\.3 s, while connecting\. /,
      ],
      [
        "hangs up on every CONNECT",
        (socket: Socket) => socket.once("data", () => socket.end()),
        /: the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\) closed the connection \(UND_ERR_SOCKET\)\. /,
      ],
    ] as const) {
      it(`works at once when a proxy that ${name} is well again`, async () => {
        let isSick = true;
        let spared = 0;
        const files = {
          key: readFileSync(join(folder, "server.key")),
          cert: readFileSync(join(folder, "server.pem")),
        };
        const server = createTlsServer(files, (socket) => socket.on("data", () => socket.write(answer)));
        await once(server.listen(0, "127.0.0.1"), "listening");
        const { port } = server.address() as AddressInfo;
        await using proxy = new Listener((socket) => {
          if (isSick) {
            sick(socket);
            return;
          }
          spared++;
          socket.once("data", () => {
            const upstream = connect(port, "127.0.0.1", () => {
              socket.write(established);
              upstream.pipe(socket).pipe(upstream);
            });
            upstream.on("error", () => socket.destroy());
            socket.once("close", () => upstream.destroy());
          });
        });
        process.env["HTTPS_PROXY"] = `http://127.0.0.1:${await proxy.listen()}`;
        const client = clientOf(
          {
            "vpcep:endpoint": `https://${serverName}`,
            "vpcep:caFile": join(folder, "ca.pem"),
            "vpcep:attemptTimeoutMs": "300",
            "vpcep:maxAttempts": "1",
          },
          {
            HW_REGION_NAME: "eu-de",
            HW_PROJECT_ID: emulatorDefaults.projectId,
            HW_AUTH_TOKEN: "canary-token-1",
          },
        );
        const { id } = JSON.parse(sampleEndpointService) as { id: string };
        // More lookups than there are places.
        const ids = Array.from({ length: 9 }, (_, index) => `service-${index}`);
        const failed = await Promise.all(
          ids.map((other) => errorOf(client.getEndpointService({ id: other }))),
        );
        for (const error of failed.slice(0, 8)) {
          assert.match(error.message, message);
        }
        isSick = false;
        const start = performance.now();
        const found = await client.getEndpointService({ id });
        assert.equal(found.serviceId, id);
        assert.ok(performance.now() - start < 2_000);
        assert.equal(spared, 1);
        await client.close();
        await proxy.isEmpty();
        server.close();
      });
    }
  });
});

describe("an answer that is cut", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n";
  const whole = `${head}${" ".repeat(20)}`;
  for (const [name, replies, isStale] of [
    ["on a connection of its own, before it begins", [""], false],
    ["on a connection of its own, in its head", [head.slice(0, 30)], false],
    ["on a connection of its own, in its body", [`${head}abc`], false],
    ["on a connection of an earlier answer, before it begins", [whole, ""], true],
    ["on a connection of an earlier answer, in its head", [whole, head.slice(0, 30)], false],
    ["on a connection of an earlier answer, in its body", [whole, `${head}abc`], false],
  ] as const) {
    for (const end of ["end", "resetAndDestroy"] as const) {
      it(`${isStale ? "met" : "met no"} connection closed while idle, ${name}, by ${end}`, async () => {
        await using listener = new Listener((socket) => {
          let next = 0;
          socket.on("data", () => {
            const reply = replies[next++] ?? "";
            const rest = () => next === replies.length && socket[end]();
            reply === "" ? rest() : socket.write(reply, () => setTimeout(rest, 20));
          });
        });
        const origin = `http://127.0.0.1:${await listener.listen()}`;
        const transport = new HttpTransport(new Dispatchers([]));
        for (const _ of replies.slice(1)) {
          assert.equal((await transport.send({ ...request, origin }, 5_000, never)).status, 200);
        }
        await assert.rejects(transport.send({ ...request, origin }, 5_000, never), (error) => {
          assert.ok(error instanceof HttpProblem);
          assert.deepEqual([error.kind, error.staleConnection], ["connection", isStale], error.message);
          return true;
        });
        assert.equal(listener.connections, 1);
        await transport.close();
      });
    }
  }
});
