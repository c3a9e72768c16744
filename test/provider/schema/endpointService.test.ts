// Proves that a record becomes exactly its outputs, field by field and whatever the API puts in one; that a secondary
// field costs itself alone, and that a strict one is refused by its name, never by its value.

import assert from "node:assert/strict";
import type { CustomResource, Output } from "@pulumi/pulumi";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as z from "zod";
import { parseJson } from "../../../provider/http/json";
import type { EndpointServiceOutputs } from "../../../provider/index";
import type { EndpointServiceRecord } from "../../../provider/lookups/records";
import { readFields, strictFields } from "../../../provider/schema";
import { endpointServiceSchema } from "../../../provider/schema/endpointService";
import { describeIssues } from "../../../provider/schema/fields";
import type { EndpointService } from "../../../sdk/index";
import { sampleRecord } from "../../fixtures/sampleRecord";
import { full, fullRecord, sample, text } from "./samples";

/** The outputs that a program sees, as plain values. */
type ProgramOutputs = {
  [Key in Exclude<keyof EndpointService, keyof CustomResource>]: EndpointService[Key] extends Output<
    infer Value
  >
    ? Value
    : never;
};

/** The keys under which two types differ, in one way or the other. */
type Different<A, B> =
  | Exclude<keyof A, keyof B>
  | Exclude<keyof B, keyof A>
  | {
      [Key in keyof A & keyof B]: [A[Key]] extends [B[Key]] ? ([B[Key]] extends [A[Key]] ? never : Key) : Key;
    }[keyof A & keyof B];

type Wire = Record<string, unknown>;

/** The record of a wire record, or what is wrong with it as an error says it. */
function outcomeOf(wire: unknown): EndpointServiceRecord | string {
  const read = readFields("endpointService", wire);
  return "record" in read ? (read.record as object as EndpointServiceRecord) : describeIssues(read);
}

function recordOf(changes: Wire): EndpointServiceRecord {
  const outcome = outcomeOf({ ...sample, ...changes });
  assert.ok(typeof outcome !== "string", String(outcome));
  return outcome;
}

function problemOf(changes: Wire): string {
  const outcome = outcomeOf({ ...sample, ...changes });
  assert.ok(typeof outcome === "string", "it was taken");
  return outcome;
}

/** What a value of each type becomes in a field; `refused` where it is no value for the field. */
const refused = Symbol("refused");
interface Kind {
  readonly absent: unknown;
  readonly of: Readonly<Record<"string" | "number" | "boolean" | "object" | "array", unknown>>;
}
const none = { string: refused, number: refused, boolean: refused, object: refused, array: refused };
const kinds = {
  requiredText: { absent: refused, of: { ...none, string: "words" } },
  text: { absent: null, of: { ...none, string: "words" } },
  textOrNumber: { absent: null, of: { ...none, string: "words", number: "7" } },
  flag: { absent: null, of: { ...none, boolean: true } },
  count: { absent: null, of: { ...none, number: 7 } },
  time: { absent: null, of: none },
  texts: { absent: null, of: { ...none, string: ["words"], array: [] } },
  tags: { absent: null, of: { ...none, array: {}, object: {} } },
  problems: { absent: [], of: { ...none, array: [], object: [{ errorCode: null, errorMessage: null }] } },
  ports: { absent: refused, of: { ...none, array: [] } },
} as const satisfies Record<string, Kind>;

const values = { string: "words", number: 7, boolean: true, object: {}, array: [] };

