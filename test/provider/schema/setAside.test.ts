// Proves for every field of every record that whatever JSON stands in a secondary one costs that output alone, and is
// kept; and that a strict one is read, or refused by its name.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { SchemaName } from "../../../provider/lookups/definition";
import { readFields, strictFields } from "../../../provider/schema";
import { describeIssues } from "../../../provider/schema/fields";
import { markedFields } from "../../../provider/schema/marks";
import { samples } from "./samples";

/** Any JSON, and what looks like a list of the API's. */
const members = fc.record(
  Object.fromEntries(
    [
      "key",
      "value",
      "values",
      "code",
      "error_code",
      "href",
      "rel",
      "Effect",
      "Action",
      "Resource",
      "client_port",
      "server_port",
      "more",
    ].map((name) => [name, fc.constantFrom("a", "b", "1", 1, null, ["a"], ["a", "b"])] as const),
  ),
  { requiredKeys: [] },
);
const json = fc
  .oneof(
    // What Pulumi would not take as it is has a test of its own.
    fc.jsonValue({ maxDepth: 3 }).filter((value) => markedFields([value]).length === 0),
    members,
    fc.array(members, { maxLength: 3 }),
    fc.constantFrom("", "0", 0, 1, 2, true, "true", "2026-07-02 14:47:29 +0000 UTC", "2026-02-30T00:00:00Z"),
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

for (const [name, { wire, outputs }] of Object.entries(samples)) {
  const kind = name as SchemaName;
  const strict: readonly string[] = strictFields[kind];

  describe(`a record of ${name} with any JSON in one field`, () => {
    for (const field of Object.keys(wire).filter((field) => !strict.includes(field))) {
      it(`is read whole but for ${field}, and keeps that`, () => {
        const nothing = readFields(kind, { ...wire, [field]: null });
        assert.ok("record" in nothing);
        const changing = Object.keys(outputs).find(
          (output) => JSON.stringify(Reflect.get(nothing.record, output)) !== JSON.stringify(outputs[output]),
        );
        fc.assert(
          fc.property(json, (value) => {
            const read = readFields(kind, { ...wire, [field]: value });
            assert.ok("record" in read, JSON.stringify(value));
            const { extra, ...record } = read.record as unknown as Record<string, unknown>;
            const output = record[changing ?? ""];
            assert.deepEqual({ ...record, [changing ?? ""]: 0 }, { ...outputs, [changing ?? ""]: 0 });
            assert.ok([0, 1].includes(Object.keys(extra as object).length));
            if (Object.keys(extra as object).length === 1) {
              assert.deepEqual(extra, { [field]: value });
            } else {
              assert.ok(output !== null || value === null || value === "", JSON.stringify(value));
            }
            if (read.unreadable.length > 0) {
              assert.equal(output, null);
              assert.deepEqual(extra, { [field]: value });
              assert.deepEqual(
                read.unreadable.map(({ field }) => field),
                [field],
              );
            }
          }),
        );
      });
    }

    for (const field of strict) {
      it(`is read whole, or refused for ${field}`, () => {
        fc.assert(
          fc.property(json, (value) => {
            const read = readFields(kind, { ...wire, [field]: value });
            if ("record" in read) {
              assert.deepEqual(read.unreadable, []);
            } else {
              assert.match(describeIssues(read), new RegExp(`^${field}[ .[]`));
            }
          }),
        );
      });
    }

    for (const [time, old] of [
      ["created_at", "create_at"],
      ["updated_at", "update_at"],
    ] as const) {
      if (time in wire) {
        it(`has the time ${time} by its old name ${old} too`, () => {
          const { [time]: value, ...rest } = wire;
          const { record: before } = readFields(kind, wire) as { record: unknown };
          assert.deepEqual(readFields(kind, { ...rest, [old]: value }), { record: before, unreadable: [] });
        });
      }
    }
  });
}
