// Proves what the records beside an endpoint service's own become: every field of the wire as its output, the API's
// habits undone, everything unknown kept, and a field of another type refused by its name where it is strict, else set aside.
import assert from "node:assert/strict";
import { lookups } from "../../../provider/lookups";
import type { LookupDefinition, SchemaName } from "../../../provider/lookups/definition";
import { readFields, strictFields } from "../../../provider/schema";
import { describeIssues } from "../../../provider/schema/fields";
import { samples } from "./samples";

type Read = Extract<ReturnType<typeof readFields>, { record: unknown }>;

/** The schemas as nobody has used them yet: other tests of the same process have. */
function unusedSchemas(): typeof import("../../../provider/schema") {
  const path = require.resolve("../../../provider/schema");
  const used = require.cache[path];
  delete require.cache[path];
  const unused = require("../../../provider/schema");
  require.cache[path] = used;
  return unused;
}

const { schemaOf } = unusedSchemas();

for (const [name, { wire, outputs, required }] of Object.entries(samples)) {
  const schema = schemaOf(name as SchemaName);
  const isStrict = (field: string) => (strictFields[name as SchemaName] as readonly string[]).includes(field);
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
      assert.deepEqual(readFields(name as SchemaName, { ...wire, ...extra }), {
        record: { ...outputs, extra },
        unreadable: [],
      });
    });

    it("has the outputs that its lookup declares", () => {
      const definition: LookupDefinition | undefined = Object.values(lookups).find(
        (candidate: LookupDefinition) => candidate.record === name && !candidate.list,
      );
      for (const output of Object.keys(outputs)) {
        assert.ok(!definition || definition.outputs.includes(output), output);
      }
    });

    for (const nothing of [null, 5, "text", [wire]]) {
      it(`is not ${JSON.stringify(nothing).slice(0, 9)}`, () => {
        const read = readFields(name as SchemaName, nothing);
        assert.match(
          "record" in read ? "it was read" : describeIssues(read),
          /^ \(expected object, received \w+\)$/,
        );
      });
    }

    it("is strict about every field that it must have", () => {
      assert.deepEqual(
        required.filter((field) => !isStrict(field)),
        [],
      );
    });

    for (const field of Object.keys(wire)) {
      const optional = !required.includes(field);
      it(`${optional ? "may be" : "is not there"} without ${field}`, () => {
        assert.equal(problemOf({ [field]: undefined }) === undefined, optional);
        assert.equal(problemOf({ [field]: null }) === undefined, optional);
      });

      // Any JSON is a policy's document.
      if (field !== "policy_document") {
        it(`is ${isStrict(field) ? "refused by name" : "read without it, and keeps it,"} with another type of ${field}`, () => {
          const changed = { ...wire, [field]: [[1]] };
          const read = readFields(name as SchemaName, changed);
          if (isStrict(field)) {
            assert.match(
              "record" in read ? "it was read" : describeIssues(read),
              new RegExp(`^${field}[ .[]`),
            );
          } else {
            const { record: without } = readFields(name as SchemaName, { ...wire, [field]: null }) as Read;
            assert.deepEqual(read, {
              record: { ...without, extra: { [field]: [[1]] } },
              unreadable: [{ field, found: "an array" }],
            });
          }
        });
      }
    }
  });
}
