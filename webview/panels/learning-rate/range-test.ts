import { at } from '../../../src/shared/at';
import { rangeTestExponent, type RateRange } from '../../../src/shared/learning-rate';
import type { LossHistory } from '../../../src/shared/run-state';

/** How many losses before and after one are averaged with it: a single minibatch is mostly noise. */
export const reach = 25;
/** The slope at a step is that of the smoothed curve over so many steps before and after it: over fewer it is mostly noise. */
const slopeReach = 100;
/** A curve that falls at least so much of its steepest fall still falls steeply. */
const steep = 0.5;

/** Of so many losses, the highest and the lowest one are left out: a single spike would look like a fall. */
const perOutlier = 10;

/** The running mean of the losses without outliers; at either end, of those that there are. Not finite near a loss that is not. */
export function smoothLosses({ values, length }: LossHistory): Float64Array {
  return Float64Array.from({ length }, (_, step) => {
    const near = values.slice(Math.max(0, step - reach), Math.min(length, step + reach + 1)).sort();
    if (!Number.isFinite(near.at(-1))) return NaN; // what is not a number comes last
    const out = Math.floor(near.length / perOutlier);
    const kept = near.subarray(out, near.length - out);
    return kept.reduce((sum, loss) => sum + loss, 0) / kept.length;
  });
}

/** A point of the smoothed curve. */
export interface TestedRate {
  readonly step: number;
  readonly exponent: number;
  /** The smoothed loss there. */
  readonly loss: number;
  /** Rounded to two digits. */
  readonly learningRate: number;
}

/** The result of the range test. */
export interface Suggestion {
  /**
   * The largest rate up to which the curve falls steeply. Where it falls most steeply, the rate is often far too small:
   * what is easiest is learned first, at whatever rate comes first.
   */
  readonly suggested: TestedRate;
  readonly steepest: TestedRate;
  readonly lowest: TestedRate;
  /** Whether the loss has risen again. If not, the best rate may be beyond the last one. */
  readonly rises: boolean;
}

/** What the smoothed losses say about the learning rate; undefined where none is a number, or the first is the lowest. */
export function suggestLearningRate(smoothed: Float64Array, rates: RateRange): Suggestion | undefined {
  const least = smoothed.filter(Number.isFinite).reduce((a, b) => Math.min(a, b), Infinity);
  const lowest = smoothed.indexOf(least);
  if (lowest < 1 || least === Infinity) return undefined;
  const falls = Array.from({ length: lowest }, (_, step) => fallAt(smoothed, step, lowest));
  const steepest = falls.indexOf(Math.max(...falls));
  let last = steepest;
  while (last + 1 < lowest && at(falls, last + 1) >= steep * at(falls, steepest)) last++;
  const pointAt = (step: number): TestedRate => {
    const exponent = rangeTestExponent(step, rates);
    return { step, exponent, loss: at(smoothed, step), learningRate: Number((10 ** exponent).toPrecision(2)) };
  };
  const rises = lowest < smoothed.length - 1 - reach;
  return { suggested: pointAt(last), steepest: pointAt(steepest), lowest: pointAt(lowest), rises };
}

/**
 * How far the curve falls per step, which is the same as per power of ten: the rates are spaced evenly in their exponent.
 * Only steps with room on both sides have a slope, unless there is room for none.
 */
function fallAt(smoothed: Float64Array, step: number, lowest: number): number {
  const room = Math.min(slopeReach, Math.floor(lowest / 2));
  const [before, after] = [step - room, step + room];
  if (before < 0 || after > lowest) return -Infinity;
  const fall = (at(smoothed, before) - at(smoothed, after)) / (2 * room || 1);
  return Number.isFinite(fall) ? fall : -Infinity;
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

export function rangeTestRows({ values, length }: LossHistory, smoothed: Float64Array, rates: RateRange): string[][] {
  return Array.from({ length: Math.ceil(length / rowSteps) }, (_, row) => {
    const step = row * rowSteps;
    const exponent = rangeTestExponent(step, rates);
    const rate = String(Number((10 ** exponent).toPrecision(3)));
    return [exponent.toFixed(2), rate, at(values, step).toFixed(4), at(smoothed, step).toFixed(4)];
  });
}
