// Proves that an answer which contradicts the question or itself is never used, and that nothing is called missing which
// is only not shown.
import assert from "node:assert/strict";
import type { LookupArguments } from "../../../provider";
import type { LookupName } from "../../../provider/lookups";
import { emulatorDefaults, type Reply, sampleEndpointService } from "../../../sdk/testing";
import { errorOf } from "../lookups";
import { withReader } from "./reader";

const { projectId } = emulatorDefaults;
const sample = JSON.parse(sampleEndpointService) as Record<string, unknown>;
const services = `/v1/${projectId}/vpc-endpoint-services`;
const place = `(region eu-de, project ${projectId}): `;
const proxy = "Nothing of the list is used; check for a proxy that mixes answers up [VPCEP_RESPONSE]";
const missing: Reply = { status: 404, body: { error: { code: "EndPoint.0005", message: "no" } } };

const named = (id: string, name: string | null, more: object = {}) => ({
  ...sample,
  id,
  service_name: name,
  ...more,
});

function list(name: string, records: readonly object[], total = records.length): Reply {
  return { status: 200, body: { [name]: records, total_count: total } };
}

describe("a service by its name", () => {
  const reader = withReader();
  const host = () => new URL(reader.emulator.url).host;

  /** Both ways to ask for the service `orders`, and how their errors begin. */
  const ways = ["endpointServiceByName", "optionalEndpointService"] as const;

  for (const way of ways) {
    it(`must have the name that the list showed, for ${way}`, async () => {
      for (const other of ["eu-de.payments.a", null]) {
        reader.emulator.replyTo(services, list("endpoint_services", [named("a", "eu-de.orders.a")]));
        reader.emulator.replyTo(`${services}/a`, { status: 200, body: named("a", other) });
        const error = await errorOf(reader.client.lookUp(way, { serviceName: "orders" }));
        assert.equal(
          error.message,
          `Cannot read VPC endpoint service named orders ${place}${host()} sent another record than the one asked for, "${other}" (request id ${error.requestId}). Nothing of it is used; check for a proxy that mixes answers up [VPCEP_RESPONSE]`,
        );
      }
    });

    it(`is not called missing where the list is not whole, for ${way}`, async () => {
      reader.emulator.reply(() => list("endpoint_services", [], 3));
      await assert.rejects(reader.client.lookUp(way, { serviceName: "orders" }), {
        code: "VPCEP_RESPONSE",
        message: `Cannot read VPC endpoint service named orders ${place}${host()} announces 3 services that contain this name and shows 0, none of exactly this name: whether there is one is not known. Look it up by its id, or with a credential that sees them all [VPCEP_RESPONSE]`,
      });
    });
  }
});

describe("a 404 with the API's code", () => {
  const reader = withReader();

  for (const [name, args, code] of [
    ["endpointServiceByName", { serviceName: "orders" }, "VPCEP_API"],
    ["optionalEndpointService", { serviceName: "orders" }, "VPCEP_API"],
    ["endpointServices", { serviceId: "a" }, "VPCEP_API"],
    ["publicEndpointServices", { serviceId: "a" }, "VPCEP_API"],
    ["endpoints", { endpointId: "a" }, "VPCEP_API"],
    ["endpointServicesByTags", {}, "VPCEP_API"],
    ["quotas", {}, "VPCEP_API"],
    ["tags", { resourceType: "endpoint" }, "VPCEP_API"],
    ["versions", {}, "VPCEP_API"],
    ["endpointService", { id: "a" }, "VPCEP_NOT_FOUND"],
    ["endpoint", { id: "a" }, "VPCEP_NOT_FOUND"],
    ["endpointServicesByIds", { ids: ["a"] }, "VPCEP_NOT_FOUND"],
    ["endpointServiceSummary", { serviceId: "a" }, "VPCEP_NOT_FOUND"],
    ["endpointServiceConnections", { serviceId: "a" }, "VPCEP_NOT_FOUND"],
    ["endpointServicePermissions", { serviceId: "a" }, "VPCEP_NOT_FOUND"],
  ] as const satisfies readonly (readonly [LookupName, object, string])[]) {
    it(`is ${code} for ${name} with ${Object.keys(args).join() || "nothing"}`, async () => {
      reader.emulator.reply(() => missing);
      const error = await errorOf(reader.client.lookUp(name, args as LookupArguments));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, / answered 404 EndPoint\.0005: no/);
    });
  }
});

