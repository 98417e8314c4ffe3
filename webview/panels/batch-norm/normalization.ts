import { at } from '../../../src/shared/at';
import type { BatchNormLook } from '../../../src/shared/inspection';
import { models } from '../../../src/shared/models';
import type { Preset } from '../../../src/shared/presets';
import type { WatchedTensor } from '../../../src/shared/run';

/** What normalizes the values of one neuron, besides the statistics of its batch. */
export interface Normalization {
  readonly gain: number;
  readonly bias: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** What the model's BatchNorm adds to the variance: the lecture's first one divides by the standard deviation as it is. */
export function epsilonOf({ model }: Preset): number {
  return models[model].layers?.epsilon ?? 0;
}

/** The values of a neuron for each row of the batch, before they are normalized. */
export function columnOf({ shape, values }: WatchedTensor, neuron: number): Float32Array {
  const [rows = 0, width = 0] = shape;
  return Float32Array.from({ length: rows }, (_, row) => at(values, row * width + neuron));
}

/** `gain * (x - x.mean()) / (x.var() + epsilon).sqrt() + bias`, with the unbiased variance. */
export function normalize(x: Float32Array, { gain, bias, epsilon }: Normalization): Float64Array {
  const { mean, std } = statisticsOf(x);
  const spread = Math.sqrt(std ** 2 + epsilon);
  return Float64Array.from(x, v => (gain * (v - mean)) / spread + bias);
}

/** Mean and unbiased standard deviation; NaN where there are too few numbers. */
export function statisticsOf(x: Float32Array): { mean: number; std: number } {
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
  const squares = x.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / (x.length - 1)) };
}

/** The values that an example can be moved to: those of the batch, and two standard deviations beyond. */
export function rangeOf(x: Float32Array): { min: number; max: number } {
  const room = 2 * statisticsOf(x).std || 1;
  const least = x.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = x.reduce((a, b) => Math.max(a, b), -Infinity);
  return { min: least - room, max: largest + room };
}

/** How far the means of a batch are from the running ones, in its standard deviations: the root of the mean square over the neurons. */
export function meanDisagreement({ batchMean, batchStd, runningMean }: BatchNormLook): number {
  const squares = Array.from(batchMean, (mean, i) => ((mean - at(runningMean, i)) / at(batchStd, i)) ** 2);
  const known = squares.filter(Number.isFinite); // a neuron that is the same for all examples has no std
  return Math.sqrt(known.reduce((sum, square) => sum + square, 0) / known.length);
}
