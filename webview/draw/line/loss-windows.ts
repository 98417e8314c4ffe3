/** A few steps in a row, summed up. */
export interface LossWindow {
  readonly firstStep: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Losses in windows of one size. */
export interface SmoothedLosses {
  readonly size: number;
  readonly windows: readonly LossWindow[];
}

/** More windows would not be clearer: the lectures draw 200 for 200,000 steps. */
const mostWindows = 250;

/** The smallest of 1, 2, 5, 10, 20, 50, … that makes few enough windows. */
export function windowSizeFor(length: number): number {
  for (let power = 1; ; power *= 10)
    for (const digit of [1, 2, 5]) if (length <= mostWindows * digit * power) return digit * power;
}

/**
 * The loss smoothed as in the lectures, `lossi.view(-1, size).mean(1)`, which grows with the losses. Only complete windows
 * count: the mean of a few losses would jump about at the end of the line.
 */
export class LossWindows implements SmoothedLosses {
  size = 1;
  readonly windows: LossWindow[] = [];
  private seen = 0;

  reset(): void {
    this.size = 1;
    this.seen = 0;
    this.windows.length = 0;
  }

  /** @param values every loss so far, of which the first `length` count; losses seen before must not have changed */
  update(values: Float32Array, length: number): void {
    const size = windowSizeFor(length);
    if (size !== this.size || length < this.seen) {
      this.reset();
      this.size = size;
    }
    for (let start = this.windows.length * size; start + size <= length; start += size)
      this.windows.push(windowOf(values, start, size));
    this.seen = length;
  }
}

/**
 * The windows of a part of the steps, as fine as that part allows: all that are within it, and one more at each end, so
 * that lines reach the edges.
 */
export function windowsWithin(
  values: Float32Array,
  length: number,
  { min, max }: { readonly min: number; readonly max: number },
): SmoothedLosses {
  const size = windowSizeFor(max - min);
  const windows: LossWindow[] = [];
  for (let start = Math.max(0, Math.floor(min / size) - 1) * size; start < max + size; start += size)
    if (start + size <= length) windows.push(windowOf(values, start, size));
  return { size, windows };
}

function windowOf(values: Float32Array, firstStep: number, size: number): LossWindow {
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values.subarray(firstStep, firstStep + size)) {
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { firstStep, mean: sum / size, min, max };
}

/** The mean of the last values, at most this many. */
export function meanOfLast(values: Float32Array, length: number, most: number): number | undefined {
  if (length === 0) return undefined;
  const last = values.subarray(Math.max(0, length - most), length);
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}
