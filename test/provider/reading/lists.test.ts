// Proves that a list is read whole, once and in order, over real sockets and while it changes; or fails and says so.
import assert from "node:assert/strict";
import type { VpcepError } from "../../../provider";
import { emulatorDefaults, sampleEndpointService } from "../../../sdk/testing";
import { withReader } from "./reader";

const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;

/** Services whose creation times say their order, the newest first. */
function services(count: number, first = 0): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    ...sample,
    id: `service-${String(first + index).padStart(5, "0")}`,
    created_at: new Date(Date.UTC(2026, 0, 1) - (first + index) * 1_000).toISOString(),
  }));
}

function idsOf(outputs: Record<string, unknown>): string[] {
  return (outputs["services"] as { serviceId: string }[]).map(({ serviceId }) => serviceId);
}

describe("a list", () => {
  const reader = withReader(() => ({ services: services(2_500) }));

  it("has every record of three pages, in the server's order", async () => {
    const outputs = await reader.client.lookUp("endpointServices", {});
    assert.equal(outputs["totalCount"], 2_500);
    assert.deepEqual(
      idsOf(outputs),
      services(2_500).map(({ id }) => id),
    );
    assert.equal(reader.emulator.requests.length, 3);
  });

  it("loses and repeats nothing while a service is added and another removed between pages", async () => {
    let pages = 0;
    reader.emulator.reply((request) => {
      pages += request.path.endsWith("/vpc-endpoint-services") ? 1 : 0;
      if (pages === 2) {
        reader.emulator.putService({ ...sample, id: "service-new", created_at: "2026-06-01T00:00:00Z" });
      }
      if (pages === 3) {
        reader.emulator.deleteService("service-00001");
      }
      return undefined;
    });
    const ids = idsOf(await reader.client.lookUp("endpointServices", {}));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      services(2_500)
        .map(({ id }) => String(id))
        .filter((id) => id !== "service-00001" && !ids.includes(id)),
      [],
    );
    assert.ok(pages > 3, `${pages} pages`);
  });

  it("notices a removal and an addition that leave the total as it was", async () => {
    let pages = 0;
    reader.emulator.reply(() => {
      pages++;
      if (pages === 2) {
        reader.emulator.deleteService("service-00001");
        reader.emulator.putService({ ...sample, id: "service-old", created_at: "2020-01-01T00:00:00Z" });
      }
      return undefined;
    });
    const ids = idsOf(await reader.client.lookUp("endpointServices", {}));
    assert.ok(ids.includes("service-00999") && ids.includes("service-01000"));
    assert.ok(pages > 3, `${pages} pages`);
  });

  it("may have pages larger than a single record may be", async () => {
    reader.emulator.set({
      services: services(1_000).map((service) => ({ ...service, description: "d".repeat(2_000) })),
    });
    assert.equal((await reader.client.lookUp("endpointServices", {}))["totalCount"], 1_000);
  });

  it("fails when it never stands still", async () => {
    let added = 0;
    reader.emulator.reply(() => {
      added++;
      reader.emulator.putService({
        ...sample,
        id: `service-new-${added}`,
        created_at: "2026-06-01T00:00:00Z",
      });
      return undefined;
    });
    await assert.rejects(reader.client.lookUp("endpointServices", {}), {
      code: "VPCEP_RESPONSE",
      message: `Cannot read VPC endpoint services (region eu-de, project ${emulatorDefaults.projectId}): the list changed every time it was read, 4 times in a row, so that a whole one cannot be had: the last time it announced 2516 records and 2513 were found. Run again later, or narrow the filter [VPCEP_RESPONSE]`,
    });
  });

  it("names the field of a page that is not one", async () => {
    for (const [body, field] of [
      [{ total_count: 1 }, "endpoint_services (expected array)"],
      [{ endpoint_services: [] }, "total_count (expected number, received undefined)"],
      [{ endpoint_services: [{ id: "a" }], total_count: 1 }, "vpc_id (expected string, received undefined)"],
    ] as const) {
      reader.emulator.replyTo("vpc-endpoint-services", {
        status: 200,
        headers: { "content-type": "application/json" },
        body,
      });
      await assert.rejects(reader.client.lookUp("endpointServices", {}), (error: VpcepError) => {
        assert.ok(error.message.includes(field), error.message);
        return error.code === "VPCEP_RESPONSE";
      });
    }
  });

  it("sends its filter and its order, and is empty where nothing matches", async () => {
    const outputs = await reader.client.lookUp("endpointServices", {
      status: "failed",
      serviceName: "a b&c",
      sortKey: "updatedAt",
      sortDirection: "asc",
    });
    assert.deepEqual(outputs["services"], []);
    assert.equal(outputs["totalCount"], 0);
    assert.equal(
      reader.emulator.requests[0]?.query,
      "endpoint_service_name=a%20b%26c&status=failed&sort_dir=asc&sort_key=update_at&limit=1000&offset=0",
    );
  });
});

describe("services by ids", () => {
  const ids = services(1_000).map(({ id }) => String(id));
  const reader = withReader(() => ({ services: services(1_000) }));

  it("are a thousand requests over at most eight connections, in the order of the ids, each once", async () => {
    const outputs = await reader.client.lookUp("endpointServicesByIds", {
      ids: [...ids].reverse().concat(ids[0] ?? ""),
    });
    assert.deepEqual(idsOf(outputs), [...ids].reverse());
    assert.equal(reader.emulator.requests.length, 1_000);
    assert.ok(reader.emulator.sockets.peak <= 8, `${reader.emulator.sockets.peak}`);
  });

  it("name the one that is missing", async () => {
    await assert.rejects(
      reader.client.lookUp("endpointServicesByIds", { ids: [...ids.slice(0, 20), "gone"] }),
      (error: VpcepError) => {
        assert.match(
          error.message,
          /^Cannot read VPC endpoint services \(region eu-de, project \w+\): service gone: 127\.0\.0\.1:\d+ answered 404 EndPoint\.0005/,
        );
        return error.code === "VPCEP_NOT_FOUND";
      },
    );
  });

  it("leave the one out that is missing where that is asked for", async () => {
    const outputs = await reader.client.lookUp("endpointServicesByIds", {
      ids: ["gone", "service-00001"],
      ifMissing: "omit",
    });
    assert.deepEqual(idsOf(outputs), ["service-00001"]);
  });

  it("take no filter beside them", async () => {
    const args = { ids, status: "available" };
    await assert.rejects(reader.client.lookUp("endpointServicesByIds", args), {
      message:
        "Cannot read VPC endpoint services: status is no argument of getEndpointServicesByIds [VPCEP_CONFIG]",
    });
    assert.deepEqual(reader.emulator.requests, []);
  });

  it("ask for no more after the first failure", async () => {
    reader.emulator.replyTo("service-00003", {
      status: 403,
      body: { error_code: "EndPoint.0004", error_msg: "no" },
    });
    await assert.rejects(reader.client.lookUp("endpointServicesByIds", { ids }), { code: "VPCEP_FORBIDDEN" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(reader.emulator.requests.length < 100, `${reader.emulator.requests.length} requests`);
  });
});
