import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../../../../sdk/testing";
import { get, project, send, withToken } from "../client";

const red = { key: "colour", value: "red" };
const blue = { key: "colour", value: "blue" };
const large = { key: "size", value: "large" };

describe("tags", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({
      services: [
        { id: "a", service_name: "eu-de.orders.a", tags: [red, large] },
        { id: "b", service_name: "eu-de.bills.b", tags: [blue] },
        { id: "c", service_name: "eu-de.plain.c" },
      ],
      endpoints: [{ id: "e", endpoint_service_name: "eu-de.orders.a", tags: [large] }],
    });
  });
  after(() => emulator.close());

  async function act(body: unknown, type = "endpoint_service"): Promise<[number, unknown]> {
    const path = `${project}/${type}/resource_instances/action`;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await send(emulator, path, withToken, { method: "POST", body: text });
    return [answer.status, JSON.parse(answer.text)];
  }
  async function found(conditions: object): Promise<string> {
    const [status, body] = await act({ action: "filter", ...conditions });
    assert.equal(status, 200);
    return (body as { resources: { resource_id: string }[] }).resources
      .map((item) => item.resource_id)
      .join("");
  }

  it("lists the tags of a project's resources", async () => {
    const tags = [
      { key: "colour", values: ["red", "blue"] },
      { key: "size", values: ["large"] },
    ];
    assert.deepEqual(await get(emulator, `${project}/endpoint_service/tags`), [200, { tags }]);
    assert.deepEqual(await get(emulator, `${project}/endpoint/tags`), [200, { tags: tags.slice(1) }]);
    assert.equal((await get(emulator, `${project}/vpc/tags`))[0], 404);
  });

  const colour = { key: "colour", values: [] };
  const cases = [
    { name: "all of them without conditions", conditions: {}, expected: "abc" },
    {
      name: "every one of tags",
      conditions: { tags: [colour, { key: "size", values: ["large"] }] },
      expected: "a",
    },
    {
      name: "any of the values of a key",
      conditions: { tags: [{ key: "colour", values: ["red", "blue"] }] },
      expected: "ab",
    },
    {
      name: "any of tags_any",
      conditions: { tags_any: [{ key: "size" }, { key: "colour", values: ["blue"] }] },
      expected: "ab",
    },
    { name: "not all of not_tags", conditions: { not_tags: [colour, { key: "size" }] }, expected: "bc" },
    { name: "none of not_tags_any", conditions: { not_tags_any: [{ key: "size" }] }, expected: "bc" },
    { name: "those without any tag", conditions: { without_any_tag: true }, expected: "c" },
    {
      name: "a part of the name",
      conditions: { matches: [{ key: "resource_name", value: "orders" }] },
      expected: "a",
    },
    { name: "a page, told by strings", conditions: { limit: "1", offset: "1" }, expected: "b" },
  ];
  for (const { name, conditions, expected } of cases) {
    it(`filters by ${name}`, async () => {
      assert.equal(await found(conditions), expected);
    });
  }

  it("answers with id, name and tags, or with the count alone", async () => {
    assert.deepEqual(await act({ action: "filter" }, "endpoint"), [
      200,
      { resources: [{ resource_id: "e", resource_name: "eu-de.orders.a", tags: [large] }], total_count: 1 },
    ]);
    assert.deepEqual(await act({ action: "count", tags: [colour] }), [200, { total_count: 2 }]);
  });

  const refusals = [
    { body: { action: "delete" }, expected: [400, "EndPoint.0007"] },
    { body: { action: "filter", limit: "x" }, expected: [400, "EndPoint.0006"] },
    { body: { action: "filter", offset: "-1" }, expected: [400, "EndPoint.0010"] },
    { body: { action: "filter", tags: {} }, expected: [400, "EndPoint.0002"] },
    { body: { action: "filter", tags: [null] }, expected: [400, "EndPoint.0002"] },
    { body: "{", expected: [400, "EndPoint.0002"] },
    { body: "", expected: [504, "EndPoint.0011"] },
  ];
  for (const { body, expected } of refusals) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const [status, answer] = await act(body);
      assert.deepEqual([status, (answer as { error: { code: string } }).error.code], expected);
    });
  }
});