const fields: readonly (readonly [string, keyof EndpointServiceRecord, keyof typeof kinds])[] = [
  ["id", "serviceId", "requiredText"],
  ["service_name", "serviceName", "text"],
  ["status", "status", "requiredText"],
  ["vpc_id", "vpcId", "requiredText"],
  ["ports", "ports", "ports"],
  ["port_id", "portId", "text"],
  ["vip_port_id", "vipPortId", "text"],
  ["server_type", "serverType", "text"],
  ["service_type", "serviceType", "text"],
  ["approval_enabled", "approvalEnabled", "flag"],
  ["project_id", "projectId", "text"],
  ["created_at", "createdAt", "time"],
  ["updated_at", "updatedAt", "time"],
  ["error", "error", "problems"],
  ["pool_id", "poolId", "text"],
  ["cidr_type", "cidrType", "text"],
  ["tcp_proxy", "tcpProxy", "text"],
  ["description", "description", "text"],
  ["enable_policy", "enablePolicy", "flag"],
  ["ip", "ip", "text"],
  ["ip_version", "ipVersion", "text"],
  ["snat_network_id", "snatNetworkId", "text"],
  ["public_border_group", "publicBorderGroup", "text"],
  ["connection_count", "connectionCount", "count"],
  ["domain_id", "domainId", "text"],
  ["supported_editions", "supportedEditions", "texts"],
  ["tags", "tags", "tags"],
  ["marker_id", "markerId", "textOrNumber"],
];

