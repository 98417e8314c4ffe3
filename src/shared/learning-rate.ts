/** The learning rate of a step: in training, and in the range test of part 2. */
import type { Hyperparameters } from './hyperparameters';

/** The learning rate, and a tenth of it from step `decayFrom` on. */
export function learningRateAt(step: number, { learningRate = 0, decayFrom = 0 }: Hyperparameters): number {
  return decayFrom > 0 && step >= decayFrom ? learningRate / 10 : learningRate;
}

/** How many steps the range test takes. */
export const rangeTestSteps = 1000;

/** Exponents of ten: the rates between which the range test looks. */
export interface RateRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a usable rate can lie. AdamW divides each step by the size of its gradients, so its rates are far smaller
 * than those of gradient descent. The mean gradient of a full batch is small and has no noise, so its rates are larger.
 * Minibatches are tried as in part 2: `torch.linspace(-3, 0, 1000)`.
 */
export function rateRangeOf(h: Hyperparameters): RateRange {
  if (h.weightDecay !== undefined) return { from: -5, to: -1 }; // AdamW alone has it
  return { from: -3, to: h.batchSize === 0 ? 3 : 0 };
}

/** The exponent of the learning rate at a step of the range test: every step multiplies the rate by the same factor. */
export function rangeTestExponent(step: number, { from, to }: RateRange): number {
  return from + ((to - from) * step) / (rangeTestSteps - 1);
}

/** The learning rate at a step of the range test. */
export function rangeTestRate(step: number, h: Hyperparameters): number {
  return 10 ** rangeTestExponent(step, rateRangeOf(h));
}

/** "0.001 to 1": the rates that the range test of a model goes through. */
export function rateRangeText(h: Hyperparameters): string {
  const { from, to } = rateRangeOf(h);
  const rate = (exponent: number): string => (10 ** exponent).toLocaleString('en-US', { maximumSignificantDigits: 1 });
  return `${rate(from)} to ${rate(to)}`;
}
