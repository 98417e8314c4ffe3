import { rangeTestExponent } from '../../../src/shared/learning-rate';
import type { LossHistory } from '../../../src/shared/run-state';

/** A loss is taken together with so many before it and so many after it: a single minibatch is mostly noise. */
export const reach = 25;

/** The running mean of the losses; at either end of those that are there. */
export function smoothLosses({ values, length }: LossHistory): Float64Array {
  return Float64Array.from({ length }, (_, step) => {
    const first = Math.max(0, step - reach);
    const end = Math.min(length, step + reach + 1);
    let sum = 0;
    for (let i = first; i < end; i++) sum += values[i];
    return sum / (end - first);
  });
}

/** Where the range test points to. */
export interface Suggestion {
  readonly step: number;
  readonly exponent: number;
  /** The smoothed loss there. */
  readonly loss: number;
  /** Rounded to two digits. */
  readonly learningRate: number;
  /** Whether the loss has risen again: else the best rate may lie beyond the last one. */
  readonly rises: boolean;
}

/** The learning rate at which the smoothed loss is lowest; none where no loss is a number. */
export function suggestLearningRate(smoothed: Float64Array): Suggestion | undefined {
  let step = -1;
  smoothed.forEach((loss, i) => {
    if (Number.isFinite(loss) && (step < 0 || loss < smoothed[step])) step = i;
  });
  if (step < 0) return undefined;
  const exponent = rangeTestExponent(step);
  const learningRate = Number((10 ** exponent).toPrecision(2));
  return { step, exponent, loss: smoothed[step], learningRate, rises: step < smoothed.length - 1 - reach };
}

/** From the least loss to what the losses before the lowest point need: those after it may be of any size. */
export function lossRange({ values, length }: LossHistory, lowest: number): { least: number; largest: number } {
  let least = Infinity;
  let before = -Infinity;
  let largest = -Infinity;
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(values[i])) continue;
    least = Math.min(least, values[i]);
    largest = Math.max(largest, values[i]);
    if (i <= lowest) before = Math.max(before, values[i]);
  }
  return { least, largest: Math.min(largest, 2 * before) };
}

/** Every so many steps make a row of the table. */
const rowSteps = 20;

export const rangeTestColumns = ['exponent', 'learning rate', 'loss', 'smoothed'] as const;

export function rangeTestRows({ values, length }: LossHistory, smoothed: Float64Array): string[][] {
  return Array.from({ length: Math.ceil(length / rowSteps) }, (_, row) => {
    const step = row * rowSteps;
    const exponent = rangeTestExponent(step);
    const rate = String(Number((10 ** exponent).toPrecision(3)));
    return [exponent.toFixed(2), rate, values[step].toFixed(4), smoothed[step].toFixed(4)];
  });
}
