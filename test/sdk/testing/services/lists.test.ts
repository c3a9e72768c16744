import assert from "node:assert/strict";
import { type Emulator, startEmulator, type WireRecord } from "../../../../sdk/testing";
import { get, project, sample, services } from "../client";

const ids = ["a", "b", "c", "d", "e"];

/** Five records, created in the order of their ids and updated in the opposite order. */
function records(more: WireRecord = {}): WireRecord[] {
  return ids.map((id, index) => ({
    id,
    service_name: `eu-de.Name-${id}.${id}`,
    endpoint_service_name: `eu-de.Name-${id}.${id}`,
    status: "available",
    created_at: `2026-01-0${index + 1}T00:00:00Z`,
    updated_at: `2026-02-0${5 - index}T00:00:00Z`,
    ...more,
  }));
}

describe("lists", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({
      services: [
        ...records(),
        { id: "s", service_name: "s", status: "failed", created_at: "2025-01-01T00:00:00Z" },
      ],
      publicServices: records({ owner: "OTC" }),
      endpoints: records({ vpc_id: "v" }),
      connections: { s: records({ status: "accepted", marker_id: 7 }) },
      permissions: { s: records({ permission: "iam:domain::5fc9" }) },
    });
  });
  after(() => emulator.close());

  /** The ids of a page and the total count. */
  async function listed(path: string, name: string): Promise<[string, number]> {
    const [status, body] = await get(emulator, path);
    const page = body as Record<string, unknown>;
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(Object.keys(page), [name, "total_count"]);
    return [(page[name] as { id: string }[]).map(({ id }) => id).join(""), page["total_count"] as number];
  }
  async function refused(path: string): Promise<unknown> {
    const [status, body] = await get(emulator, path);
    return [status, (body as { error: { code: string; message: string } }).error];
  }

  const lists = [
    { path: `${services}/s/connections`, name: "connections", maximum: 1000 },
    { path: `${services}/s/permissions`, name: "permissions", maximum: 500 },
    { path: `${services}/public`, name: "endpoint_services", maximum: 1000 },
    { path: `${services}?endpoint_service_name=NAME-`, name: "endpoint_services", maximum: 1000 },
    { path: `${project}/vpc-endpoints`, name: "endpoints", maximum: 1000 },
  ];
  for (const { path, name, maximum } of lists) {
    const at = (query: string): string => `${path}${path.includes("?") ? "&" : "?"}${query}`;

    it(`pages, sorts and checks ${path.slice(project.length)}`, async () => {
      assert.deepEqual(await listed(path, name), ["edcba", 5]);
      assert.deepEqual(await listed(at("limit=2"), name), ["ed", 5]);
      assert.deepEqual(await listed(at("limit=2&offset=2"), name), ["cb", 5]);
      assert.deepEqual(await listed(at("limit=2&offset=4"), name), ["a", 5]);
      assert.deepEqual(await listed(at("limit=2&offset=6"), name), ["", 5]);
      assert.deepEqual(await listed(at("sort_dir=asc"), name), ["abcde", 5]);
      assert.deepEqual(await listed(at("sort_key=update_at"), name), ["abcde", 5]);
      assert.deepEqual(await listed(at("sort_key=updated_at&sort_dir=asc"), name), ["edcba", 5]);
      assert.deepEqual(await listed(at(`limit=${maximum}`), name), ["edcba", 5]);
      for (const limit of ["x", "-1", "", "1.5", `${maximum + 1}`]) {
        const error = { message: "Invalid limit.", code: "EndPoint.0006" };
        assert.deepEqual(await refused(at(`limit=${limit}`)), [400, error]);
      }
      for (const [query, code] of [
        ["offset=-1", "EndPoint.0010"],
        ["sort_key=name", "EndPoint.0017"],
        ["sort_key=toString", "EndPoint.0017"],
        ["sort_dir=up", "EndPoint.0018"],
      ] as const) {
        assert.deepEqual(await refused(at(query)), [
          400,
          { message: `Invalid ${query.split("=")[0]}.`, code },
        ]);
      }
    });
  }

  it("has ten records on a page unless told otherwise", async () => {
    await using full = await startEmulator({
      endpoints: Array.from({ length: 12 }, (_, index) => ({ id: `e${index}` })),
    });
    const [, body] = await get(full, `${project}/vpc-endpoints`);
    const { endpoints, total_count } = body as { endpoints: unknown[]; total_count: number };
    assert.deepEqual([endpoints.length, total_count], [10, 12]);
  });

  it("filters services by name, id and status", async () => {
    const name = "endpoint_services";
    assert.deepEqual(await listed(`${services}?endpoint_service_name=name-B`, name), ["b", 1]);
    assert.deepEqual(await listed(`${services}?id=c`, name), ["c", 1]);
    assert.deepEqual(await listed(`${services}?status=failed`, name), ["s", 1]);
    assert.deepEqual(await listed(`${services}?id=c&status=failed`, name), ["", 0]);
    assert.deepEqual(await refused(`${services}?status=gone`), [
      400,
      { message: "Invalid status.", code: "EndPoint.0019" },
    ]);
    assert.deepEqual(await refused(`${services}?net_type=x`), [
      400,
      { message: "Parameter error.", code: "EndPoint.0002" },
    ]);
  });

  it("filters connections, permissions and endpoints", async () => {
    assert.deepEqual(await listed(`${services}/s/connections?id=b&marker_id=7`, "connections"), ["b", 1]);
    assert.deepEqual(await listed(`${services}/s/connections?status=rejected`, "connections"), ["", 0]);
    assert.deepEqual(await refused(`${services}/s/connections?status=available`), [
      400,
      { message: "Invalid status.", code: "EndPoint.0019" },
    ]);
    assert.deepEqual(await refused(`${services}/s/connections?marker_id=x`), [
      400,
      { message: "Invalid marker_id.", code: "EndPoint.0021" },
    ]);
    assert.deepEqual(await listed(`${services}/s/permissions?permission=5FC9`, "permissions"), ["edcba", 5]);
    assert.deepEqual(await listed(`${services}/s/permissions?permission=6`, "permissions"), ["", 0]);
    assert.deepEqual(await listed(`${project}/vpc-endpoints?vpc_id=v&id=a`, "endpoints"), ["a", 1]);
    assert.deepEqual(await listed(`${project}/vpc-endpoints?vpc_id=w`, "endpoints"), ["", 0]);
    assert.deepEqual(await listed(`${services}/a/connections`, "connections"), ["", 0]);
  });

  it("answers 404 for the connections and permissions of an unknown service, and an unknown endpoint", async () => {
    const expected = [404, { message: "The requested resource is unavailable.", code: "EndPoint.0005" }];
    for (const path of [
      `${services}/x/connections`,
      `${services}/x/permissions`,
      `${project}/vpc-endpoints/x`,
    ]) {
      assert.deepEqual(await refused(path), expected);
    }
  });

  it("lists the sample with its digits, its account and its connections, without cidr_type", async () => {
    await using plain = await startEmulator();
    const text = await (
      await fetch(`${plain.url}${services}`, { headers: { "X-Auth-Token": "emulator-token" } })
    ).text();
    assert.match(text, /"marker_id":422321321312321321,/);
    const item = JSON.parse(text).endpoint_services[0];
    assert.deepEqual([item.domain_id, item.connection_count], ["5fc973eea581490997e82ea11a1d0101", 1]);
    plain.putService({ id: "x", cidr_type: "public", domain_id: "own", connection_count: 3 });
    plain.deleteService("4189d3c2-8882-4871-a3c2-d380272eed83");
    assert.deepEqual(await get(plain, services), [
      200,
      { endpoint_services: [{ domain_id: "own", connection_count: 3, id: "x" }], total_count: 1 },
    ]);
  });

  it("describes a service of any project or a public one by exactly one of name and id", async () => {
    await using plain = await startEmulator();
    const described = {
      id: "4189d3c2-8882-4871-a3c2-d380272eed83",
      service_name: "test123",
      service_type: "interface",
      created_at: "2018-01-30T07:42:01.174",
      is_charge: true,
    };
    const path = `${services}/describe`;
    assert.deepEqual(await get(plain, `${path}?endpoint_service_name=test123`), [200, described]);
    assert.deepEqual(await get(plain, `${path}?id=${sample.split("/").at(-1)}`), [200, described]);
    plain.putService({
      id: "o",
      project_id: "other",
      service_name: "o",
      is_charge: false,
      enable_policy: true,
    });
    const other = { id: "o", service_name: "o", is_charge: false, enable_policy: true };
    assert.deepEqual(await get(plain, `${path}?id=o`), [200, other]);
    assert.equal((await get(plain, `${path}?endpoint_service_name=com.t-systems.otc.eu-de.dns`))[0], 200);
    for (const query of ["", "?id=o&endpoint_service_name=o"]) {
      const error = { message: "Parameter error.", code: "EndPoint.0002" };
      assert.deepEqual(await get(plain, `${path}${query}`), [400, { error }]);
    }
    assert.equal((await get(plain, `${path}?endpoint_service_name=test`))[0], 404);
  });
});