describe("endpointServiceSchema", () => {
  it("turns the API reference's sample into exactly these outputs", () => {
    assert.deepEqual(outcomeOf(sample), sampleRecord);
  });

  it("turns a record with every field into exactly these outputs", () => {
    assert.deepEqual(outcomeOf(full), fullRecord);
  });

  it("gives the outputs that a program sees, with the same types", () => {
    type Difference = Different<ProgramOutputs, EndpointServiceOutputs>;
    // Does not compile where a key differs, and names it.
    const same: [Difference] extends [never] ? true : Difference = true;
    assert.ok(same);
    assert.deepEqual(
      Object.keys(sampleRecord).sort(),
      fields
        .map(([, output]) => output)
        .concat("extra")
        .sort(),
    );
    assert.deepEqual(Object.keys(full).sort(), fields.map(([wire]) => wire).sort());
  });

  for (const [wire, output, kind] of fields) {
    const { absent, of } = kinds[kind];
    const cases: [string, Wire, unknown][] = [
      ["is left out", Object.fromEntries(Object.entries(full).filter(([name]) => name !== wire)), absent],
      ["is null", { ...full, [wire]: null }, absent],
      ...Object.entries(values).map(([type, value]): [string, Wire, unknown] => [
        `is ${/^[ao]/.test(type) ? "an" : "a"} ${type}`,
        { ...full, [wire]: value },
        of[type as keyof typeof of],
      ]),
    ];
    const strict = (strictFields.endpointService as readonly string[]).includes(wire);
    for (const [name, record, expected] of cases) {
      const verb = expected !== refused ? "takes" : strict ? "refuses" : "sets aside what it cannot read of";
      it(`${verb} a record whose ${wire} ${name}`, () => {
        const outcome = outcomeOf(record);
        if (expected === refused && !strict) {
          assert.deepEqual(outcome, { ...fullRecord, [output]: null, extra: { [wire]: record[wire] } });
        } else if (expected === refused) {
          assert.ok(typeof outcome === "string", "it was taken");
          assert.ok(outcome.startsWith(`${wire} (expected `), outcome);
          assert.doesNotMatch(outcome, /words|Invalid input/);
        } else {
          assert.deepEqual(outcome, { ...fullRecord, [output]: expected });
        }
      });
    }
  }

  for (const field of ["vpc_id", "status"]) {
    it(`refuses an empty ${field}, which would be a headline output without content`, () => {
      assert.equal(
        problemOf({ [field]: "" }),
        `${field} (Too small: expected string to have >=1 characters)`,
      );
    });
  }

  it("says everything that is wrong, three fields by name", () => {
    assert.equal(
      outcomeOf({}),
      "id (expected string, received undefined), vpc_id (expected string, received undefined), status (expected string, received undefined) and 1 more",
    );
  });

  it("says three things that are wrong, and of no more", () => {
    assert.equal(
      problemOf({ vpc_id: undefined, status: undefined, ports: undefined }),
      "vpc_id (expected string, received undefined), status (expected string, received undefined), ports (expected array, received undefined)",
    );
  });

  for (const status of ["creating", "available", "failed", "deleting", "upgrading"]) {
    it(`takes the status ${status}`, () => assert.equal(recordOf({ status }).status, status));
  }

  for (const [sent, expected] of [
    ["gataway", "gateway"],
    ["gateway", "gateway"],
    ["interface", "interface"],
    ["Gataway", "Gataway"],
    ["tunnel", "tunnel"],
  ]) {
    it(`reads the service type ${sent} as ${expected}`, () => {
      assert.equal(recordOf({ service_type: sent }).serviceType, expected);
    });
  }

  for (const [name, changes, expected] of [
    ["approval_enabled", { approval_enabled: "true" }, { approvalEnabled: true }],
    ["approval_enabled", { approval_enabled: "false" }, { approvalEnabled: false }],
    ["enable_policy", { enable_policy: "false" }, { enablePolicy: false }],
    ["approval_enabled", { approval_enabled: 1 }, { approvalEnabled: true }],
    ["approval_enabled", { approval_enabled: "0" }, { approvalEnabled: false }],
    ["enable_policy", { enable_policy: 0 }, { enablePolicy: false }],
    ["enable_policy", { enable_policy: "1" }, { enablePolicy: true }],
    ["supported_editions", { supported_editions: "basic" }, { supportedEditions: ["basic"] }],
    ["project_id", { project_id: "" }, { projectId: null }],
    ["connection_count", { connection_count: "12" }, { connectionCount: 12 }],
    ["connection_count", { connection_count: 0 }, { connectionCount: 0 }],
    ["marker_id", { marker_id: "16777510" }, { markerId: "16777510" }],
    ["marker_id", { marker_id: 16777510 }, { markerId: "16777510" }],
  ] as const) {
    it(`takes ${name} as ${JSON.stringify(Object.values(changes)[0])}`, () => {
      assert.deepEqual(recordOf(changes), { ...sampleRecord, ...expected });
    });
  }

  for (const [changes, problem] of [
    [{ approval_enabled: "yes" }, "approval_enabled (expected boolean, received string)"],
    [{ approval_enabled: 2 }, "approval_enabled (expected boolean, received number)"],
    [
      { approval_enabled: "yes", connection_count: -1, error: [{ more: 1 }] },
      "approval_enabled (expected boolean, received string)",
    ],
    [{ error: [1] }, "error[0] (expected object, received number)"],
    [{ error: [{ error_code: {} }] }, "error[0].error_code (expected string, received object)"],
  ] as const) {
    it(`refuses ${JSON.stringify(changes)}`, () => assert.equal(problemOf(changes), problem));
  }

  for (const changes of [
    { connection_count: -1 },
    { connection_count: 1.5 },
    { connection_count: "1.5" },
    { supported_editions: [1] },
  ]) {
    it(`sets aside ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(recordOf(changes), { ...sampleRecord, extra: changes });
    });
  }
});

describe("ports", () => {
  const portOf = (changes: Wire) => ({
    ports: [
      { client_port: 1, server_port: 2, protocol: "TCP" },
      { ...{ client_port: 3, server_port: 4 }, ...changes },
    ],
  });

  for (const field of ["client_port", "server_port"] as const) {
    const output = field === "client_port" ? "clientPort" : "serverPort";
    for (const [sent, expected] of [
      [1, 1],
      [65535, 65535],
      ["8080", 8080],
      ["65535", 65535],
      [8080.0, 8080],
    ] as const) {
      it(`takes ${JSON.stringify(sent)} as ${field}`, () => {
        assert.equal(recordOf(portOf({ [field]: sent })).ports[1]?.[output], expected);
      });
    }
    for (const [sent, problem] of [
      [0, "Too small: expected number to be >=1"],
      ["0", "Too small: expected number to be >=1"],
      [-80, "Too small: expected number to be >=1"],
      [65536, "Too big: expected number to be <=65535"],
      ["65536", "Too big: expected number to be <=65535"],
      [1.5, "expected int, received number"],
      ["1.5", "expected number, received string"],
      ["0x50", "expected number, received string"],
      [" 80", "expected number, received string"],
      ["", "expected number, received string"],
      ["422321321312321321", "expected number, received string"],
      [null, "expected number, received null"],
      [undefined, "expected number, received undefined"],
      [true, "expected number, received boolean"],
      [[80], "expected number, received array"],
      [{}, "expected number, received object"],
    ] as const) {
      it(`refuses ${JSON.stringify(sent) ?? "nothing"} as ${field}`, () => {
        assert.equal(problemOf(portOf({ [field]: sent })), `ports[1].${field} (${problem})`);
      });
    }
  }

  for (const [sent, expected] of [
    [undefined, "TCP"],
    [null, "TCP"],
    ["UDP", "UDP"],
    ["SCTP", "SCTP"],
  ] as const) {
    it(`reads the protocol ${JSON.stringify(sent) ?? "that is left out"} as ${expected}`, () => {
      assert.equal(recordOf(portOf({ protocol: sent })).ports[1]?.protocol, expected);
    });
  }

  it("refuses a protocol that is no text, and a port that is none", () => {
    assert.equal(problemOf(portOf({ protocol: 6 })), "ports[1].protocol (expected string, received number)");
    assert.equal(problemOf({ ports: [null] }), "ports[0] (expected object, received null)");
    assert.equal(problemOf({ ports: [8080] }), "ports[0] (expected object, received number)");
  });

  it("keeps the order, and mappings that are sent twice", () => {
    const ports = [9, 1, 5, 1, 9].map((client_port) => ({ client_port, server_port: 80, protocol: "TCP" }));
    assert.deepEqual(
      recordOf({ ports }).ports.map(({ clientPort }) => clientPort),
      [9, 1, 5, 1, 9],
    );
  });
});

describe("times", () => {
  const times = [
    ["2018-01-30T07:42:01Z", "2018-01-30T07:42:01Z"],
    ["2018-01-30T07:42:01", "2018-01-30T07:42:01Z"],
    ["2018-01-30T07:42:01.174", "2018-01-30T07:42:01.174Z"],
    ["2018-01-30T07:42:01.174Z", "2018-01-30T07:42:01.174Z"],
    ["2018-01-30T07:42:01.100000000", "2018-01-30T07:42:01.100000000Z"],
    ["2018-01-30T07:42:01.123456789Z", "2018-01-30T07:42:01.123456789Z"],
    ["2018-01-30 07:42:01", "2018-01-30T07:42:01Z"],
    ["2018-01-30T15:42:01+08:00", "2018-01-30T07:42:01Z"],
    ["2018-01-30T15:42:01.999999+0800", "2018-01-30T07:42:01.999999Z"],
    ["2018-01-29T23:42:01-08:00", "2018-01-30T07:42:01Z"],
    ["2018-01-01T00:30:00+05:45", "2017-12-31T18:45:00Z"],
    ["2026-07-02 14:47:29.770299 +0000 UTC", "2026-07-02T14:47:29.770299Z"],
    ["2026-07-02 16:47:29 +0200 CEST", "2026-07-02T14:47:29Z"],
    ["2026-07-02 11:17:29.5 -0330 -0330", "2026-07-02T14:47:29.5Z"],
    ["2026-07-02 21:47:29 +0700 +07", "2026-07-02T14:47:29Z"],
    ["2016-02-29T00:00:00Z", "2016-02-29T00:00:00Z"],
    ["2016-02-29T00:00:00+08:00", "2016-02-28T16:00:00Z"],
    ["", null],
  ] as const;
  for (const [sent, expected] of times) {
    it(`reads ${JSON.stringify(sent)} as ${expected}`, () => {
      const { createdAt, updatedAt } = recordOf({ created_at: sent, updated_at: sent, update_at: null });
      assert.deepEqual([createdAt, updatedAt], [expected, expected]);
    });
  }

  for (const sent of [
    "yesterday",
    "2018-01-30",
    "2018-13-30T07:42:01Z",
    "2018-01-32T07:42:01Z",
    "2018-02-29T07:42:01Z",
    "2018-02-30T07:42:01+08:00",
    "2018-04-31T07:42:01+08:00",
    "2018-01-30T25:42:01Z",
    "2018-01-30T07:42Z",
    "2018-01-30T07:42:01.Z",
    "2018-01-30T07:42:01ZZ",
    "2018-01-30T07:42:01Z\n",
    " 2018-01-30T07:42:01Z",
    "1517298121",
    "2026-07-02 14:47:29 +0000 ",
    "2026-07-02 14:47:29 +0000 utc",
    "2026-07-02 14:47:29 UTC",
    "2026-07-32 14:47:29 +0000 UTC",
    "2026-07-02 14:47:29 +0000 UTC m=+0.1",
    1517298121,
  ]) {
    for (const field of ["created_at", "updated_at", "create_at", "update_at"]) {
      it(`sets aside ${JSON.stringify(sent)} as ${field}`, () => {
        const { created_at: _, update_at: __, ...rest } = sample;
        const read = readFields("endpointService", { ...rest, [field]: sent });
        assert.ok("record" in read);
        assert.deepEqual(read, {
          record: { ...sampleRecord, createdAt: null, updatedAt: null, extra: { [field]: sent } },
          unreadable: [{ field, found: `a ${typeof sent}` }],
        });
      });
    }
  }

  it("sets aside every time that cannot be read, by whatever name", () => {
    const changes = { created_at: 5, create_at: [1], updated_at: "", update_at: {} };
    const { updated_at: _, ...extra } = changes;
    assert.deepEqual(recordOf(changes), { ...sampleRecord, createdAt: null, updatedAt: null, extra });
  });

  it("does not depend on the time zone of the machine", () => {
    const before = process.env["TZ"];
    try {
      for (const [zone, offset] of [
        ["Asia/Shanghai", -480],
        ["America/St_Johns", 210],
      ] as const) {
        process.env["TZ"] = zone;
        assert.equal(new Date("2018-01-30T00:00:00Z").getTimezoneOffset(), offset, "the zone did not change");
        for (const [sent, expected] of times) {
          assert.equal(recordOf({ created_at: sent }).createdAt, expected);
        }
      }
    } finally {
      if (before === undefined) {
        delete process.env["TZ"];
      } else {
        process.env["TZ"] = before;
      }
    }
  });

  const [older, newer] = ["2018-01-30T07:42:01Z", "2019-01-30T07:42:01Z"];
  for (const [name, changes, updatedAt, extra] of [
    ["updated_at alone", { updated_at: newer, update_at: undefined }, newer, {}],
    ["update_at alone", { update_at: older }, older, {}],
    ["update_at beside an updated_at of null", { updated_at: null, update_at: older }, older, {}],
    ["update_at beside an empty updated_at", { updated_at: "", update_at: older }, older, {}],
    ["neither", { update_at: undefined }, null, {}],
    [
      "updated_at of the two, and loses neither",
      { updated_at: newer, update_at: older },
      newer,
      { update_at: older },
    ],
    [
      "updated_at of the two, and does not read the other",
      { updated_at: newer, update_at: [1] },
      newer,
      { update_at: [1] },
    ],
    [
      "update_at where updated_at cannot be read",
      { updated_at: 5, update_at: older },
      older,
      { updated_at: 5 },
    ],
  ] as const) {
    it(`takes ${name}`, () => {
      const record = recordOf(changes);
      assert.deepEqual([record.updatedAt, record.extra], [updatedAt, extra]);
    });
  }
});

describe("error", () => {
  const expected = [{ errorCode: "EndPoint.2047", errorMessage: "Failed." }];
  for (const [name, sent, outcome] of [
    ["the spelling of the seed", [{ error_code: "EndPoint.2047", error_message: "Failed." }], expected],
    ["the other spelling", [{ code: "EndPoint.2047", message: "Failed." }], expected],
    ["an object in place of a list", { code: "EndPoint.2047", message: "Failed." }, expected],
    [
      "a code that is a number",
      [{ code: 2047, message: "Failed." }],
      [{ errorCode: "2047", errorMessage: "Failed." }],
    ],
    [
      "several, in order, with fields that are null",
      [{ error_code: null, error_message: "a" }, { error_code: "b" }],
      [
        { errorCode: null, errorMessage: "a" },
        { errorCode: "b", errorMessage: null },
      ],
    ],
    ["none", [], []],
  ] as const) {
    it(`reads ${name}`, () => {
      assert.deepEqual(recordOf({ status: "failed", error: sent }).error, outcome);
    });
  }
});

describe("tags", () => {
  for (const [sent, expected] of [
    [[{ key: "team", value: "orders" }], { team: "orders" }],
    [[{ key: "team" }, { key: "stage", value: null }], { team: "", stage: "" }],
    [
      [
        { key: "b", value: "1" },
        { key: "a", value: "2" },
      ],
      { b: "1", a: "2" },
    ],
    [[], {}],
    [
      { team: "orders", stage: null },
      { team: "orders", stage: "" },
    ],
    [{}, {}],
    [
      [
        { key: "a", values: ["1"] },
        { key: "b", values: "2" },
        { key: "c", values: [] },
        { key: "d", value: "3", values: ["3"] },
      ],
      { a: "1", b: "2", c: "", d: "3" },
    ],
  ] as const) {
    it(`reads ${JSON.stringify(sent)} as ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(recordOf({ tags: sent }), { ...sampleRecord, tags: expected });
    });
  }

  for (const sent of [
    [{ value: "v" }],
    ["team"],
    [{ key: "team", value: 1 }],
    [{ key: "team", values: ["a", "b"] }],
    [{ key: "team", value: "", values: ["b"] }],
    [
      { key: "team", value: "orders" },
      { key: "team", value: "orders" },
    ],
    { team: 1 },
    // Either two tags, or the only one of a list.
    { key: "team", value: "orders" },
    "team",
  ]) {
    it(`sets aside ${JSON.stringify(sent)}`, () => {
      assert.deepEqual(recordOf({ tags: sent }), { ...sampleRecord, tags: null, extra: { tags: sent } });
    });
  }
});

