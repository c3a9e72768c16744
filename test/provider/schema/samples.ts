// A record of every kind with every field, as the API has been seen to send it, and what it becomes. Used by the tests
// beside it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../../provider/http/json";
import type { SchemaName } from "../../../provider/lookups/definition";
import type { EndpointServiceRecord } from "../../../provider/lookups/records";
import { sampleRecord } from "../../fixtures/sampleRecord";

type Wire = Record<string, unknown>;

export const text = readFileSync(join(__dirname, "../../fixtures/endpointService.txt"), "utf8");
export const sample = parseJson(text) as Readonly<Wire>;
const { update_at: __, ...withoutOldTime } = sample;

/** The sample with every field that was ever seen. */
export const full: Readonly<Wire> = {
  ...withoutOldTime,
  vip_port_id: "4189d3c2-8882-4871-a3c2-d380272eed8a",
  updated_at: "2018-01-30T07:42:05Z",
  error: [{ error_code: "EndPoint.0001", error_message: "System error." }],
  pool_id: "5289d3c2-8882-4871-a3c2-d380272eed80",
  cidr_type: "internal",
  tcp_proxy: "close",
  description: "orders",
  enable_policy: true,
  ip: "10.0.0.1",
  ip_version: "ipv4",
  snat_network_id: "6389d3c2-8882-4871-a3c2-d380272eed80",
  public_border_group: "edge",
  connection_count: 3,
  domain_id: "5fc973eea581490997e82ea11a1d0101",
  supported_editions: ["basic", "profession"],
  tags: [{ key: "team", value: "orders" }],
};

export const fullRecord: EndpointServiceRecord = {
  ...sampleRecord,
  vipPortId: "4189d3c2-8882-4871-a3c2-d380272eed8a",
  updatedAt: "2018-01-30T07:42:05Z",
  error: [{ errorCode: "EndPoint.0001", errorMessage: "System error." }],
  poolId: "5289d3c2-8882-4871-a3c2-d380272eed80",
  cidrType: "internal",
  tcpProxy: "close",
  description: "orders",
  enablePolicy: true,
  ip: "10.0.0.1",
  ipVersion: "ipv4",
  snatNetworkId: "6389d3c2-8882-4871-a3c2-d380272eed80",
  publicBorderGroup: "edge",
  connectionCount: 3,
  domainId: "5fc973eea581490997e82ea11a1d0101",
  supportedEditions: ["basic", "profession"],
  tags: { team: "orders" },
};

export interface Sample {
  /** A record with every field, each as the API has been seen to send it. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The fields without which there is no record. */
  readonly required: readonly string[];
}

const time = "2018-01-30T07:42:01";

const { extra: _, ...fullOutputs } = fullRecord;

export const samples: Readonly<Record<SchemaName, Sample>> = {
  endpointService: { wire: full, outputs: fullOutputs, required: ["id", "vpc_id", "status", "ports"] },
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
      enable_policy: false,
      owner: "VPCEP",
    },
    outputs: {
      serviceId: "s1",
      serviceName: "eu-de.dns.s1",
      serviceType: "interface",
      owner: "VPCEP",
      createdAt: `${time}Z`,
      isCharge: false,
      enablePolicy: false,
    },
    required: ["id"],
  },
  taggedService: {
    wire: { resource_id: "s1", resource_name: "orders", tags: [{ key: "team", value: "orders" }] },
    outputs: { serviceId: "s1", serviceName: "orders", tags: { team: "orders" } },
    required: ["resource_id"],
  },
};
