// Proves that what is made of any pages is the whole list, or says that it is not: a table of servers, and properties.
import assert from "node:assert/strict";
import fc from "fast-check";
import { VpcepError } from "../../../provider";
import { type Page, readAllPages, type WholeList } from "../../../provider/reading/paginator";

/** A page of records that are named by single letters. */
function page(letters: string, announced: number | undefined): Page<string> {
  return { entries: [...letters].map((letter) => ({ identity: letter, record: letter })), announced };
}

/** The list that a server shows, its numbers and the number of pages asked for; an error's message otherwise. */
async function outcome(server: (offset: number, asked: number) => Page<string>, limit?: number) {
  let asked = 0;
  try {
    const list = await readAllPages(async (offset) => server(offset, asked++), limit);
    return { letters: list.records.join(""), announced: list.announced, asked };
  } catch (error) {
    assert.ok(error instanceof VpcepError && error.code === "VPCEP_RESPONSE", String(error));
    return { message: error.message, asked };
  }
}

const constant = (announced: number, found: number) =>
  `the list announces ${announced} records, but has ${found}, the same each of the 4 times it was read. Narrow the filter, or ask the cloud's support why its pages do not fit their count [VPCEP_RESPONSE]`;
const changing = (announced: number, found: number) =>
  `the list changed every time it was read, 4 times in a row, so that a whole one cannot be had: the last time it announced ${announced} records and ${found} were found. Run again later, or narrow the filter [VPCEP_RESPONSE]`;

/** A server that pages its letters in order, so many at a time. */
const paging =
  (letters: string, most: number, announced = letters.length) =>
  (offset: number) =>
    page(letters.slice(offset, offset + most), announced);

describe("readAllPages", () => {
  for (const [what, server, expected] of [
    ["one page", paging("ABC", 9), { letters: "ABC", announced: 3, asked: 1 }],
    ["nothing", paging("", 9), { letters: "", announced: 0, asked: 1 }],
    ["pages that share a record", paging("ABCDE", 3), { letters: "ABCDE", announced: 5, asked: 2 }],
    ["pages of one record", paging("ABC", 1), { letters: "ABC", announced: 3, asked: 3 }],
    [
      "a page larger than any that was asked for",
      paging("ABCDEFGH", 8),
      { letters: "ABCDEFGH", announced: 8, asked: 1 },
    ],
    ["one of a hundred, and none after it", paging("A", 9, 100), { letters: "A", announced: 100, asked: 4 }],
    [
      "three of a hundred, and none after them",
      paging("ABC", 2, 100),
      { letters: "ABC", announced: 100, asked: 8 },
    ],
    [
      "a full page that is the last",
      paging("ABCDEFGHI", 9),
      { letters: "ABCDEFGHI", announced: 9, asked: 2 },
    ],
    [
      "full pages that announce no others",
      (offset: number) => page("ABCDEFGHIJKL".slice(offset, offset + 9), Math.min(9, 12 - offset)),
      { letters: "ABCDEFGHIJKL", announced: 1, asked: 6 },
    ],
    ["none of three", paging("", 9, 3), { letters: "", announced: 3, asked: 2 }],
    [
      "an empty page as soon as it is asked for a second one",
      (offset: number) => page(offset === 0 ? "ABC" : "", 100),
      { letters: "ABC", announced: 100, asked: 4 },
    ],
    ["more than it announces", paging("ABCD", 3, 2), { letters: "ABCD", announced: 2, asked: 6 }],
    ["a record twice on its page", paging("AAB", 9), { letters: "AB", announced: 3, asked: 4 }],
    [
      "a total that grows from page to page",
      (offset: number) => page("ABCDE".slice(offset, offset + 2), offset + 9),
      { letters: "ABCDE", announced: 14, asked: 12 },
    ],
    [
      "another total on the second page",
      (offset: number, asked: number) => page(offset === 0 ? "ABC" : "CD", asked === 0 ? 5 : 4),
      { letters: "ABCD", announced: 4, asked: 4 },
    ],
    [
      "fewer records the second time",
      (offset: number, asked: number) => page(offset > 0 ? "" : asked === 0 ? "ABC" : "AB", 5),
      { letters: "AB", announced: 5, asked: 6 },
    ],
    [
      "a record that takes another's place on the second page",
      (offset: number) => page(offset === 0 ? "ABC" : "CA", 4),
      { message: constant(4, 3), asked: 8 },
    ],
    ["the first page whatever the offset", () => page("ABC", 5), { message: constant(5, 3), asked: 8 }],
    ["one record whatever the offset", () => page("A", 3), { message: constant(3, 1), asked: 8 }],
    [
      "an order of its own for every page, but every record",
      (offset: number) => page(offset === 0 ? "ABC" : "DC", 4),
      { letters: "ABCD", announced: 4, asked: 4 },
    ],
    [
      "another order every time",
      (offset: number, asked: number) => page(offset === 0 ? "ABC" : "CA", 4 + Math.floor(asked / 2)),
      { message: changing(7, 3), asked: 8 },
    ],
    [
      "records that are others every time",
      (_: number, asked: number) => page(asked % 2 === 0 ? "AB" : `A${"CDEF"[(asked - 1) / 2]}`, 3),
      { message: changing(3, 3), asked: 8 },
    ],
  ] as const) {
    it(`makes the right thing of ${what}`, async () => {
      assert.deepEqual(await outcome(server, 9), expected);
    });
  }

  for (const [what, server, expected] of [
    ["as many as announced", () => page("ABC", 3), { letters: "ABC", announced: 3, asked: 1 }],
    ["no count", () => page("ABC", undefined), { letters: "ABC", announced: undefined, asked: 1 }],
    ["fewer", () => page("ABC", 5), { message: constant(5, 3), asked: 4 }],
    [
      "fewer at first",
      (_: number, asked: number) => page(asked === 0 ? "AB" : "ABC", 3),
      { letters: "ABC", announced: 3, asked: 2 },
    ],
    ["more", () => page("ABC", 2), { letters: "ABC", announced: 2, asked: 2 }],
  ] as const) {
    it(`compares a list without pages with its count: ${what}`, async () => {
      assert.deepEqual(await outcome(server), expected);
    });
  }
});

