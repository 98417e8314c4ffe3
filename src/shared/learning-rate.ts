/** The learning rate of a step: of a training run, and of the range test of part 2. */
import type { Hyperparameters } from './hyperparameters';

/** A tenth of the learning rate from `decayFrom` on. */
export function learningRateAt(step: number, { learningRate = 0, decayFrom = 0 }: Hyperparameters): number {
  return decayFrom > 0 && step >= decayFrom ? learningRate / 10 : learningRate;
}

/** As many steps as the range test takes. */
export const rangeTestSteps = 1000;

/** `torch.linspace(-3, 0, 1000)`: the exponent of the learning rate at a step of the range test. */
export function rangeTestExponent(step: number): number {
  return -3 + (3 * step) / (rangeTestSteps - 1);
}
