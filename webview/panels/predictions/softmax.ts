/** Softmax as float32 computes it: every number is rounded to what it can hold. */
export interface Softmax {
  readonly exps: Float32Array;
  readonly sum: number;
  readonly probs: Float32Array;
}

/** The largest x whose exponential float32 can hold. */
export const largestExponent = 88.72;

/** `logits.exp() / logits.exp().sum()`, as part 1 writes it: beyond e^88.7 it is inf / inf, which is no number. */
export function naiveSoftmax(logits: Float32Array): Softmax {
  const exps = logits.map(Math.exp);
  const sum = exps.reduce((a, b) => Math.fround(a + b), 0);
  return { exps, sum, probs: exps.map(value => value / sum) };
}

/** The same of the logits without their largest, as cross-entropy has it: no exponential is larger than 1. */
export function shiftedSoftmax(logits: Float32Array): Softmax {
  const largest = largestOf(logits);
  return naiveSoftmax(logits.map(value => value - largest));
}

/** −log of the probability of one of them, in float32 and without a softmax in between: log-sum-exp less the logit. */
export function crossEntropy(logits: Float32Array, target: number): number {
  const largest = largestOf(logits);
  const { sum } = shiftedSoftmax(logits);
  return Math.fround(Math.fround(Math.log(sum)) - Math.fround(logits[target] - largest));
}

function largestOf(logits: Float32Array): number {
  return logits.reduce((a, b) => Math.max(a, b), -Infinity);
}
