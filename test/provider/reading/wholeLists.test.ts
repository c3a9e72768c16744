// Proves over real sockets that every kind of list has all its records or is an error, that one which shows others than it
// announces says so in one line.
import assert from "node:assert/strict";
import type { VpcepError } from "../../../provider";
import { VpcepClient } from "../../../provider/client/client";
import { resolveConfiguration } from "../../../provider/client/configuration";
import type { lookups } from "../../../provider/lookups";
import { openSession } from "../../../provider/requests/session";
import { configurationFamily } from "../../../provider/settings/families";
import { type Emulator, emulatorDefaults, type Reply, startEmulator } from "../../../sdk/testing";

const { projectId, token } = emulatorDefaults;
const place = `region eu-de, project ${projectId}`;
const times = "Narrow the filter, or ask the cloud's support why its pages do not fit their count";

/** A record of an endpoint service, as small as one may be. */
const service = (id: string, more: object = {}) => ({
  id,
  vpc_id: "v",
  status: "available",
  ports: [],
  ...more,
});
const connection = (id: string, more: object = {}) => ({ id, status: "accepted", ...more });

/** An answer that has every list's name, so that it is a page of any. */
const listed = (records: readonly unknown[], total_count?: unknown) => ({
  endpoint_services: records,
  endpoints: records,
  connections: records,
  permissions: records,
  resources: records,
  tags: records,
  versions: records,
  quotas: { resources: records },
  total_count,
});

let emulator: Emulator;
let lines: string[];

