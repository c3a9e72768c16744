// What a figure of the benchmark is, and the statistics it is made of. A leaf.

/** One figure, beside its reference in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly reference: number;
  readonly unit: string;
  /** The value as a multiple of the reference. */
  readonly ratio: number;
  /** The largest ratio, or value, that is meant to be. */
  readonly goal: string;
  readonly met: boolean;
}

/** A figure whose goal is a ratio. */
export function figure(name: string, value: number, reference: number, unit: string, goal: number): Figure {
  const ratio = value / reference;
  return { name, value, reference, unit, ratio, goal: `at most ${goal}`, met: ratio <= goal };
}

/**
 * How a ratio has changed since an earlier run, such as `+12 %`; `new` where that run did not have it. Ratios alone are
 * compared: each has its reference in its own run, so that another machine or a busy one tells nothing false.
 */
export function change({ name, ratio }: Figure, earlier: readonly Figure[]): string {
  const before = earlier.find((candidate) => candidate.name === name)?.ratio;
  if (before === undefined) {
    return "new";
  }
  const percent = Math.round((ratio / before - 1) * 100);
  return `${percent > 0 ? "+" : ""}${percent} %`;
}

/** The middle of some values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