describe("readAllPages, whatever the server", () => {
  type Read = WholeList<number> | VpcepError;
  const read = async (server: (offset: number) => Page<number>, limit = 100): Promise<Read> => {
    let asked = 0;
    const pages = async (offset: number) => {
      asked++;
      assert.ok(asked < 2_000, "the list has no end");
      return server(offset);
    };
    return readAllPages(pages, limit).catch((error: unknown) => {
      assert.ok(error instanceof VpcepError && error.code === "VPCEP_RESPONSE", String(error));
      return error;
    });
  };
  const pageOf = (numbers: readonly number[], announced: number): Page<number> => ({
    entries: numbers.map((number) => ({ identity: String(number), record: number })),
    announced,
  });
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);

  it("gives the list that a server pages in a stable order, whatever the sizes of its pages", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        async (count, sizes) => {
          let asked = 0;
          const server = (offset: number) =>
            pageOf(range(count).slice(offset, offset + (sizes[asked++ % sizes.length] ?? 1)), count);
          assert.deepEqual(await read(server), { records: range(count), announced: count });
        },
      ),
    );
  });

  it("gives what a server shows of a list, and what it announces, where an empty page ends it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        fc.nat(50),
        fc.integer({ min: 1, max: 12 }),
        async (count, announced, size) => {
          const list = await read((offset) => pageOf(range(count).slice(offset, offset + size), announced));
          assert.ok(!(list instanceof VpcepError));
          assert.equal(list.announced, announced);
          // A list that is announced as shorter than it is may end at a page that fits its count.
          const shown = list.records.length === announced ? range(announced) : range(count);
          assert.deepEqual(list.records, shown);
        },
      ),
    );
  });

  it("gives every record or an error where records of one time change places between the pages", async () => {
    const outcomes = { whole: 0, error: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat(1_000)),
        async (groups, size, byOffset, random) => {
          // Groups of records of equal times; the order within a group is another for each page, or each request.
          let first = 0;
          const times = groups.map((count) => range(count).map(() => first++));
          const orders = new Map<number, number[]>();
          const shuffled = () =>
            times.flatMap((group) =>
              group
                .map((number) => [random.next().value, number] as const)
                .sort(([a], [b]) => a - b)
                .map(([, number]) => number),
            );
          const list = await read((offset) => {
            const order = (byOffset ? orders.get(offset) : undefined) ?? shuffled();
            orders.set(offset, order);
            return pageOf(order.slice(offset, offset + size), first);
          });
          outcomes[list instanceof VpcepError ? "error" : "whole"]++;
          if (!(list instanceof VpcepError)) {
            assert.deepEqual(
              list.records.toSorted((a, b) => a - b),
              range(first),
            );
            assert.equal(list.announced, first);
          }
        },
      ),
    );
    assert.ok(outcomes.whole > 0 && outcomes.error > 0, JSON.stringify(outcomes));
  });

  it("ends, and never gives a record twice, whatever the pages hold", async () => {
    const anyPage = fc.tuple(fc.array(fc.nat(9), { maxLength: 6 }), fc.nat(12));
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPage, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (pages, byOffset) => {
          let asked = 0;
          const list = await read((offset) => {
            const [numbers = [], announced = 0] = pages[(byOffset ? offset : asked++) % pages.length] ?? [];
            return pageOf(numbers, announced);
          });
          if (!(list instanceof VpcepError)) {
            assert.equal(new Set(list.records).size, list.records.length);
          }
        },
      ),
    );
  });
});
