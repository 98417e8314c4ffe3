import type * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../../shared/hyperparameters';
import { InputError } from '../../shared/errors';
import { embedding, statisticsOf } from '../nn';
import { constant, kaiming, randn, scaled } from './initializers';
import { need, type NeuralModel, type ParameterSpec, type Pass } from './model';

const epsilon = 1e-5;
const momentum = 0.1;

/**
 * Characters are joined `groupSize` at a time, layer by layer, until one vector is left: 8, 4, 2, 1. Each layer is
 * FlattenConsecutive, Linear without bias, BatchNorm, tanh.
 */
export const wavenet: NeuralModel = {
  kind: 'neural',
  id: 'wavenet',
  title: 'WaveNet',
  paper: 'van den Oord et al. 2016: WaveNet: A Generative Model for Raw Audio; makemore part 5',
  example: 'context',
  optimizer: 'sgd',
  hyperparameters: [
    ...(['blockSize', 'nEmbd', 'nHidden', 'groupSize', 'normalizeTime', 'lastScale'] as const),
    ...(['batchSize', 'learningRate', 'decayFrom', 'maxSteps', 'seed'] as const),
  ],
  contextLength: h => need(h, 'blockSize'),
  parameters(h, { vocabSize }) {
    const nHidden = need(h, 'nHidden');
    const layers = lengths(h).flatMap((_, i): ParameterSpec[] => {
      const fanIn = need(h, 'groupSize') * (i === 0 ? need(h, 'nEmbd') : nHidden);
      return [
        { name: `W${i + 1}`, shape: [fanIn, nHidden], init: kaiming(1) },
        { name: `gamma${i + 1}`, shape: [nHidden], init: constant(1) },
        { name: `beta${i + 1}`, shape: [nHidden], init: constant(0) },
      ];
    });
    const last = lengths(h).length + 1;
    return [
      { name: 'C', shape: [vocabSize, need(h, 'nEmbd')], init: randn },
      ...layers,
      { name: `W${last}`, shape: [nHidden, vocabSize], init: scaled(kaiming(1), need(h, 'lastScale')) },
      { name: `b${last}`, shape: [vocabSize], init: constant(0) },
    ];
  },
  state(h) {
    const nHidden = need(h, 'nHidden');
    return lengths(h).flatMap((T, i): ParameterSpec[] => {
      // The bug of the lecture: each place in time has statistics of its own.
      const shape = need(h, 'normalizeTime') === 1 || T === 1 ? [1, nHidden] : [1, T, nHidden];
      return [
        { name: `running_mean${i + 1}`, shape, init: constant(0) },
        { name: `running_var${i + 1}`, shape, init: constant(1) },
      ];
    });
  },
  forward(p, idx, pass) {
    const [B] = idx.shape;
    const { h, tap } = pass;
    let x = tap('emb', embedding(p.C, idx), 'embedding'); // (B, T, E)
    lengths(h).forEach((T, i) => {
      const grouped = tap(`x${i + 1}`, x.reshape([B, T, -1]), 'concatenation'); // FlattenConsecutive: (B, T, groupSize * E)
      const linear = grouped
        .reshape([B * T, -1])
        .matMul(p[`W${i + 1}`])
        .reshape([B, T, -1]); // (B, T, H)
      const hpreact = tap(`hpreact${i + 1}`, normalize(linear, i + 1, p, pass), 'preactivation');
      x = tap(`h${i + 1}`, hpreact.tanh(), 'tanh');
    });
    const last = lengths(h).length + 1;
    return x.reshape<tf.Tensor2D>([B, -1]).matMul(p[`W${last}`]).add(p[`b${last}`]); // (B, V)
  },
};

/** Vectors left after each layer; what does not divide evenly cannot be joined. */
function lengths(h: Hyperparameters): number[] {
  const groupSize = need(h, 'groupSize');
  const result: number[] = [];
  for (let T = need(h, 'blockSize'); T > 1;) {
    if (T % groupSize !== 0 || groupSize === 1)
      throw new InputError(
        `A context of ${need(h, 'blockSize')} cannot be joined ${groupSize} at a time: the context length has to be a power of the group size.`,
      );
    result.push((T /= groupSize));
  }
  return result;
}

/** The lecture's BatchNorm1d of x (B, T, H), over the batch and, but for the bug, over time. */
function normalize(x: tf.Tensor, i: number, p: Record<string, tf.Tensor2D>, pass: Pass): tf.Tensor {
  const [B, T, H] = x.shape;
  const rows =
    need(pass.h, 'normalizeTime') === 1 ? x.reshape<tf.Tensor2D>([B * T, H]) : x.reshape<tf.Tensor2D>([B, T * H]);
  const layer = {
    mean: `running_mean${i}`,
    spread: `running_var${i}`,
    gain: `gamma${i}`,
    bias: `beta${i}`,
    keeps: 'variance',
    momentum,
  } as const;
  const { mean, spread } = statisticsOf(rows, layer, pass);
  const xhat = rows.sub(mean).div(spread.add(epsilon).sqrt()).reshape([B, T, H]);
  return p[`gamma${i}`].mul(xhat).add(p[`beta${i}`]); // (B, T, H)
}
