// Proves that a record becomes exactly its outputs, field by field and whatever the API puts in one; or is refused by
// the name of the field, never by its value.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CustomResource, Output } from "@pulumi/pulumi";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as z from "zod";
import { parseJson } from "../../../provider/http/json";
import type { EndpointServiceOutputs } from "../../../provider/index";
import { type EndpointServiceRecord, endpointServiceSchema } from "../../../provider/schema/endpointService";
import { describeIssues } from "../../../provider/schema/fields";
import type { EndpointService } from "../../../sdk/index";
import { sampleRecord } from "../../fixtures/sampleRecord";

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

const text = readFileSync(join(__dirname, "../../fixtures/endpointService.txt"), "utf8");
const sample = parseJson(text) as Wire;

/** The sample with every field that was ever seen. */
const full: Wire = {
  ...sample,
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
delete full["update_at"];

const fullRecord: EndpointServiceRecord = {
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

/** The record of a wire record, or what is wrong with it as an error says it. */
function outcomeOf(wire: unknown): EndpointServiceRecord | string {
  const parsed = endpointServiceSchema.safeParse(wire);
  return parsed.success ? parsed.data : describeIssues(parsed.error.issues);
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
  texts: { absent: null, of: { ...none, array: [] } },
  tags: { absent: null, of: { ...none, array: {} } },
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
    for (const [name, record, expected] of cases) {
      it(`${expected === refused ? "refuses a record whose" : "takes a record whose"} ${wire} ${name}`, () => {
        const outcome = outcomeOf(record);
        if (expected === refused) {
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
    [{ connection_count: -1 }, "connection_count (Too small: expected number to be >=0)"],
    [{ connection_count: 1.5 }, "connection_count (expected int, received number)"],
    [{ connection_count: "1.5" }, "connection_count (expected number, received string)"],
    [{ approval_enabled: "yes" }, "approval_enabled (expected boolean, received string)"],
    [{ supported_editions: [1] }, "supported_editions[0] (expected string, received number)"],
    [{ tags: [{ value: "v" }] }, "tags[0].key (expected string, received undefined)"],
    [{ tags: ["team"] }, "tags[0] (expected object, received string)"],
    [{ error: [1] }, "error[0] (expected object, received number)"],
    [{ error: [{ error_code: {} }] }, "error[0].error_code (expected string, received object)"],
  ] as const) {
    it(`refuses ${JSON.stringify(changes)}`, () => assert.equal(problemOf(changes), problem));
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
  ]) {
    for (const field of ["created_at", "updated_at", "update_at"]) {
      it(`refuses ${JSON.stringify(sent)} as ${field}`, () => {
        assert.equal(problemOf({ [field]: sent }), `${field} (expected a time such as 2018-01-30T07:42:01Z)`);
      });
    }
  }

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
      "several, in order, with fields that are null or unknown",
      [
        { error_code: null, error_message: "a" },
        { error_code: "b", more: 1 },
      ],
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
        { key: "a", value: "2", more: 3 },
      ],
      { b: "1", a: "2" },
    ],
    [[], {}],
  ] as const) {
    it(`reads ${JSON.stringify(sent)} as ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(recordOf({ tags: sent }).tags, expected);
    });
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
