// Proves what the records beside an endpoint service's own become: every field of the wire as its output, the API's
// habits undone, everything unknown kept, and a field of another type refused by its name.
import assert from "node:assert/strict";
import { lookups } from "../../../provider/lookups";
import type { LookupDefinition, SchemaName } from "../../../provider/lookups/definition";
import { schemaOf } from "../../../provider/schema";
import { describeIssues } from "../../../provider/schema/fields";

interface Sample {
  /** A record with every field, each as the API has been seen to send it. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The fields without which there is no record. */
  readonly required: readonly string[];
}

const time = "2018-01-30T07:42:01";

const samples: Readonly<Record<Exclude<SchemaName, "endpointService">, Sample>> = {
  endpoint: {
    wire: {
      id: "e1",
      service_type: "gataway",
      status: "accepted",
      active_status: "active",
      enable_status: "enable",
      specification_name: "basic",
      endpoint_service_name: "eu-de.orders.s1",
      endpoint_service_id: "s1",
      marker_id: 322312312312,
      enable_dns: "false",
      dns_names: "orders.example.com",
      ip: "10.0.0.2",
      vpc_id: "v1",
      subnet_id: "n1",
      created_at: time,
      updated_at: `${time}Z`,
      project_id: "p1",
      tags: [{ key: "team", value: null }],
      error: { code: "X.1", message: "gone" },
      whitelist: ["10.0.0.0/8"],
      enable_whitelist: true,
      routetables: ["r1"],
      description: "",
      policy_statement: [{ Effect: "Allow", Action: "*", Resource: ["a", "b"] }],
      policy_document: { Version: "5.0" },
      endpoint_pool_id: "pool",
      public_border_group: "edge",
    },
    outputs: {
      endpointId: "e1",
      serviceId: "s1",
      serviceName: "eu-de.orders.s1",
      serviceType: "gateway",
      status: "accepted",
      activeStatus: ["active"],
      enableStatus: "enable",
      specificationName: "basic",
      markerId: "322312312312",
      enableDns: false,
      dnsNames: ["orders.example.com"],
      ip: "10.0.0.2",
      vpcId: "v1",
      subnetId: "n1",
      projectId: "p1",
      createdAt: `${time}Z`,
      updatedAt: `${time}Z`,
      tags: { team: "" },
      error: [{ errorCode: "X.1", errorMessage: "gone" }],
      whitelist: ["10.0.0.0/8"],
      enableWhitelist: true,
      routeTables: ["r1"],
      description: "",
      policyStatement: [{ effect: "Allow", action: ["*"], resource: ["a", "b"] }],
      policyDocument: { Version: "5.0" },
      endpointPoolId: "pool",
      publicBorderGroup: "edge",
    },
    required: ["id", "status"],
  },
  connection: {
    wire: {
      id: "e1",
      marker_id: 16777510,
      status: "accepted",
      domain_id: "d1",
      created_at: time,
      updated_at: time,
      error: [],
      description: "orders",
    },
    outputs: {
      endpointId: "e1",
      markerId: "16777510",
      status: "accepted",
      domainId: "d1",
      createdAt: `${time}Z`,
      updatedAt: `${time}Z`,
      error: [],
      description: "orders",
    },
    required: ["id", "status"],
  },
  permission: {
    wire: {
      id: "1",
      permission: "iam:domain::d1",
      permission_type: "domainId",
      created_at: time,
      description: "",
    },
    outputs: {
      permissionId: "1",
      permission: "iam:domain::d1",
      permissionType: "domainId",
      createdAt: `${time}Z`,
      description: "",
    },
    required: ["permission"],
  },
  quota: {
    wire: { type: "endpoint_service", used: "1", quota: 20 },
    outputs: { resourceType: "endpoint_service", used: 1, quota: 20 },
    required: ["type", "used", "quota"],
  },
  tag: {
    wire: { key: "team", values: ["orders", ""] },
    outputs: { key: "team", values: ["orders", ""] },
    required: ["key", "values"],
  },
  version: {
    wire: {
      id: "v1",
      status: "CURRENT",
      updated: "2018-09-30T00:00:00Z",
      version: "",
      min_version: 1,
      links: [{ href: "https://example.com", rel: "self" }],
    },
    outputs: {
      versionId: "v1",
      status: "CURRENT",
      updatedAt: "2018-09-30T00:00:00Z",
      version: "",
      minVersion: "1",
      links: [{ href: "https://example.com", rel: "self", type: null }],
    },
    required: ["id"],
  },
  endpointServiceSummary: {
    wire: {
      id: "s1",
      service_name: "eu-de.orders.s1",
      service_type: "gataway",
      created_at: time,
      is_charge: "true",
      enable_policy: false,
      public_border_group: "edge",
    },
    outputs: {
      serviceId: "s1",
      serviceName: "eu-de.orders.s1",
      serviceType: "gateway",
      createdAt: `${time}Z`,
      isCharge: true,
      publicBorderGroup: "edge",
      enablePolicy: false,
    },
    required: ["id"],
  },
  publicEndpointService: {
    wire: {
      id: "s1",
      service_name: "eu-de.dns.s1",
      service_type: "interface",
      created_at: time,
      is_charge: false,
      enable_policy: null,
      owner: "VPCEP",
    },
    outputs: {
      serviceId: "s1",
      serviceName: "eu-de.dns.s1",
      serviceType: "interface",
      owner: "VPCEP",
      createdAt: `${time}Z`,
      isCharge: false,
      enablePolicy: null,
    },
    required: ["id"],
  },
  taggedService: {
    wire: { resource_id: "s1", resource_name: "orders", tags: [{ key: "team", value: "orders" }] },
    outputs: { serviceId: "s1", serviceName: "orders", tags: { team: "orders" } },
    required: ["resource_id"],
  },
};