describe("a member of a list with fields not known here", () => {
  for (const [changes, outputs] of [
    [
      {
        ports: [
          { client_port: 1, server_port: 2, client_port_end: 9, server_port_end: 10 },
          { client_port: 3, server_port: 4, protocol: "UDP" },
          { client_port: 5, server_port: 6, protocol: "UDP", note: null },
        ],
      },
      {
        ports: [
          { clientPort: 1, serverPort: 2, protocol: "TCP" },
          { clientPort: 3, serverPort: 4, protocol: "UDP" },
          { clientPort: 5, serverPort: 6, protocol: "UDP" },
        ],
      },
    ],
    [{ error: [{ code: "X", more: 1 }, {}] }, { error: [{ errorCode: "X", errorMessage: null }, nothing()] }],
    [{ error: { message: "m", more: 1 } }, { error: [{ errorCode: null, errorMessage: "m" }] }],
    // Of two spellings that differ one is an output; where they say the same, nothing is lost.
    [
      { error: [{ error_code: "X", code: "Y", message: "m", more: 1 }] },
      { error: [{ errorCode: "X", errorMessage: "m" }] },
    ],
    [{ tags: [{ key: "a", value: "1", since: 2 }] }, { tags: { a: "1" } }],
  ] as const) {
    it(`is read, and kept as it was sent: ${JSON.stringify(changes)}`, () => {
      const before = structuredClone(changes);
      const read = readFields("endpointService", { ...sample, ...changes });
      assert.deepEqual(read, { record: { ...sampleRecord, ...outputs, extra: before }, unreadable: [] });
    });
  }

  it("is not kept where it says the same twice", () => {
    const error = [{ error_code: "X", code: "X", error_message: "m", message: "m" }];
    assert.deepEqual(recordOf({ error }), {
      ...sampleRecord,
      error: [{ errorCode: "X", errorMessage: "m" }],
    });
  });

  it("does not hide what is wrong with a strict field, nor is named beside it", () => {
    const ports = [{ client_port: 0, server_port: 1, secret_of_the_cloud: 1 }];
    assert.equal(problemOf({ ports }), "ports[0].client_port (Too small: expected number to be >=1)");
  });

  it("does not hide a key that is there twice", () => {
    const tags = [{ key: "a", more: 1 }, { key: "a" }];
    assert.deepEqual(readFields("endpointService", { ...sample, tags }), {
      record: { ...sampleRecord, tags: null, extra: { tags } },
      unreadable: [{ field: "tags", found: "an array" }],
    });
  });

  it("does not save a field that cannot be read", () => {
    const tags = [
      { key: "a", more: 1 },
      { key: 5, more: 1 },
    ];
    assert.deepEqual(readFields("endpointService", { ...sample, tags }), {
      record: { ...sampleRecord, tags: null, extra: { tags } },
      unreadable: [{ field: "tags", found: "an array" }],
    });
  });

  function nothing() {
    return { errorCode: null, errorMessage: null };
  }
});

