// Proves over real sockets that nothing in an answer reaches Pulumi's engine as one of its own marks, nor as half a
// character: it costs its field, which says so, or the record where the field is strict.
import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { createVpcepClient, type VpcepClient } from "../../../provider";
import { type Emulator, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { errorOf, serviceId as id, settingsFor } from "../lookups";

const asset =
  '{"4dabf18193072939515e22adb298388d":"c44067f5952c0a294b673a41bacd8c17","path":"/etc/hostname"}';

/** Fields in JSON, as they are sent, by what they hold. */
const marked: readonly (readonly [what: string, field: string, json: string, found: string])[] = [
  ["an asset", "tags", asset, "an object"],
  ["an asset whose key is escaped", "tags", asset.replace("4dab", "\\u0034dab"), "an object"],
  ["an asset spelt as a list", "tags", tagList(asset), "an array"],
  ["a key __proto__", "tags", '{"__proto__":"a"}', "an object"],
  ["half a character in a key", "tags", '{"\\ud800x":"a"}', "an object"],
  ["half a character in a text", "description", '"a\\uDc00"', "a string"],
  ["an asset deep in a field not known here", "new_field", `[{"deep":[${asset}]}]`, "an array"],
  ["an object of no kind there is", "new_field", '{"4dabf18193072939515e22adb298388d":"x"}', "an object"],
  ["half a character in a field not known here", "new_field", '["\\ud83d"]', "an array"],
  ...[
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  ].map((text) => [`the unknown value ${text}`, "description", `"${text}"`, "a string"] as const),
];

/** The tags of an object as a list. */
function tagList(tags: string): string {
  return JSON.stringify(Object.entries(JSON.parse(tags)).map(([key, value]) => ({ key, value })));
}

/** The line that is said of a field. */
function lineOf(field: string, found: string): string {
  return `The API's field ${field} (record endpointService) is ${found} that Pulumi would not take as it is: it counts as null, and extra has its JSON as a string`;
}

describe("what Pulumi would not take as it is", () => {
  let emulator: Emulator;
  let client: VpcepClient;
  let lines: string[];
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.close());
  beforeEach(() => {
    lines = [];
    client = createVpcepClient(settingsFor(emulator, { onWarning: (line) => lines.push(line) }));
  });
  afterEach(() => client.close());

  /** Answers the next request with a record that has one field more, or another one, in JSON as it is given. */
  function reply(field: string, json: string, inList = false): void {
    const { [field]: _, ...others } = JSON.parse(sampleEndpointService) as Record<string, unknown>;
    const record = JSON.stringify(others).replace(/\}$/, `,${JSON.stringify(field)}:${json}}`);
    const body = inList ? `{"endpoint_services":[${record}],"total_count":1}` : record;
    const path = inList ? "vpc-endpoint-services" : id;
    emulator.replyTo(path, { status: 200, headers: { "content-type": "application/json" }, body });
  }

  for (const [what, field, json, found] of marked) {
    it(`costs its field, whose JSON is kept: ${what}`, async () => {
      reply(field, json);
      const { tags, description, extra } = await client.getEndpointService({ id });
      assert.equal({ tags, description }[field] ?? null, null);
      assert.deepEqual(extra, { [field]: JSON.stringify(JSON.parse(json)) });
      assert.equal(isCarried(extra), true);
      assert.deepEqual(lines, [lineOf(field, found)]);
    });
  }

  for (const field of ["4dabf18193072939515e22adb298388d", "__proto__", "\ud800x"]) {
    it(`gives a field its name in quotes: ${JSON.stringify(field)}`, async () => {
      reply(field, '{"a":1}');
      const { extra } = await client.getEndpointService({ id });
      assert.deepEqual(Object.entries(extra), [[JSON.stringify(field), '{"a":1}']]);
      assert.equal(isCarried(extra), true);
      assert.deepEqual(lines, [lineOf(field.replace("\ud800", " "), "an object")]);
    });
  }

  it("costs a field of a record of a list as well", async () => {
    reply("tags", asset, true);
    const { services } = await client.lookUp("endpointServices", {});
    assert.deepEqual(
      services.map(({ tags, extra }) => [tags, extra]),
      [[null, { tags: asset }]],
    );
    assert.deepEqual(lines, [lineOf("tags", "an object")]);
  });

  for (const [field, json, problem] of [
    [
      "vpc_id",
      '"04da6b54-80e4-46f7-96ec-b56ff0331ba9"',
      "nothing that Pulumi takes for its own or cannot send",
    ],
    ["service_name", '"a\\ud800"', "nothing that Pulumi takes for its own or cannot send"],
    ["vpc_id", '" \\t"', "more than blanks"],
    ["status", '"\\u0000"', "more than blanks"],
    ["status", '"\\u200b"', "more than blanks"],
  ] as const) {
    it(`fails the lookup in a strict field: ${field} ${json}`, async () => {
      reply(field, json);
      const { message } = await errorOf(client.getEndpointService({ id }));
      assert.match(message, /\[VPCEP_RESPONSE\]$/);
      assert.ok(message.includes(` is not whole: ${field} (expected ${problem}) (request id `), message);
    });
  }

  it("is no text that is only like it, which stays as it is", async () => {
    const tags = { "4dabf": "\ud83d\ude00\u0000", proto: "04da6b54-80e4-46f7-96ec-b56ff0331ba9 " };
    reply("tags", JSON.stringify(tags).replace("\ud83d\ude00", "\\ud83d\\ude00"));
    const read = await client.getEndpointService({ id });
    assert.deepEqual([read.tags, read.extra, lines], [tags, {}, []]);
  });
});

/** Whether Pulumi's protocol carries a value without a change. */
function isCarried(value: object): boolean {
  const carried = Struct.deserializeBinary(Struct.fromJavaScript(value as never).serializeBinary());
  return JSON.stringify(carried.toJavaScript()) === JSON.stringify(value);
}
