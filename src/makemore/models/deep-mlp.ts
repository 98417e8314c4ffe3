import type * as tf from '@tensorflow/tfjs-core';
import type { ValuesOf } from '../../shared/hyperparameters';
import { models } from '../../shared/models';
import { named } from '../../shared/named';
import { embedding, matrix, numberedBatchNorm, statisticsOf, type NormalizingPass } from '../nn';
import { constant, kaiming, randn, scaled, type ParameterSpec } from './initializers';
import { defineModel, sgdHyperparameters, type Tensors } from './model';

const { epsilon } = models['deep-mlp'].layers;

const layerHyperparameters = ['nLayer', 'tanh', 'batchNorm', 'gain', 'lastScale'] as const;

/**
 * As many tanh layers as wanted, each with batch normalization before the tanh, and a last linear layer: part 3's
 * "PyTorch-ified" net. Gain, tanh and batch normalization can be switched off, to see what each of them is for.
 *
 * Source: Ioffe and Szegedy 2015, Batch Normalization; makemore part 3.
 */
export const deepMlp = defineModel({
  id: 'deep-mlp',
  title: 'Deep MLP',
  optimizer: 'sgd',
  hyperparameters: ['blockSize', 'nEmbd', 'nHidden', ...layerHyperparameters, ...sgdHyperparameters],
  parameters(h, { vocabSize }) {
    const all = widths(h, vocabSize).flatMap(({ fanIn, fanOut, isLast }, i): [string, ParameterSpec][] => {
      const last = isLast ? h.lastScale : 1; // makes the first predictions less confident
      const weight = scaled(kaiming(1), isLast ? 1 : h.gain);
      if (h.batchNorm !== 1)
        return [
          [`W${i + 1}`, { shape: [fanIn, fanOut], init: scaled(weight, last) }],
          [`b${i + 1}`, { shape: [fanOut], init: constant(0) }],
        ];
      return [
        [`W${i + 1}`, { shape: [fanIn, fanOut], init: weight }],
        [`gamma${i + 1}`, { shape: [fanOut], init: constant(last) }],
        [`beta${i + 1}`, { shape: [fanOut], init: constant(0) }],
      ];
    });
    return { C: { shape: [vocabSize, h.nEmbd], init: randn }, ...Object.fromEntries(all) };
  },
  state(h, { vocabSize }) {
    if (h.batchNorm !== 1) return {};
    const all = widths(h, vocabSize).flatMap(({ fanOut }, i): [string, ParameterSpec][] => [
      [`running_mean${i + 1}`, { shape: [1, fanOut], init: constant(0) }],
      [`running_var${i + 1}`, { shape: [1, fanOut], init: constant(1) }],
    ]);
    return Object.fromEntries(all);
  },
  forward(p, x, pass) {
    const { h, tap } = pass;
    const emb = tap('emb', embedding(p.C, x), 'embedding'); // (B, T) -> (B, T, E)
    let a = tap('embcat', emb.reshape<tf.Tensor2D>([x.shape[0], -1]), 'concatenation'); // (B, T * E)
    for (let i = 1; i <= h.nLayer + 1; i++) {
      const linear = a.matMul(named(p, `W${i}`)); // (B, H), the last one (B, V)
      a = h.batchNorm === 1 ? normalize(linear, i, p, pass) : linear.add(named(p, `b${i}`));
      if (i > h.nLayer) continue;
      a = tap(`hpreact${i}`, a, 'preactivation');
      if (h.tanh === 1) a = tap(`h${i}`, a.tanh(), 'tanh');
    }
    return a;
  },
});

interface Width {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly isLast: boolean;
}

/** Of each linear layer, the last of which gives the logits. */
function widths(h: ValuesOf<'blockSize' | 'nEmbd' | 'nHidden' | 'nLayer'>, vocabSize: number): Width[] {
  return Array.from({ length: h.nLayer + 1 }, (_, i) => {
    const isLast = i === h.nLayer;
    return { fanIn: i === 0 ? h.blockSize * h.nEmbd : h.nHidden, fanOut: isLast ? vocabSize : h.nHidden, isLast };
  });
}

/** The lecture's BatchNorm1d of x (B, H): unlike PyTorch's own, its variances are unbiased, the running one too. */
function normalize(x: tf.Tensor, i: number, p: Tensors, pass: NormalizingPass): tf.Tensor2D {
  const layer = numberedBatchNorm(i);
  const { mean, spread } = statisticsOf(matrix(x), layer, pass);
  const xhat = x.sub(mean).div(spread.add(epsilon).sqrt()); // (B, H)
  return named(p, layer.gain).mul(xhat).add(named(p, layer.bias));
}