describe("extra", () => {
  it("holds every field not known here, under its own name and without the loss of a digit", () => {
    const wire = parseJson(
      text.replace(
        "{",
        '{"net_type":"vxlan","new":{"list":[1,422321321312321322,"x",null,true],"deep":{"id":9007199254740993}},"nothing":null,"serviceId":"x",',
      ),
    );
    assert.deepEqual(outcomeOf(wire), {
      ...sampleRecord,
      extra: {
        net_type: "vxlan",
        new: { list: [1, "422321321312321322", "x", null, true], deep: { id: "9007199254740993" } },
        nothing: null,
        serviceId: "x",
      },
    });
  });

  it("holds a thousand of them", () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, count) => [`field_${count}`, count]));
    assert.deepEqual(recordOf(many).extra, many);
  });

  it("cannot reach the prototype of objects", () => {
    const record = outcomeOf(parseJson(text.replace("{", '{"__proto__":{"x":1},"constructor":{"x":2},')));
    assert.ok(typeof record !== "string");
    assert.equal((record.extra as { x?: unknown }).x, undefined);
    assert.equal(({} as { x?: unknown }).x, undefined);
    assert.deepEqual(Object.getOwnPropertyDescriptor(record.extra, "constructor")?.value, { x: 2 });
  });
});

