import type * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../shared/hyperparameters';

/**
 * Stochastic gradient descent: p ← p − learningRate · gradient, for every variable. Plain ops on variables, since
 * `tf.train.sgd` would make the learning rate a constant of the program.
 */
export function sgd(variables: readonly tf.Variable[], gradients: tf.NamedTensorMap, learningRate: tf.Tensor): void {
  for (const variable of variables) variable.assign(variable.sub(gradients[variable.name].mul(learningRate)));
}

/** The learning rate at a step: a tenth of it from `decayFrom` on. */
export function learningRateAt(step: number, { learningRate = 0, decayFrom = 0 }: Hyperparameters): number {
  return decayFrom > 0 && step >= decayFrom ? learningRate / 10 : learningRate;
}
