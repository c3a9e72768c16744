// Proves the arithmetic of the benchmark, not its figures.
import assert from "node:assert/strict";
import { change, figure, median } from "./figure";

describe("a figure of the benchmark", () => {
  it("is a ratio, and meets its goal up to it", () => {
    const { ratio, met, goal } = figure("a", 5, 4, "ms", 1.25);
    assert.deepEqual({ ratio, met, goal }, { ratio: 1.25, met: true, goal: "at most 1.25" });
    assert.equal(figure("a", 6, 4, "ms", 1.25).met, false);
  });

  it("is compared with the same one of an earlier run by its ratio", () => {
    const earlier = [figure("a", 10, 10, "ms", 2), figure("b", 10, 5, "ms", 2)];
    assert.equal(change(figure("a", 3, 2, "ms", 2), earlier), "+50 %");
    assert.equal(change(figure("b", 3, 2, "ms", 2), earlier), "-25 %");
    assert.equal(change(figure("c", 3, 2, "ms", 2), earlier), "new");
  });

  it("is the middle of several", () => {
    assert.equal(median([9, 1, 2]), 2);
  });
});
