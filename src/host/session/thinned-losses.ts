import { at } from '../../shared/at';
import { defaultMemoryLimit } from '../../shared/limits';
import type { LossHistory } from '../../shared/run-state';

/** The losses of a long run in little space: each mean stands for `every` steps. */
export interface ThinnedLosses {
  readonly means: Float32Array;
  readonly every: number;
  readonly length: number;
}

/** At most `most` values: every loss if there are no more than that, and means of as few neighbors as needed otherwise. */
export function thinLosses({ values, length }: LossHistory, most: number): ThinnedLosses {
  const every = Math.max(1, Math.ceil(length / most));
  const means = new Float32Array(Math.ceil(length / every));
  for (let i = 0; i < means.length; i++) {
    const end = Math.min((i + 1) * every, length);
    let sum = 0;
    for (let step = i * every; step < end; step++) sum += at(values, step);
    means[i] = sum / (end - i * every);
  }
  return { means, every, length };
}

/**
 * A loss for every step again. A curve that is smoothed over many more steps than a mean stands for looks the same.
 *
 * @throws RangeError for losses that `thinLosses` cannot have made, and for more than a run has memory for
 */
export function spreadLosses({ means, every, length }: ThinnedLosses): LossHistory {
  const isThinned = isCount(every) && isCount(length) && means.length === Math.ceil(length / every);
  if (!isThinned || 4 * length > defaultMemoryLimit) throw new RangeError('These are no losses of a run.');
  const values = new Float32Array(length);
  means.forEach((mean, i) => values.fill(mean, i * every, (i + 1) * every));
  return { values, length };
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
