/** Steps in a row, taken together. */
export interface LossWindow {
  readonly firstStep: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Losses taken together in windows of one size. */
export interface SmoothedLosses {
  readonly size: number;
  readonly windows: readonly LossWindow[];
}

/** More windows than this are no clearer; the lectures draw 200 for 200,000 steps. */
const mostWindows = 250;

/** The smallest of 1, 2, 5, 10, 20, 50, … that makes few enough windows. */
export function windowSizeFor(length: number): number {
  for (let power = 1; ; power *= 10)
    for (const digit of [1, 2, 5]) if (length <= mostWindows * digit * power) return digit * power;
}

/**
 * The loss smoothed as in the lectures: `lossi.view(-1, size).mean(1)`, kept up to date by adding what is new. Only
 * complete windows are there, since the mean of a few losses would jump about at the end of the line.
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

  /** @param values every loss so far, of which the first `length` count; those that were there before are the same */
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
 * The windows of a part of the steps only, as fine as that part allows: all that lie within it, and the one before and
 * the one behind, so that lines go on to the edges.
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
  for (let i = firstStep; i < firstStep + size; i++) {
    const value = values[i];
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { firstStep, mean: sum / size, min, max };
}

/** The mean of the last so many values. */
export function meanOfLast(values: Float32Array, length: number, most: number): number | undefined {
  if (length === 0) return undefined;
  const start = Math.max(0, length - most);
  let sum = 0;
  for (let i = start; i < length; i++) sum += values[i];
  return sum / (length - start);
}