beforeEach(async () => {
  lines = [];
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

/** A lookup by a client of its own, which keeps its lines. */
async function lookUp(name: keyof typeof lookups, args: object, timeoutMs = 60_000) {
  const given: Record<string, unknown> = {
    region: "eu-de",
    endpoint: emulator.url,
    projectId,
    token,
    timeoutMs,
  };
  const settings = resolveConfiguration({}, [
    [configurationFamily("", (key) => given[key]?.toString(), "client")],
  ]);
  const client = new VpcepClient(settings, openSession(undefined), (line) => lines.push(line));
  try {
    return (await client.lookUp(name, args as never)) as unknown as Record<string, unknown>;
  } finally {
    await client.close();
  }
}

/** Answers each request with a body, by its offset and number. */
function answer(bodyOf: (offset: number, asked: number) => unknown, how: Reply = {}): void {
  let asked = 0;
  emulator.reply(({ query, body }) => {
    const offset = new URLSearchParams(query).get("offset") ?? /"offset":"(\d+)"/.exec(body)?.[1] ?? 0;
    return { status: 200, ...how, body: bodyOf(Number(offset), asked++) };
  });
}

/** The values of one output of the records. */
function valuesOf(outputs: Record<string, unknown>, name: string): unknown[] {
  const records = Object.values(outputs).find(Array.isArray) as Record<string, unknown>[];
  assert.equal(outputs["totalCount"], records.length);
  return records.map((record) => record[name]);
}

const kinds = [
  ["endpointServices", {}, "serviceId", "VPC endpoint services", service],
  ["publicEndpointServices", {}, "serviceId", "public VPC endpoint services", service],
  ["endpoints", {}, "endpointId", "VPC endpoints", service],
  [
    "endpointServicesByTags",
    {},
    "serviceId",
    "VPC endpoint services by tags",
    (id: string) => ({ resource_id: id }),
  ],
  [
    "endpointServiceConnections",
    { serviceId: "s" },
    "markerId",
    "the connections of VPC endpoint service s",
    (id: string) => connection("one", { marker_id: id }),
  ],
  [
    "endpointServiceConnections",
    { serviceId: "s", status: "accepted" },
    "endpointId",
    "the connections of VPC endpoint service s",
    (id: string) => connection(id),
  ],
  [
    "endpointServicePermissions",
    { serviceId: "s" },
    "permission",
    "the permissions of VPC endpoint service s",
    (permission: string) => ({ permission }),
  ],
  [
    "endpointServicePermissions",
    { serviceId: "s", permission: "*" },
    "permissionId",
    "the permissions of VPC endpoint service s",
    (id: string) => ({ id, permission: "*" }),
  ],
] as const;

describe("a list of every kind", () => {
  for (const [name, args, output, subject, record] of kinds) {
    const kind = `${name}, by ${output},`;
    it(`${kind} fails where a record stands twice in the place of another, though it has changed meanwhile`, async () => {
      answer((offset) =>
        listed(
          (offset === 0 ? ["A", "B", "C"] : ["C", "A"]).map((id) => ({ ...record(id), changed: offset })),
          4,
        ),
      );
      await assert.rejects(lookUp(name, args), {
        code: "VPCEP_RESPONSE",
        message: `Cannot read ${subject} (${place}): the list announces 4 records, but has 3, the same each of the 4 times it was read. ${times} [VPCEP_RESPONSE]`,
      });
      assert.deepEqual(lines, []);
    });

    it(`${kind} gives what it shows of more that it announces, and says so in one line`, async () => {
      answer((offset) => listed(offset === 0 ? [record("A")] : [], 100));
      assert.deepEqual(valuesOf(await lookUp(name, args), output), ["A"]);
      assert.deepEqual(lines, [
        `${subject}: ${new URL(emulator.url).host} announces 100 records and shows 1, the same when read again, with none after them; the rest is not this credential's to see`,
      ]);
    });

    it(`${kind} drops none of the records that it shows beside those it announces`, async () => {
      answer((offset) =>
        listed(
          ["A", "B", "C"].slice(offset).map((id) => record(id)),
          2,
        ),
      );
      assert.deepEqual(valuesOf(await lookUp(name, args), output), ["A", "B", "C"]);
      assert.deepEqual(lines, [
        `${subject}: ${new URL(emulator.url).host} announces 2 records and shows 3, the same when read again, with none after them; all of them are used`,
      ]);
    });
  }

  for (const [name, args, subject, where, record] of [
    ["quotas", {}, "the quotas of VPC endpoints", place, { type: "endpoint", used: 1, quota: 2 }],
    ["tags", { resourceType: "endpoint" }, "the tags of VPC endpoints", place, { key: "a", values: [] }],
    ["versions", {}, "the versions of the VPCEP API", place, { id: "v1" }],
  ] as const) {
    it(`${name} is read once where it announces nothing, and fails where it announces more than it has`, async () => {
      for (const total of [undefined, null, 1, "1", -1, "all"]) {
        emulator.reset();
        answer(() => listed([record], total));
        assert.equal((await lookUp(name, args))["totalCount"], 1);
        assert.equal(emulator.requests.length, 1);
      }
      emulator.reset();
      answer(() => listed([record], 3));
      await assert.rejects(lookUp(name, args), {
        message: `Cannot read ${subject} (${where}): the list announces 3 records, but has 1, the same each of the 4 times it was read. ${times} [VPCEP_RESPONSE]`,
      });
      assert.deepEqual(lines, []);
    });
  }

  it("fails in the search for a name as well", async () => {
    answer((offset) =>
      listed(
        (offset === 0 ? ["A", "B", "C"] : ["C", "A"]).map((id) => service(id)),
        4,
      ),
    );
    await assert.rejects(lookUp("endpointServiceByName", { serviceName: "orders" }), {
      message: `Cannot read VPC endpoint service named orders (${place}): the list announces 4 records, but has 3, the same each of the 4 times it was read. ${times} [VPCEP_RESPONSE]`,
    });
  });

  it("is read in the same way where its count is the text of a number, and not where it is none", async () => {
    answer(() => listed([service("A")], "1"));
    assert.deepEqual(valuesOf(await lookUp("endpointServices", {}), "serviceId"), ["A"]);
    for (const [total, what] of [
      [undefined, "expected number, received undefined"],
      [null, "expected number, received null"],
      ["-1", "expected number, received string"],
      ["9".repeat(40), "expected number, received string"],
      [-1, "Too small: expected number to be >=0"],
      [1.5, "expected int, received number"],
      [{}, "expected number, received object"],
    ] as const) {
      emulator.reset();
      answer(() => listed([service("A")], total));
      await assert.rejects(lookUp("endpointServices", {}), (error: VpcepError) => {
        assert.ok(error.message.includes(` is not whole: total_count (${what}) (request id `), error.message);
        return error.code === "VPCEP_RESPONSE";
      });
    }
  });
});

describe("the records of a list", () => {
  const accepted = (id: string, marker_id?: unknown) => connection(id, { marker_id });
  const cases: [what: string, records: readonly object[], markers: readonly unknown[]][] = [
    [
      "are connections told apart by their markers, not by their endpoint",
      [accepted("a", 1), accepted("a", 2), accepted("a", "422321312321321321")],
      ["1", "2", "422321312321321321"],
    ],
    ["are connections without a marker, of two endpoints", [accepted("a"), accepted("b", 0)], [null, "0"]],
    [
      "have a marker of another type than any that is known",
      [accepted("a", 1.5), accepted("b", 1.25)],
      ["1.5", "1.25"],
    ],
  ];
  for (const [what, records, markers] of cases) {
    it(what, async () => {
      for (const most of [3, 2, 1]) {
        emulator.reset();
        answer((offset) => listed(records.slice(offset, offset + most), records.length));
        const outputs = await lookUp("endpointServiceConnections", { serviceId: "s" });
        assert.deepEqual(valuesOf(outputs, "markerId"), markers);
      }
      assert.deepEqual(lines, []);
    });
  }

  it("are all there where one page has several of one identity, and are an error where several pages have", async () => {
    const records = ["accepted", "failed", "rejected"].map((status) =>
      connection("a", { marker_id: 1, status }),
    );
    answer((offset) => listed(records.slice(offset), 3));
    const read = () => lookUp("endpointServiceConnections", { serviceId: "s" });
    assert.deepEqual(valuesOf(await read(), "status"), ["accepted", "failed", "rejected"]);
    emulator.reset();
    answer((offset) => listed(records.slice(offset, offset + 1), 3));
    await assert.rejects(read(), {
      message: `Cannot read the connections of VPC endpoint service s (${place}): the list announces 3 records, but has 1, the same each of the 4 times it was read. ${times} [VPCEP_RESPONSE]`,
    });
  });

  it("are an error where one of two of one identity stands in the place of another", async () => {
    const failed = connection("a", { marker_id: 1, status: "failed" });
    const last = accepted("b", 2);
    for (const twin of [accepted("a", 1), failed]) {
      emulator.reset();
      answer((offset) => listed(offset === 0 ? [accepted("a", 1), failed, last] : [last, twin], 4));
      await assert.rejects(lookUp("endpointServiceConnections", { serviceId: "s" }), (error: VpcepError) => {
        assert.ok(error.message.includes("the list announces 4 records, but has 3, "), error.message);
        return error.code === "VPCEP_RESPONSE";
      });
    }
  });

  it("are each what a record is, or an error that says what is there instead", async () => {
    for (const [record, what] of [
      [null, "expected object, received null"],
      [7, "expected object, received number"],
      [[], "expected object, received array"],
      [service(7 as unknown as string), "id (expected string, received number)"],
      [service({} as unknown as string), "id (expected string, received object)"],
    ] as const) {
      emulator.reset();
      answer(() => listed([service("A"), record], 2));
      await assert.rejects(lookUp("endpointServices", {}), (error: VpcepError) => {
        assert.ok(error.message.includes(what), error.message);
        return error.code === "VPCEP_RESPONSE";
      });
    }
  });
});
