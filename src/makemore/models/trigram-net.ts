import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from '../nn';
import { randn } from './initializers';
import { defineModel } from './model';

/**
 * One linear layer on the one-hot rows of two characters side by side: it adds what each of them votes for.
 *
 * Source: makemore part 1, exercise 1.
 */
export const trigramNet = defineModel({
  id: 'trigram-net',
  title: 'Trigram net',
  optimizer: 'sgd',
  hyperparameters: ['learningRate', 'regularization', 'batchSize', 'maxSteps', 'seed'],
  parameters: (_, { vocabSize }) => ({ W: { shape: [2 * vocabSize, vocabSize], init: randn } }),
  forward({ W }, x, { tap }) {
    const V = W.shape[1];
    const pairs = tf.unstack(x, 1).map(character => oneHot(character, V)); // two of (B, V)
    const xenc = tap('xenc', tf.concat<tf.Tensor2D>(pairs, 1), 'concatenation');
    return xenc.matMul(W); // (B, 2 V) @ (2 V, V) -> (B, V)
  },
  regularization: ({ W }, h) => W.square().mean<tf.Scalar>().mul(h.regularization),
});
