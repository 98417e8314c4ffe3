/** The functions that an engine executes, in tfjs: one step of training, a loss to evaluate, a prediction to sample from. */
import * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../shared/hyperparameters';
import { crossEntropy } from './loss';
import type { NeuralModel, Tap } from './models/model';
import { sgd } from './optimizers';

type Variables = Readonly<Record<string, tf.Variable>>;
type Inputs<I extends string> = Record<I, tf.Tensor>;

const noTap: Tap = (_, tensor) => tensor;

/** Int32 x (B, T) and y (B), weights (B), learningRate (): the loss (), and every variable moved one step. */
export function trainingStep(model: NeuralModel, variables: Variables, h: Hyperparameters) {
  return ({ x, y, weights, learningRate }: Inputs<'x' | 'y' | 'weights' | 'learningRate'>): { loss: tf.Tensor } => {
    const { value, grads } = tf.variableGrads(() => {
      const logits = forward(model, variables, x);
      const loss = crossEntropy(logits, y, weights);
      return model.regularisation ? loss.add(model.regularisation(matrices(variables), h)) : loss;
    }, Object.values(variables));
    sgd(Object.values(variables), grads, learningRate);
    return { loss: value };
  };
}

/** Int32 x (B, T) and y (B), weights (B): the weighted sum of the examples' cross-entropies (), in nats. */
export function evaluationLoss(model: NeuralModel, variables: Variables) {
  return ({ x, y, weights }: Inputs<'x' | 'y' | 'weights'>): { loss: tf.Tensor } => ({
    loss: crossEntropy(forward(model, variables, x), y, weights),
  });
}

/** Int32 x (B, T): the probabilities (B, V) of what follows. */
export function prediction(model: NeuralModel, variables: Variables) {
  return ({ x }: Inputs<'x'>): { probs: tf.Tensor } => ({ probs: tf.softmax(forward(model, variables, x)) });
}

function forward(model: NeuralModel, variables: Variables, x: tf.Tensor): tf.Tensor2D {
  return model.forward(matrices(variables), x as tf.Tensor2D, noTap);
}

/** Models call every parameter a matrix; a bias of one dimension is broadcast like one. */
function matrices(variables: Variables): Record<string, tf.Tensor2D> {
  return variables as unknown as Record<string, tf.Tensor2D>;
}
