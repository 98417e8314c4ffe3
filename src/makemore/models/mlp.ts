import type * as tf from '@tensorflow/tfjs-core';
import { named } from '../../shared/named';
import { embedding, matrix, statisticsOf, type NormalizingPass } from '../nn';
import { constant, kaiming, randn, scaled } from './initializers';
import { defineModel, sgdHyperparameters, type Tensors } from './model';

/** The lecture's first BatchNorm. */
const layer = {
  mean: 'bnmean_running',
  spread: 'bnstd_running',
  gain: 'bngain',
  bias: 'bnbias',
  keeps: 'std',
  momentum: 0.001,
} as const;

const scales = ['gain', 'w1Scale', 'b1Scale', 'w2Scale', 'b2Scale'] as const;

/**
 * Embeddings of the last characters side by side, a tanh layer, a linear layer. With batch normalization the tanh
 * layer's input is normalized and has no bias of its own.
 *
 * Source: Bengio et al. 2003, A Neural Probabilistic Language Model; Ioffe and Szegedy 2015, Batch Normalization; makemore
 * parts 2 and 3.
 */
export const mlp = defineModel({
  id: 'mlp',
  title: 'MLP',
  optimizer: 'sgd',
  hyperparameters: ['blockSize', 'nEmbd', 'nHidden', 'batchNorm', ...scales, ...sgdHyperparameters],
  parameters(h, { vocabSize }) {
    const { nEmbd, nHidden, gain } = h;
    const normalized = h.batchNorm === 1;
    return {
      C: { shape: [vocabSize, nEmbd], init: randn },
      W1: { shape: [h.blockSize * nEmbd, nHidden], init: scaled(gain > 0 ? kaiming(gain) : randn, h.w1Scale) },
      b1: normalized ? undefined : { shape: [nHidden], init: scaled(randn, h.b1Scale) },
      W2: { shape: [nHidden, vocabSize], init: scaled(randn, h.w2Scale) },
      b2: { shape: [vocabSize], init: scaled(randn, h.b2Scale) },
      bngain: normalized ? { shape: [1, nHidden], init: constant(1) } : undefined,
      bnbias: normalized ? { shape: [1, nHidden], init: constant(0) } : undefined,
    };
  },
  state(h) {
    if (h.batchNorm !== 1) return {};
    return {
      bnmean_running: { shape: [1, h.nHidden], init: constant(0) },
      bnstd_running: { shape: [1, h.nHidden], init: constant(1) },
    };
  },
  forward(p, x, pass) {
    const { C, W1, b1, W2, b2 } = p;
    const { tap } = pass;
    const emb = tap('emb', embedding(C, x), 'embedding'); // (B, T) -> (B, T, E)
    const embcat = tap('embcat', emb.reshape<tf.Tensor2D>([x.shape[0], -1]), 'concatenation'); // (B, T * E)
    const linear = embcat.matMul(W1); // (B, H)
    const hpreact = b1 ? linear.add<tf.Tensor2D>(b1) : normalize(linear, p, pass);
    const h = tap('h', tap('hpreact', hpreact, 'preactivation').tanh(), 'tanh'); // (B, H)
    return h.matMul(W2).add(b2); // (B, V)
  },
});

/** x (B, H) by the standard deviation, with no epsilon. */
function normalize(x: tf.Tensor, p: Tensors, pass: NormalizingPass): tf.Tensor2D {
  const { mean, spread } = statisticsOf(matrix(x), layer, pass);
  return named(p, layer.gain).mul(x.sub(mean)).div(spread).add(named(p, layer.bias));
}
