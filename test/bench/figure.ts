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

/** The middle of some values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
