import * as tf from '@tensorflow/tfjs-core';
import { embedding } from '../nn';
import { randn } from './initializers';
import { need, type NeuralModel } from './model';

/** One linear layer on a one-hot character: the rows of W become the logarithms of the bigram counts. */
export const bigramNet: NeuralModel<'W'> = {
  kind: 'neural',
  id: 'bigram-net',
  title: 'Bigram net',
  paper: 'makemore part 1',
  example: 'context',
  optimizer: 'sgd',
  hyperparameters: ['learningRate', 'regularization', 'batchSize', 'maxSteps', 'seed'],
  contextLength: () => 1,
  parameters: (_, { vocabSize }) => [{ name: 'W', shape: [vocabSize, vocabSize], init: randn }],
  forward: ({ W }, x) => embedding(W, x.flatten()), // one-hot (B, V) @ (V, V) -> (B, V)
  // Pulls W to 0 and so the probabilities together, as a larger smoothing count does.
  regularization: ({ W }, h) => W.square().mean<tf.Scalar>().mul(need(h, 'regularization')),
};
