import assert from "node:assert/strict";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../../sdk/testing";
import { get, post, sample, send, services, withToken } from "../client";

const asked = {
  vpc_id: "v",
  port_id: "p",
  server_type: "LB",
  ports: [{ client_port: 80, server_port: 8080 }],
};

describe("changes", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ services: [], now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
  });
  afterEach(() => emulator.close());

  it("make a service that every query shows from then on, until it is deleted", async () => {
    const { status, json } = await post(emulator, services, { ...asked, service_name: "orders" }, withToken);
    const { id, ...record } = json;
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      [status, record],
      [
        200,
        {
          ...asked,
          service_type: "interface",
          approval_enabled: true,
          service_name: `orders.${id}`,
          status: "available",
          project_id: emulatorDefaults.projectId,
          created_at: "2026-01-02T03:04:05Z",
          updated_at: "2026-01-02T03:04:05Z",
        },
      ],
    );
    assert.deepEqual(await get(emulator, `${services}/${id}`), [200, json]);
    const [, list] = await get(emulator, services);
    assert.equal((list as { total_count: number }).total_count, 1);
    const deleted = await send(emulator, `${services}/${id}`, withToken, { method: "DELETE" });
    assert.deepEqual([deleted.status, deleted.text], [204, ""]);
    assert.equal((await get(emulator, `${services}/${id}`))[0], 404);
  });

  it("are refused without what a service must have, without a service, and without a credential", async () => {
    for (const field of Object.keys(asked)) {
      const { status, json } = await post(emulator, services, { ...asked, [field]: undefined }, withToken);
      assert.deepEqual(
        [status, json],
        [400, { error: { message: "Parameter error.", code: "EndPoint.0002" } }],
      );
    }
    const gone = await send(emulator, sample, withToken, { method: "DELETE" });
    assert.deepEqual([gone.status, JSON.parse(gone.text).error.code], [404, "EndPoint.0005"]);
    assert.equal((await post(emulator, services, asked)).status, 401);
    assert.equal((await send(emulator, sample, {}, { method: "DELETE" })).status, 401);
  });
});
