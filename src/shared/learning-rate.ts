/** The learning rate of a step: in training, and in the range test of part 2. */
import type { Hyperparameters } from './hyperparameters';

/** The learning rate, and a tenth of it from step `decayFrom` on. */
export function learningRateAt(step: number, { learningRate = 0, decayFrom = 0 }: Hyperparameters): number {
  return decayFrom > 0 && step >= decayFrom ? learningRate / 10 : learningRate;
}

/** How many steps the range test takes. */
export const rangeTestSteps = 1000;

/** `torch.linspace(-3, 0, 1000)`: the exponent of the learning rate at a step of the range test. */
export function rangeTestExponent(step: number): number {
  return -3 + (3 * step) / (rangeTestSteps - 1);
}
