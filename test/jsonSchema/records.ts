// Records as the API may send them, and records that no lookup ever gives. What jsonSchemas.test.ts runs through.
import { sampleEndpointService } from "../../sdk/testing";

/** The API reference's sample, but for the digits of its packet identifier. */
export const sample = JSON.parse(sampleEndpointService) as Readonly<Record<string, unknown>>;

/** Changes to the sample on the wire. */
export const variants: Record<string, Record<string, unknown>> = {
  "nothing but what is required": Object.fromEntries(
    Object.keys(sample)
      .filter((name) => !["id", "vpc_id", "status", "ports"].includes(name))
      .map((name) => [name, undefined]),
  ),
  "every optional field null": Object.fromEntries(
    Object.keys(sample)
      .filter((name) => !["id", "vpc_id", "status", "ports", "project_id"].includes(name))
      .map((name) => [name, null]),
  ),
  "no ports": { ports: [] },
  "a port without a protocol, and one as a string": {
    ports: [{ client_port: 1, server_port: "65535" }],
  },
  "a state and fields that the cloud has added": {
    status: "frozen",
    owner: { name: "a" },
    levels: [1, null],
  },
  "reasons of a failure, in part": {
    status: "failed",
    error: [{ error_code: "VPCEP.1", error_message: "no" }, {}],
  },
  "times with a zone, and none": { created_at: "2018-01-30T07:42:01+02:00", updated_at: "" },
  "tags, editions and a count": {
    tags: [{ key: "team", value: "orders" }, { key: "empty" }],
    supported_editions: ["basic"],
    connection_count: "3",
    enable_policy: "true",
  },
};

/** Changes to a record's outputs, and what is wrong with them then. */
export const broken: { name: string; change: Record<string, unknown>; problem: string }[] = [
  { name: "no VPC", change: { vpcId: undefined }, problem: "must have required property 'vpcId'" },
  { name: "an empty VPC", change: { vpcId: "" }, problem: "/vpcId must NOT have fewer than 1 characters" },
  {
    name: "a port past the last",
    change: { ports: [{ clientPort: 70000, serverPort: 80, protocol: "TCP" }] },
    problem: "/ports/0/clientPort must be <= 65535",
  },
  {
    name: "a port as a string",
    change: { ports: [{ clientPort: "8080", serverPort: 80, protocol: "TCP" }] },
    problem: "/ports/0/clientPort must be integer",
  },
  {
    name: "half a port",
    change: { ports: [{ clientPort: 8080, protocol: "TCP" }] },
    problem: "/ports/0 must have required property 'serverPort'",
  },
  { name: "no ports", change: { ports: null }, problem: "/ports must be array" },
  {
    name: "a count as a string",
    change: { connectionCount: "3" },
    problem: "/connectionCount must be integer",
  },
  {
    name: "a boolean as a string",
    change: { approvalEnabled: "false" },
    problem: "/approvalEnabled must be boolean,null",
  },
  {
    name: "a packet identifier as a number",
    change: { markerId: 42 },
    problem: "/markerId must be string,null",
  },
  {
    name: "a local time",
    change: { createdAt: "2018-01-30T07:42:01" },
    problem: "/createdAt must match pattern",
  },
  { name: "an error that is no list", change: { error: null }, problem: "/error must be array" },
  {
    name: "a service that is said not to exist",
    change: { exists: false },
    problem: "/exists must be equal to constant",
  },
];
