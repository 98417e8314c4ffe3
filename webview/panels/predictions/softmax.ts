import { at } from '../../../src/shared/at';

/** Softmax in float32, with every number rounded. */
export interface Softmax {
  readonly exps: Float32Array;
  readonly sum: number;
  readonly probs: Float32Array;
}

/** The largest x whose exponential float32 can hold. */
export const largestExponent = 88.72;

/** `logits.exp() / logits.exp().sum()`, as in part 1: beyond e^88.7 it is inf / inf, which is not a number. */
export function naiveSoftmax(logits: Float32Array): Softmax {
  const exps = logits.map(Math.exp);
  const sum = exps.reduce((a, b) => Math.fround(a + b), 0);
  return { exps, sum, probs: exps.map(value => value / sum) };
}

/** Softmax after subtracting the largest logit, as in cross-entropy: no exponential is larger than 1. */
export function shiftedSoftmax(logits: Float32Array): Softmax {
  const largest = largestOf(logits);
  return naiveSoftmax(logits.map(value => value - largest));
}

/** −log of the probability of the target, in float32 and without a softmax in between: log-sum-exp minus the logit. */
export function crossEntropy(logits: Float32Array, target: number): number {
  const largest = largestOf(logits);
  const { sum } = shiftedSoftmax(logits);
  return Math.fround(Math.fround(Math.log(sum)) - Math.fround(at(logits, target) - largest));
}

function largestOf(logits: Float32Array): number {
  return logits.reduce((a, b) => Math.max(a, b), -Infinity);
}
