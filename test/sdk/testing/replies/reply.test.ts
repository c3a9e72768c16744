import assert from "node:assert/strict";
import { Client } from "undici";
import { type Emulator, type Reply, sampleEndpointService, startEmulator } from "../../../../sdk/testing";
import { get, receive, sample, send, services } from "../client";

describe("reply", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  const statuses = (): (number | undefined)[] => emulator.requests.map(({ status }) => status);

  it("answers the next requests in order, then the emulator answers again", async () => {
    emulator.reply(
      { status: 503 },
      { status: 429, headers: { "Retry-After": "2" }, body: { error_code: "A" } },
    );
    emulator.reply({ body: "text" });
    const answers = [];
    for (let count = 0; count < 4; count += 1) {
      const { status, headers, text } = await send(emulator, sample);
      answers.push([status, headers["retry-after"], text]);
    }
    assert.deepEqual(answers, [
      [503, undefined, ""],
      [429, "2", '{"error_code":"A"}'],
      [200, undefined, "text"],
      [200, undefined, sampleEndpointService],
    ]);
    assert.deepEqual(statuses(), [503, 429, 200, 200]);
  });

  it("answers only requests whose path contains a text or matches an expression", async () => {
    emulator.replyTo("/v3/projects", { status: 500 });
    emulator.replyTo(/endpoint-services$/, { status: 502 });
    assert.equal((await send(emulator, sample)).status, 200);
    assert.equal((await send(emulator, services)).status, 502);
    assert.equal((await send(emulator, "/v3/projects")).status, 500);
    assert.equal((await send(emulator, "/v3/projects")).status, 200);
  });

  it("asks a function about every request until reset", async () => {
    emulator.reply(({ path, headers }) =>
      path === services && headers["x-auth-token"] === "emulator-token" ? { status: 418 } : undefined,
    );
    assert.equal((await send(emulator, services)).status, 418);
    assert.equal((await send(emulator, sample)).status, 200);
    assert.equal((await send(emulator, services)).status, 418);
    emulator.reset();
    assert.equal((await send(emulator, services)).status, 200);
  });

  it("waits for a function's promise, so that a test can hold an answer", async () => {
    let release = (_reply: Reply): void => {};
    emulator.reply(() => new Promise((resolve) => (release = resolve)));
    const answer = send(emulator, sample);
    while (emulator.requests.length === 0) {
      await new Promise(setImmediate);
    }
    await new Promise(setImmediate);
    assert.deepEqual(statuses(), [undefined]);
    release({ body: "released" });
    assert.equal((await answer).text, "released");
  });

  it("survives a client that goes away before the answer", async () => {
    let release = (_reply: Reply): void => {};
    emulator.reply(({ path }) =>
      path === sample ? new Promise((resolve) => (release = resolve)) : undefined,
    );
    const client = new AbortController();
    const given = fetch(`${emulator.url}${sample}`, { signal: client.signal });
    // A request that never came would have nobody to go away.
    while (emulator.requests.length === 0) {
      await new Promise(setImmediate);
    }
    client.abort();
    await assert.rejects(given, { name: "AbortError" });
    while (emulator.sockets.open > 0) {
      await new Promise(setImmediate);
    }
    release({ body: "too late" });
    assert.equal((await send(emulator, services)).status, 200);
    assert.deepEqual(statuses(), [undefined, 200]);
  });

  it("tells the mistake of a reply that cannot be sent", async () => {
    emulator.reply({ headers: { "x-a": "\n" } }, { body: 1n });
    assert.match((await send(emulator, sample)).text, /EndPoint\.0001/);
    assert.match((await send(emulator, sample)).text, /BigInt/);
    emulator.reply(() => {
      throw new Error("my mistake");
    });
    assert.deepEqual(await get(emulator, sample), [
      500,
      { error: { message: "System error. Please retry. (Error: my mistake)", code: "EndPoint.0001" } },
    ]);
  });

  it("sends headers as given, several of a name, or without one of its own", async () => {
    emulator.reply({
      headers: {
        "Content-Type": "text/html",
        "set-cookie": ["a", "b"],
        "X-Request-Id": undefined,
        date: "never",
      },
      body: "<html>",
    });
    const { headers, text } = await send(emulator, sample);
    assert.equal(text, "<html>");
    assert.deepEqual(headers, {
      "content-type": "text/html",
      date: "never",
      "set-cookie": ["a", "b"],
      "content-length": "6",
      connection: "keep-alive",
      "keep-alive": "timeout=5",
    });
    emulator.reply({ headers: { "content-type": undefined, date: undefined, "x-request-id": undefined } });
    assert.deepEqual(Object.keys((await send(emulator, sample)).headers).sort(), [
      "connection",
      "content-length",
      "keep-alive",
    ]);
  });

  it("sends bytes as they are", async () => {
    emulator.reply({ body: Uint8Array.of(0x7b, 0xff) }, { status: 204 });
    assert.deepEqual((await send(emulator, sample)).headers["content-length"], "2");
    const { status, headers, text } = await send(emulator, sample);
    assert.deepEqual([status, headers["content-length"], text], [204, undefined, ""]);
  });

  it("keeps the emulator's own answer when only the way it is sent is scripted", async () => {
    emulator.reply(
      { delayMs: 30 },
      { framing: "chunks" },
      { framing: "close" },
      { drip: { bytes: 300, intervalMs: 10 } },
    );
    const started = performance.now();
    assert.equal((await send(emulator, sample)).text, sampleEndpointService);
    assert.ok(performance.now() - started >= 29);
    const chunked = await send(emulator, sample);
    assert.deepEqual(
      [chunked.headers["transfer-encoding"], chunked.text],
      ["chunked", sampleEndpointService],
    );
    const closing = await send(emulator, sample);
    assert.deepEqual(
      [closing.headers["content-length"], closing.headers["connection"]],
      [undefined, "close"],
    );
    assert.equal(closing.text, sampleEndpointService);
    assert.equal((await send(emulator, sample)).text, sampleEndpointService);
    assert.deepEqual(statuses(), [200, 200, 200, 200]);
  });

  it("drips the body", async () => {
    emulator.reply({ body: "abcdef", drip: { bytes: 2, intervalMs: 20 } });
    const started = performance.now();
    const { text } = await receive(emulator, sample, (received) => received.endsWith("ef"));
    assert.match(text, /\r\n\r\nabcdef$/);
    assert.ok(performance.now() - started >= 38);
  });

  it("stops dripping when the client goes away", async () => {
    emulator.reply({ body: "x".repeat(1000), drip: { bytes: 1, intervalMs: 5 } });
    await receive(emulator, sample, (received) => received.endsWith("xx"));
    while (emulator.sockets.open > 0) {
      await new Promise(setImmediate);
    }
  });

  it("sends a whole answer verbatim, then closes", async () => {
    const raw = "HTTP/1.1 299 Odd\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx";
    emulator.reply(
      { raw },
      { raw: "garbage" },
      { raw: Uint8Array.of(0, 255), drip: { bytes: 1, intervalMs: 5 } },
    );
    assert.deepEqual(await receive(emulator, sample), { text: raw, end: "closed" });
    assert.deepEqual(await receive(emulator, sample), { text: "garbage", end: "closed" });
    assert.deepEqual(await receive(emulator, sample), { text: "\u0000\ufffd", end: "closed" });
    assert.deepEqual(statuses(), [299, undefined, undefined]);
  });

  it("closes or resets before the status line", async () => {
    emulator.reply(
      { breakOff: { by: "close" } },
      { breakOff: { by: "reset" } },
      { delayMs: 10, breakOff: { by: "reset" } },
    );
    assert.deepEqual(await receive(emulator, sample), { text: "", end: "closed" });
    assert.deepEqual(await receive(emulator, sample), { text: "", end: "reset" });
    assert.deepEqual(await receive(emulator, sample), { text: "", end: "reset" });
    assert.deepEqual(statuses(), [undefined, undefined, undefined]);
  });

  it("closes or resets a reused connection, as a server that timed it out", async () => {
    emulator.reply({}, { breakOff: { by: "close" } });
    const client = new Client(emulator.url);
    const first = await client.request({ path: "/", method: "GET" });
    await first.body.dump();
    await assert.rejects(client.request({ path: "/", method: "GET" }), { code: "UND_ERR_SOCKET" });
    await client.destroy();
    assert.equal(emulator.sockets.total, 1);
  });

  for (const by of ["close", "reset"] as const) {
    const end = by === "close" ? "closed" : "reset";

    it(`truncates a body with its length by ${by}`, async () => {
      emulator.reply({ body: "0123456789", breakOff: { by, afterBytes: 3 } });
      const { text, end: seen } = await receive(emulator, sample);
      assert.match(text, /content-length: 10\r\n[\s\S]*\r\n\r\n012$/);
      assert.equal(seen, end);
      emulator.reply({ body: "0123456789", breakOff: { by, afterBytes: 3 } });
      await assert.rejects(send(emulator, sample));
    });

    it(`truncates a chunked body by ${by}`, async () => {
      emulator.reply({ body: "0123456789", framing: "chunks", breakOff: { by, afterBytes: 3 } });
      const { text, end: seen } = await receive(emulator, sample);
      assert.match(text, /transfer-encoding: chunked\r\n\r\n3\r\n012\r\n$/i);
      assert.equal(seen, end);
    });
  }

  it("truncates a body that has no framing, which looks complete", async () => {
    emulator.reply({ body: '{"id":"trunc', framing: "close" });
    const { status, text } = await send(emulator, sample);
    assert.deepEqual([status, text], [200, '{"id":"trunc']);
  });

  it("breaks the emulator's own answer off", async () => {
    emulator.reply({ breakOff: { by: "reset", afterBytes: 5 } });
    const { text, end } = await receive(emulator, sample);
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n\{\n {3}$/);
    assert.equal(end, "reset");
  });

  it("breaks a verbatim answer off", async () => {
    emulator.reply({ raw: "HTTP/1.1 200 OK\r\n", breakOff: { by: "reset", afterBytes: 8 } });
    assert.deepEqual(await receive(emulator, sample), { text: "HTTP/1.1", end: "reset" });
  });

  it("falls silent after part of the body, or never answers", async () => {
    emulator.reply(
      { body: "0123", breakOff: { by: "silence", afterBytes: 2 } },
      { breakOff: { by: "silence" } },
    );
    const first = new AbortController();
    const begun = await fetch(`${emulator.url}${sample}`, { signal: first.signal });
    assert.equal(begun.status, 200);
    setTimeout(() => first.abort(), 60);
    await assert.rejects(begun.text(), { name: "AbortError" });
    const second = new AbortController();
    const never = fetch(`${emulator.url}${sample}`, { signal: second.signal });
    while (emulator.requests.length < 2) {
      await new Promise(setImmediate);
    }
    setTimeout(() => second.abort(), 60);
    await assert.rejects(never, { name: "AbortError" });
    assert.deepEqual(statuses(), [200, undefined]);
  });
});