describe("the records of a list", () => {
  const reader = withReader();
  const host = () => new URL(reader.emulator.url).host;
  const endpoint = { id: "e", status: "accepted", vpc_id: "v1" };
  const quota = { type: "endpoint_service", used: 1, quota: 2 };
  const connection = { id: "e", marker_id: 1, status: "accepted" };

  for (const [name, args, wire, record, what] of [
    ["endpointServices", { serviceId: "A" }, "endpoint_services", named("b", null), `serviceId "b"`],
    ["endpointServices", { status: "failed" }, "endpoint_services", named("a", null), `status "available"`],
    [
      "endpointServices",
      { serverType: "LB" },
      "endpoint_services",
      named("a", null, { server_type: "VM" }),
      `serverType "VM"`,
    ],
    [
      "publicEndpointServices",
      { serviceId: "a" },
      "endpoint_services",
      { ...named("b", "n"), owner: "o" },
      `serviceId "b"`,
    ],
    ["endpoints", { endpointId: "a" }, "endpoints", endpoint, `endpointId "e"`],
    ["endpoints", { vpcId: "v2" }, "endpoints", endpoint, `vpcId "v1"`],
    [
      "endpointServiceConnections",
      { serviceId: "s", endpointId: "a" },
      "connections",
      connection,
      `endpointId "e"`,
    ],
    [
      "endpointServiceConnections",
      { serviceId: "s", status: "rejected" },
      "connections",
      connection,
      `status "accepted"`,
    ],
    ["quotas", { resourceType: "endpoint" }, "quotas", quota, `resourceType "endpoint_service"`],
  ] as const) {
    it(`are never others than ${name} asks for, by ${what}`, async () => {
      reader.emulator.reply(() =>
        name === "quotas" ? { status: 200, body: { quotas: { resources: [record] } } } : list(wire, [record]),
      );
      const filter = Object.keys(args).at(-1);
      const error = await errorOf(reader.client.lookUp(name, args as LookupArguments));
      const text = error.message.replace(/ \(request id [^)]*\)/, "").replace(/^.*?\): /, "");
      assert.equal(
        text,
        `${host()} sent a record with ${what}, which the filter ${filter} leaves out. ${proxy}`,
      );
    });
  }

  it("are compared with a filter without case, and where they say what it asks for", async () => {
    reader.emulator.reply(() => list("endpoint_services", [named("a", null, { server_type: null })]));
    const args = { serviceId: "A", status: "AVAILABLE", serverType: "LB" };
    assert.equal((await reader.client.lookUp("endpointServices", args)).totalCount, 1);
  });

  it("are each once where two are the same, and an error where they contradict each other", async () => {
    const failed = named("A", null, { status: "failed" });
    reader.emulator.replyTo(services, list("endpoint_services", [named("a", null), failed]));
    const error = await errorOf(reader.client.lookUp("endpointServices", {}));
    const text = error.message.replace(/ \(request id [^)]*\)/, "").replace(/^.*?\): /, "");
    assert.equal(text, `${host()} sent two records of the id "A" that differ. ${proxy}`);

    const twins = [named("a", null), named("a", null), named("b", null)];
    reader.emulator.reply(() => list("endpoint_services", twins, 2));
    assert.deepEqual(
      (await reader.client.lookUp("endpointServices", {})).services.map(({ serviceId }) => serviceId),
      ["a", "b"],
    );
  });

  it("are one for ids that differ in case alone", async () => {
    reader.emulator.replyTo(`${services}/abc`, { status: 200, body: named("abc", null) });
    reader.emulator.replyTo(`${services}/d`, { status: 200, body: named("d", null) });
    const { services: read } = await reader.client.lookUp("endpointServicesByIds", {
      ids: ["ABC", "d", "abc"],
    });
    assert.deepEqual(
      read.map(({ serviceId }) => serviceId),
      ["abc", "d"],
    );
    assert.equal(reader.emulator.requests.length, 2);
  });
});
