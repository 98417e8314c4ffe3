import type { Hyperparameters } from '../../../src/shared/hyperparameters';

/** What to try where a tanh layer is saturated, out of what the model lets a person choose. */
export function unsaturate({ w1Scale, gain, batchNorm, weightDecay }: Hyperparameters): string {
  if (batchNorm !== 1 && w1Scale !== undefined)
    return 'Restart with smaller weights before the tanh: a scale of W1 of 0.2 and of b1 of 0.01 (the preset mlp-part3-tanh), a gain of 5/3, which is 1.667 (mlp-part3-kaiming), or batch normalization (mlp-part3-batchnorm).';
  if (batchNorm !== 1 && gain !== undefined)
    return 'Restart with batch normalization, or with a gain of 5/3, which is 1.667, or less.';
  if (weightDecay !== undefined)
    return 'Training itself has made the weights large: a larger weight decay or a lower learning rate keeps them down.';
  return 'Try a lower learning rate.';
}
