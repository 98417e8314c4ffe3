import type * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../../shared/hyperparameters';
import { embedding, statisticsOf } from '../nn';
import { constant, kaiming, randn, scaled } from './initializers';
import { need, type NeuralModel, type ParameterSpec, type Pass } from './model';

const epsilon = 1e-5;
const momentum = 0.1;

/**
 * As many tanh layers as wanted, each with batch normalization before the tanh, and a last linear layer: part 3's
 * "PyTorch-ified" net. Gain, tanh and batch normalization can be switched off, to see what each of them is for.
 */
export const deepMlp: NeuralModel = {
  kind: 'neural',
  id: 'deep-mlp',
  title: 'Deep MLP',
  paper: 'Ioffe and Szegedy 2015: Batch Normalization; makemore part 3',
  example: 'context',
  optimizer: 'sgd',
  hyperparameters: [
    ...(['blockSize', 'nEmbd', 'nHidden', 'nLayer', 'tanh', 'batchNorm', 'gain', 'lastScale'] as const),
    ...(['batchSize', 'learningRate', 'decayFrom', 'maxSteps', 'seed'] as const),
  ],
  contextLength: h => need(h, 'blockSize'),
  parameters(h, { vocabSize }) {
    const lastScale = need(h, 'lastScale');
    const isNormalized = need(h, 'batchNorm') === 1;
    const layers = widths(h, vocabSize).flatMap(([fanIn, fanOut], i, all): ParameterSpec[] => {
      const isLast = i === all.length - 1;
      const last = isLast ? lastScale : 1; // makes the first predictions less confident
      const weight = scaled(kaiming(1), isLast ? 1 : need(h, 'gain'));
      if (!isNormalized)
        return [
          { name: `W${i + 1}`, shape: [fanIn, fanOut], init: scaled(weight, last) },
          { name: `b${i + 1}`, shape: [fanOut], init: constant(0) },
        ];
      return [
        { name: `W${i + 1}`, shape: [fanIn, fanOut], init: weight },
        { name: `gamma${i + 1}`, shape: [fanOut], init: constant(last) },
        { name: `beta${i + 1}`, shape: [fanOut], init: constant(0) },
      ];
    });
    return [{ name: 'C', shape: [vocabSize, need(h, 'nEmbd')], init: randn }, ...layers];
  },
  state(h, { vocabSize }) {
    if (need(h, 'batchNorm') !== 1) return [];
    return widths(h, vocabSize).flatMap(([, fanOut], i): ParameterSpec[] => [
      { name: `running_mean${i + 1}`, shape: [1, fanOut], init: constant(0) },
      { name: `running_var${i + 1}`, shape: [1, fanOut], init: constant(1) },
    ]);
  },
  forward(p, x, pass) {
    const { h, tap } = pass;
    const nLayer = need(h, 'nLayer');
    const emb = tap('emb', embedding(p.C, x), 'embedding'); // (B, T) -> (B, T, E)
    let a = tap('embcat', emb.reshape<tf.Tensor2D>([x.shape[0], -1]), 'concatenation'); // (B, T * E)
    for (let i = 1; i <= nLayer + 1; i++) {
      const linear = a.matMul(p[`W${i}`]); // (B, H), the last one (B, V)
      a = need(h, 'batchNorm') === 1 ? normalize(linear, i, p, pass) : linear.add(p[`b${i}`]);
      if (i > nLayer || need(h, 'tanh') !== 1) continue;
      a = tap(`hpreact${i}`, a, 'preactivation');
      a = tap(`h${i}`, a.tanh(), 'tanh');
    }
    return a;
  },
};

/** [fan_in, fan_out] of each linear layer, the last of which gives the logits. */
function widths(h: Hyperparameters, vocabSize: number): [fanIn: number, fanOut: number][] {
  const nHidden = need(h, 'nHidden');
  const first = need(h, 'blockSize') * need(h, 'nEmbd');
  return Array.from({ length: need(h, 'nLayer') + 1 }, (_, i) => [
    i === 0 ? first : nHidden,
    i === need(h, 'nLayer') ? vocabSize : nHidden,
  ]);
}

/** The lecture's BatchNorm1d of x (B, H): unlike PyTorch's own, its variances are unbiased, the running one too. */
function normalize(x: tf.Tensor, i: number, p: Record<string, tf.Tensor2D>, pass: Pass): tf.Tensor2D {
  const layer = {
    mean: `running_mean${i}`,
    spread: `running_var${i}`,
    gain: `gamma${i}`,
    bias: `beta${i}`,
    keeps: 'variance',
    momentum,
  } as const;
  const { mean, spread } = statisticsOf(x as tf.Tensor2D, layer, pass);
  const xhat = x.sub(mean).div(spread.add(epsilon).sqrt()); // (B, H)
  return p[`gamma${i}`].mul(xhat).add(p[`beta${i}`]);
}
