// Proves what callers of identical lookups share, the request, and what they do not: their records.
import assert from "node:assert/strict";
import { SingleFlight, textInOrder } from "../../../provider/client/singleFlight";
import { createVpcepClient, type VpcepClient } from "../../../provider/index";
import type { EndpointServicePort } from "../../../provider/lookups/records";
import { type Emulator, startEmulator } from "../../../sdk/testing/index";
import { errorOf, serviceId, settingsFor } from "../lookups";

describe("lookups at the same time", () => {
  let emulator: Emulator;
  let client: VpcepClient;
  before(async () => {
    emulator = await startEmulator();
    client = createVpcepClient(settingsFor(emulator));
  });
  beforeEach(() => emulator.reset());
  after(async () => {
    await client.close();
    await emulator.close();
  });

  it("get records of their own, whatever one does to its record", async () => {
    const { signal } = new AbortController();
    const change = async (options?: { signal: AbortSignal }) => {
      const record = await client.getEndpointService({ id: serviceId }, options);
      const before = structuredClone(record);
      (record.ports as EndpointServicePort[]).push({ clientPort: 1, serverPort: 1, protocol: "TCP" });
      (record.extra as Record<string, unknown>)["mine"] = true;
      return before;
    };
    const all = await Promise.all([change(), change(), change({ signal }), change({ signal })]);
    assert.equal(emulator.requests.length, 1);
    assert.equal(all[0]?.ports.length, 2);
    for (const record of all) {
      assert.deepEqual(record, all[0]);
    }
  });

  it("are one request, whatever the order of their arguments is, and with null for what is not given", async () => {
    const tag = { key: "k", values: ["v"] };
    await Promise.all([
      client.lookUp("endpointServicesByTags", { tags: [tag], withoutAnyTag: false }),
      client.lookUp("endpointServicesByTags", { withoutAnyTag: false, tags: [{ values: ["v"], key: "k" }] }),
      client.lookUp("endpointServicesByTags", {
        withoutAnyTag: false,
        serviceName: null as unknown as string,
        notTags: undefined,
        tags: [tag],
      }),
    ]);
    assert.equal(emulator.requests.length, 1);
    assert.ok(!emulator.requests[0]?.body.includes("null"));
  });

  it("are several where a list of theirs is in another order", async () => {
    emulator.reply(() => ({ status: 404, body: { error: { code: "EndPoint.0005", message: "no" } } }));
    const look = (...ids: string[]) => client.lookUp("endpointServicesByIds", { ids, ifMissing: "omit" });
    await Promise.all([look("a", "b"), look("b", "a")]);
    assert.equal(emulator.requests.length, 4);
  });

  it("ask for what was asked, whatever becomes of the arguments meanwhile", async () => {
    const tags = [{ key: "before", values: ["v"] }];
    const looking = client.lookUp("endpointServicesByTags", { tags });
    tags[0] = { key: "after", values: ["v"] };
    await looking;
    assert.match(emulator.requests[0]?.body ?? "", /"before"/);
  });

  it("send no null for an argument that is not given", async () => {
    await client.lookUp("endpointServices", { status: null as unknown as string });
    assert.doesNotMatch(emulator.requests[0]?.query ?? "", /status/);
  });

  it("refuse a signal that is none", async () => {
    for (const signal of [5, {}, "x", true]) {
      const options = { signal: signal as unknown as AbortSignal };
      const error = await errorOf(client.getEndpointService({ id: serviceId }, options));
      assert.match(
        error.message,
        /^Cannot read VPC endpoint service: signal must be an AbortSignal, but is /,
      );
    }
    assert.equal(emulator.requests.length, 0);
  });
});

describe("SingleFlight", () => {
  it("gives a caller who is alone, or is left alone, the value itself", async () => {
    const value = { list: [1] };
    const flights = new SingleFlight<typeof value>(1_000);
    assert.equal(await flights.run("a", async () => value), value);
    const given = Promise.withResolvers<typeof value>();
    const leaving = new AbortController();
    const first = flights.run("a", () => given.promise, leaving.signal);
    const second = flights.run("a", () => given.promise);
    leaving.abort(new Error("gone"));
    await assert.rejects(first, /gone/);
    given.resolve(value);
    assert.equal(await second, value);
  });
});

describe("textInOrder", () => {
  it("is the same for equal values alone", () => {
    const text = textInOrder({ a: { x: 1, y: [2, { p: 1, q: 2 }] }, b: 1 });
    assert.equal(textInOrder({ b: 1, a: { y: [2, { q: 2, p: 1 }], x: 1 } }), text);
    assert.notEqual(textInOrder({ b: 1, a: { y: [{ q: 2, p: 1 }, 2], x: 1 } }), text);
    assert.equal(textInOrder(JSON.parse('{"b":1,"__proto__":2}')), '{"__proto__":2,"b":1}');
  });
});
