import { tickStep } from '../ticks';

/** An axis, or a part of one. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Between round values, around all values that are finite. Equal values are in the middle of a range of 1. */
export function rangeAround(...values: readonly Float32Array[]): Range {
  let [least, largest] = [Infinity, -Infinity];
  for (const some of values)
    for (const value of some) {
      if (!Number.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
  if (least > largest) return { min: 0, max: 1 };
  if (least === largest) return { min: least - 0.5, max: least + 0.5 };
  const step = tickStep(least, largest);
  return { min: Math.floor(least / step) * step, max: Math.ceil(largest / step) * step };
}

/** Whole numbers around all values, and at least this far to both sides of 0, so that the axis stays while values move a little. */
export function wholeRangeAround(reach: number, ...values: readonly Float64Array[]): Range {
  let [min, max] = [-reach, reach];
  for (const some of values)
    for (const value of some) {
      if (value < min) min = Math.floor(value);
      if (value > max) max = Math.ceil(value);
    }
  return { min, max };
}
