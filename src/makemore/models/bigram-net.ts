import type * as tf from '@tensorflow/tfjs-core';
import { embedding } from '../nn';
import { randn } from './initializers';
import { defineModel } from './model';

/** One linear layer on a one-hot character: the rows of W become the logarithms of the bigram counts. Source: makemore part 1. */
export const bigramNet = defineModel({
  id: 'bigram-net',
  title: 'Bigram net',
  optimizer: 'sgd',
  hyperparameters: ['learningRate', 'regularization', 'batchSize', 'maxSteps', 'seed'],
  parameters: (_, { vocabSize }) => ({ W: { shape: [vocabSize, vocabSize], init: randn } }),
  forward: ({ W }, x) => embedding(W, x.flatten()), // one-hot (B, V) @ (V, V) -> (B, V)
  // Pulls W to 0 and so the probabilities together, as a larger smoothing count does.
  regularization: ({ W }, h) => W.square().mean<tf.Scalar>().mul(h.regularization),
});
