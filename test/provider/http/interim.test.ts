// Proves that interim answers are left out of what is read of a socket, however their bytes arrive, and nothing else.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setImmediate as tick } from "node:timers/promises";
import fc from "fast-check";
import { Dispatchers } from "../../../provider/http/dispatchers";
import { HttpTransport } from "../../../provider/http/http";
import { InterimFilter } from "../../../provider/http/interim";

const interims = [
  "HTTP/1.1 100 Continue\r\n\r\n",
  "HTTP/1.1 100\r\n\r\n",
  "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n",
];

/** What is read of a socket whose bytes arrive in these parts. */
function read(parts: readonly string[], filter = new InterimFilter()): string {
  const arriving = parts.map((part) => Buffer.from(part, "latin1"));
  const socket = { read: () => arriving.shift() ?? null } as unknown as Socket;
  filter.attach(socket);
  let text = "";
  for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read()) {
    text += chunk.toString("latin1");
  }
  return text;
}

/** A text in parts of the given sizes. */
function cut(text: string, sizes: readonly number[]): string[] {
  const parts: string[] = [];
  let rest = text;
  for (const size of sizes) {
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return [...parts, rest].filter((part) => part !== "");
}

describe("interim answers", () => {
  const answers = [
    "HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "HTTP/1.0 100 Continue\r\n\r\n",
    "garbage\r\n\r\n",
    "HTTP/1.1 1",
    "",
  ];

  it("are left out before an answer, and what follows is as it was sent", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...interims), { maxLength: 4 }),
        fc.constantFrom(...answers),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 10 }),
        (before, answer, sizes) => {
          // What can still be the beginning of an interim answer is waited for.
          const expected = answer === "HTTP/1.1 1" ? "" : answer;
          assert.equal(read(cut(`${before.join("")}${answer}`, sizes)), expected);
        },
      ),
    );
  });

  it("are waited for up to 16 KiB", () => {
    const long = `HTTP/1.1 100 ${"a".repeat(20_000)}`;
    assert.equal(read(cut(long, Array(20).fill(1_000))), long);
  });

  it("are left out before each answer of a connection, byte by byte", async () => {
    const whole = `${interims.join("")}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`;
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("data", async () => {
        for (const byte of whole) {
          socket.write(byte);
          await tick();
        }
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const transport = new HttpTransport(new Dispatchers([]));
    for (let requests = 0; requests < 3; requests++) {
      const { status, text } = await transport.send(
        { method: "POST", origin, path: "/", headers: {}, body: "{}" },
        5_000,
        new AbortController().signal,
      );
      assert.deepEqual([status, text], [200, "{}"]);
    }
    assert.equal(connections, 1);
    await transport.close();
    server.close();
  });
});
