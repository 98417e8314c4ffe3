import { at } from '../../../src/shared/at';
import { rangeTestExponent } from '../../../src/shared/learning-rate';
import type { LossHistory } from '../../../src/shared/run-state';

/** How many losses before and after one are averaged with it: a single minibatch is mostly noise. */
export const reach = 25;

/** The running mean of the losses; at either end, of those that there are. */
export function smoothLosses({ values, length }: LossHistory): Float64Array {
  return Float64Array.from({ length }, (_, step) => {
    const near = values.subarray(Math.max(0, step - reach), Math.min(length, step + reach + 1));
    return near.reduce((sum, loss) => sum + loss, 0) / near.length;
  });
}

/** The result of the range test. */
export interface Suggestion {
  readonly step: number;
  readonly exponent: number;
  /** The smoothed loss there. */
  readonly loss: number;
  /** Rounded to two digits. */
  readonly learningRate: number;
  /** Whether the loss has risen again. If not, the best rate may be beyond the last one. */
  readonly rises: boolean;
}

/** The learning rate at which the smoothed loss is lowest; undefined where no loss is a number. */
export function suggestLearningRate(smoothed: Float64Array): Suggestion | undefined {
  const loss = smoothed.filter(Number.isFinite).reduce((a, b) => Math.min(a, b), Infinity);
  const step = smoothed.indexOf(loss);
  if (step < 0 || loss === Infinity) return undefined;
  const exponent = rangeTestExponent(step);
  const learningRate = Number((10 ** exponent).toPrecision(2));
  return { step, exponent, loss, learningRate, rises: step < smoothed.length - 1 - reach };
}

/** From the least loss to a limit for the losses before the lowest point: those after it may be of any size. */
export function lossRange({ values, length }: LossHistory, lowest: number): { least: number; largest: number } {
  let least = Infinity;
  let before = -Infinity;
  let largest = -Infinity;
  for (const [i, loss] of values.subarray(0, length).entries()) {
    if (!Number.isFinite(loss)) continue;
    least = Math.min(least, loss);
    largest = Math.max(largest, loss);
    if (i <= lowest) before = Math.max(before, loss);
  }
  return { least, largest: Math.min(largest, 2 * before) };
}

/** How many steps there are between two rows of the table. */
const rowSteps = 20;

export const rangeTestColumns = ['exponent', 'learning rate', 'loss', 'smoothed'] as const;

export function rangeTestRows({ values, length }: LossHistory, smoothed: Float64Array): string[][] {
  return Array.from({ length: Math.ceil(length / rowSteps) }, (_, row) => {
    const step = row * rowSteps;
    const exponent = rangeTestExponent(step);
    const rate = String(Number((10 ** exponent).toPrecision(3)));
    return [exponent.toFixed(2), rate, at(values, step).toFixed(4), at(smoothed, step).toFixed(4)];
  });
}
