import * as tf from '@tensorflow/tfjs-core';
import { embedding } from '../nn';
import { randn } from './initializers';
import { defineModel } from './model';

/**
 * A single linear neuron on a one-hot character: a first attempt that cannot work. It has one output for all characters
 * that might follow, softmax looks at differences only, and so the loss stays ln V and no gradient reaches the neuron.
 *
 * Source: makemore part 1, the attempt before the net.
 */
export const oneNeuron = defineModel({
  id: 'one-neuron',
  title: 'One neuron',
  optimizer: 'sgd',
  hyperparameters: ['learningRate', 'batchSize', 'maxSteps', 'seed'],
  parameters: (_, { vocabSize }) => ({ W: { shape: [vocabSize, 1], init: randn } }),
  forward({ W }, x) {
    const output = embedding(W, x.flatten()); // one-hot (B, V) @ (V, 1) -> (B, 1)
    return tf.fill([x.shape[0], W.shape[0]], 0).add(output); // the same for every character: (B, V)
  },
});
