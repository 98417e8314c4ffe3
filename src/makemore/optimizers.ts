import * as tf from '@tensorflow/tfjs-core';

// Plain ops on variables: tfjs's own optimizers would bake the learning rate into the program.

/** Stochastic gradient descent: p ← p − learningRate · gradient. */
export function sgd(variable: tf.Variable, gradient: tf.Tensor, learningRate: tf.Tensor): void {
  variable.assign(variable.sub(gradient.mul(learningRate)));
}

const [beta1, beta2, epsilon] = [0.9, 0.99, 1e-8];

/** What AdamW remembers of each parameter. */
export interface Moments {
  /** The running mean of the gradient (`exp_avg`). */
  readonly mean: tf.Variable;
  /** The running mean of its square (`exp_avg_sq`). */
  readonly square: tf.Variable;
}

/** Inputs of a step: the learning rate over the first bias correction, the root of the second, and 1 − learningRate · decay. */
export interface AdamWInputs {
  readonly stepSize: tf.Tensor;
  readonly rootCorrection: tf.Tensor;
  readonly shrink: tf.Tensor;
}

/** Adam with decoupled weight decay. Source: Loshchilov and Hutter 2019; `torch.optim.AdamW` with makemore.py's betas. */
export function adamW(
  variable: tf.Variable,
  { mean, square }: Moments,
  gradient: tf.Tensor,
  { stepSize, rootCorrection, shrink }: AdamWInputs,
): void {
  const nextMean = mean.mul(beta1).add(gradient.mul(1 - beta1));
  const nextSquare = square.mul(beta2).add(gradient.square().mul(1 - beta2));
  const scale = nextSquare.sqrt().div(rootCorrection).add(epsilon);
  variable.assign(variable.mul(shrink).sub(nextMean.div(scale).mul(stepSize)));
  mean.assign(nextMean);
  square.assign(nextSquare);
}

/** AdamW's inputs at a step, computed in double as PyTorch does. */
export function adamWInputs(
  step: number,
  learningRate: number,
  weightDecay: number,
): Record<keyof AdamWInputs, number> {
  return {
    stepSize: learningRate / (1 - beta1 ** (step + 1)),
    rootCorrection: Math.sqrt(1 - beta2 ** (step + 1)),
    shrink: 1 - learningRate * weightDecay,
  };
}