describe("outputs", () => {
  it("are plain JSON: Pulumi's protocol carries every record without a change", () => {
    const unknownFields = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,6}_x$/),
      fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes("__proto__")),
      { noNullPrototype: true },
    );
    const known = fc.subarray(Object.keys(full).filter((name) => kinds[kindOf(name)].absent !== refused));
    fc.assert(
      fc.property(unknownFields, known, (unknown, left) => {
        const wire = { ...full, ...unknown } as Wire;
        for (const name of left) {
          delete wire[name];
        }
        const record = outcomeOf(parseJson(JSON.stringify(wire)));
        assert.ok(typeof record !== "string", String(record));
        const carried = Struct.deserializeBinary(
          Struct.fromJavaScript(record as never).serializeBinary(),
        ).toJavaScript();
        assert.deepEqual(carried, record);
      }),
    );
  });

  it("are the same, and so is what is wrong, once the schema is compiled", () => {
    const compiled = z.compile(endpointServiceSchema, { strict: true });
    const changes = fc.dictionary(fc.constantFrom(...Object.keys(full)), fc.jsonValue({ maxDepth: 2 }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(changes, (changed) => {
        const wire = { ...full, ...changed };
        assert.deepEqual(compiled.safeParse(wire), endpointServiceSchema.safeParse(wire));
      }),
      { numRuns: 1_000 },
    );
  });

  function kindOf(wire: string): keyof typeof kinds {
    return fields.find(([name]) => name === wire)?.[2] ?? "text";
  }
});