describe("endpoints, quotas and versions", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.close());

  it("shows an endpoint as it is listed", async () => {
    const [, list] = await get(emulator, `${project}/vpc-endpoints`);
    const [endpoint] = (list as { endpoints: { id: string }[] }).endpoints;
    assert.deepEqual(await get(emulator, `${project}/vpc-endpoints/${endpoint?.id}`), [200, endpoint]);
  });

  it("counts what is used of the quotas", async () => {
    const endpoint = { type: "endpoint", used: 1, quota: 50 };
    const service = { type: "endpoint_service", used: 1, quota: 20 };
    const path = `${project}/quotas`;
    assert.deepEqual(await get(emulator, path), [200, { quotas: { resources: [endpoint, service] } }]);
    assert.deepEqual(await get(emulator, `${path}?type=endpoint_service`), [
      200,
      { quotas: { resources: [service] } },
    ]);
    assert.deepEqual(await get(emulator, `${path}?type=vpc`), [
      400,
      { error: { message: "Parameter error.", code: "EndPoint.0002" } },
    ]);
  });

  it("tells its versions to everyone", async () => {
    const version = {
      status: "CURRENT",
      id: "v1",
      updated: "2018-09-30T00:00:00Z",
      version: "1",
      min_version: "",
      links: [{ href: `${emulator.url}/v1`, type: "application/json", rel: "self" }],
    };
    assert.deepEqual(await get(emulator, "/", {}), [200, { versions: [version] }]);
    assert.deepEqual(await get(emulator, "/v1", {}), [200, { version }]);
    assert.equal((await get(emulator, "/v2", {}))[0], 404);
  });
});
