import type * as tf from '@tensorflow/tfjs-core';
import { embedding } from '../nn';
import { need, randn, type NeuralModel } from './model';

/** Embeddings of the last characters side by side, a tanh layer, a linear layer. */
export const mlp: NeuralModel<'C' | 'W1' | 'b1' | 'W2' | 'b2'> = {
  kind: 'neural',
  id: 'mlp',
  title: 'MLP',
  paper: 'Bengio et al. 2003: A Neural Probabilistic Language Model',
  hyperparameters: ['blockSize', 'nEmbd', 'nHidden', 'batchSize', 'learningRate', 'decayFrom', 'maxSteps', 'seed'],
  blockSize: h => need(h, 'blockSize'),
  parameters(h, vocabSize) {
    const nEmbd = need(h, 'nEmbd');
    const nHidden = need(h, 'nHidden');
    return [
      { name: 'C', shape: [vocabSize, nEmbd], init: randn },
      { name: 'W1', shape: [need(h, 'blockSize') * nEmbd, nHidden], init: randn },
      { name: 'b1', shape: [nHidden], init: randn },
      { name: 'W2', shape: [nHidden, vocabSize], init: randn },
      { name: 'b2', shape: [vocabSize], init: randn },
    ];
  },
  forward({ C, W1, b1, W2, b2 }, x, tap) {
    const B = x.shape[0];
    const emb = embedding(C, x).reshape<tf.Tensor2D>([B, -1]); // (B, T) -> (B, T * E)
    const h = tap('h', emb.matMul(W1).add(b1).tanh()); // (B, H)
    return h.matMul(W2).add(b2); // (B, V)
  },
};