for (const [name, { wire, outputs, required }] of Object.entries(samples)) {
  const schema = schemaOf(name as SchemaName);
  const problemOf = (changes: object): string | undefined => {
    const { error } = schema.safeParse({ ...wire, ...changes });
    return error && describeIssues(error.issues);
  };

  describe(`the record of ${name}`, () => {
    it("is the same, right or wrong, once its schema has been used so often that it is compiled", () => {
      const wrongs = Object.keys(wire).map((field) => ({ ...wire, [field]: [[1]] }));
      const before = [wire, ...wrongs].map((record) => schema.safeParse(record));
      let compiled = schema;
      for (let use = 0; use < 500; use++) {
        compiled = schemaOf(name as SchemaName);
      }
      assert.notEqual(compiled, schema);
      assert.deepEqual(
        [wire, ...wrongs].map((record) => compiled.safeParse(record)),
        before,
      );
    });

    it("has every field as its output, and everything else as it was sent", () => {
      const extra = { new_field: [{ a: 1 }] };
      assert.deepEqual(schema.parse({ ...wire, ...extra }), { ...outputs, extra });
    });

    it("has the outputs that its lookup declares", () => {
      const definition: LookupDefinition | undefined = Object.values(lookups).find(
        (candidate: LookupDefinition) => candidate.record === name && !candidate.list,
      );
      for (const output of Object.keys(outputs)) {
        assert.ok(!definition || definition.outputs.includes(output), output);
      }
    });

    for (const field of Object.keys(wire)) {
      const optional = !required.includes(field);
      it(`${optional ? "may be" : "is not there"} without ${field}`, () => {
        assert.equal(problemOf({ [field]: undefined }) === undefined, optional);
        assert.equal(problemOf({ [field]: null }) === undefined, optional);
      });

      // Any JSON is a policy's document.
      if (field !== "policy_document") {
        it(`is refused by name with another type of ${field}`, () => {
          assert.match(problemOf({ [field]: [[1]] }) ?? "nothing", new RegExp(`^${field}[ .[]`));
        });
      }
    }
  });
}
