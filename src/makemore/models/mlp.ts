import type * as tf from '@tensorflow/tfjs-core';
import { embedding, statisticsOf } from '../nn';
import { constant, kaiming, randn, scaled } from './initializers';
import { need, type NeuralModel, type Pass } from './model';

/** The lecture's first BatchNorm. */
const layer = {
  mean: 'bnmean_running',
  spread: 'bnstd_running',
  gain: 'bngain',
  bias: 'bnbias',
  keeps: 'std',
  momentum: 0.001,
} as const;

/**
 * Embeddings of the last characters side by side, a tanh layer, a linear layer. With batch normalization the tanh
 * layer's input is normalized and has no bias of its own.
 */
export const mlp: NeuralModel<
  'C' | 'W1' | 'b1' | 'W2' | 'b2' | 'bngain' | 'bnbias',
  'bnmean_running' | 'bnstd_running'
> = {
  kind: 'neural',
  id: 'mlp',
  title: 'MLP',
  paper: 'Bengio et al. 2003: A Neural Probabilistic Language Model; Ioffe and Szegedy 2015: Batch Normalization',
  example: 'context',
  optimizer: 'sgd',
  hyperparameters: [
    ...(['blockSize', 'nEmbd', 'nHidden', 'batchNorm', 'gain', 'w1Scale', 'b1Scale', 'w2Scale', 'b2Scale'] as const),
    ...(['batchSize', 'learningRate', 'decayFrom', 'maxSteps', 'seed'] as const),
  ],
  contextLength: h => need(h, 'blockSize'),
  parameters(h, { vocabSize }) {
    const nEmbd = need(h, 'nEmbd');
    const nHidden = need(h, 'nHidden');
    const gain = need(h, 'gain');
    const isNormalized = need(h, 'batchNorm') === 1;
    return [
      { name: 'C', shape: [vocabSize, nEmbd], init: randn },
      {
        name: 'W1',
        shape: [need(h, 'blockSize') * nEmbd, nHidden],
        init: scaled(gain > 0 ? kaiming(gain) : randn, need(h, 'w1Scale')),
      },
      ...(isNormalized ? [] : [{ name: 'b1', shape: [nHidden], init: scaled(randn, need(h, 'b1Scale')) } as const]),
      { name: 'W2', shape: [nHidden, vocabSize], init: scaled(randn, need(h, 'w2Scale')) },
      { name: 'b2', shape: [vocabSize], init: scaled(randn, need(h, 'b2Scale')) },
      ...(isNormalized
        ? ([
            { name: 'bngain', shape: [1, nHidden], init: constant(1) },
            { name: 'bnbias', shape: [1, nHidden], init: constant(0) },
          ] as const)
        : []),
    ];
  },
  state(h) {
    if (need(h, 'batchNorm') !== 1) return [];
    const shape = [1, need(h, 'nHidden')] as const;
    return [
      { name: 'bnmean_running', shape, init: constant(0) },
      { name: 'bnstd_running', shape, init: constant(1) },
    ];
  },
  forward({ C, W1, b1, W2, b2, bngain, bnbias }, x, pass) {
    const { tap } = pass;
    const emb = tap('emb', embedding(C, x), 'embedding'); // (B, T) -> (B, T, E)
    const embcat = tap('embcat', emb.reshape<tf.Tensor2D>([x.shape[0], -1]), 'concatenation'); // (B, T * E)
    const linear = embcat.matMul(W1); // (B, H)
    const isNormalized = need(pass.h, 'batchNorm') === 1;
    const hpreact = isNormalized ? normalize(linear, bngain, bnbias, pass) : linear.add<tf.Tensor2D>(b1);
    const h: tf.Tensor2D = tap('h', tap('hpreact', hpreact, 'preactivation').tanh<tf.Tensor2D>(), 'tanh'); // (B, H)
    return h.matMul(W2).add(b2); // (B, V)
  },
};

/** x (B, H) by the standard deviation, without eps. */
function normalize(x: tf.Tensor, gain: tf.Tensor2D, bias: tf.Tensor2D, pass: Pass): tf.Tensor2D {
  const { mean, spread } = statisticsOf(x as tf.Tensor2D, layer, pass);
  return gain.mul(x.sub(mean)).div(spread).add(bias);
}
