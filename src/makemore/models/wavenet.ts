import type * as tf from '@tensorflow/tfjs-core';
import { InputError } from '../../shared/errors';
import type { ValuesOf } from '../../shared/hyperparameters';
import { models } from '../../shared/models';
import { named } from '../../shared/named';
import { embedding, numberedBatchNorm, statisticsOf } from '../nn';
import { constant, kaiming, randn, scaled, type ParameterSpec } from './initializers';
import { defineModel, sgdHyperparameters, type Pass, type Tensors } from './model';

const { epsilon } = models.wavenet.layers;

const layerHyperparameters = ['groupSize', 'normalizeTime', 'lastScale'] as const;

/**
 * Characters are joined `groupSize` at a time, layer by layer, until one vector is left: 8, 4, 2, 1. Each layer is
 * FlattenConsecutive, Linear without bias, BatchNorm, tanh.
 *
 * Source: van den Oord et al. 2016, WaveNet: A Generative Model for Raw Audio; makemore part 5.
 */
export const wavenet = defineModel({
  id: 'wavenet',
  title: 'WaveNet',
  optimizer: 'sgd',
  hyperparameters: ['blockSize', 'nEmbd', 'nHidden', ...layerHyperparameters, ...sgdHyperparameters],
  parameters(h, { vocabSize }) {
    const { nHidden } = h;
    const joining = lengths(h).flatMap((_, i): [string, ParameterSpec][] => {
      const fanIn = h.groupSize * (i === 0 ? h.nEmbd : nHidden);
      return [
        [`W${i + 1}`, { shape: [fanIn, nHidden], init: kaiming(1) }],
        [`gamma${i + 1}`, { shape: [nHidden], init: constant(1) }],
        [`beta${i + 1}`, { shape: [nHidden], init: constant(0) }],
      ];
    });
    const last = lengths(h).length + 1;
    return {
      C: { shape: [vocabSize, h.nEmbd], init: randn },
      ...Object.fromEntries(joining),
      [`W${last}`]: { shape: [nHidden, vocabSize], init: scaled(kaiming(1), h.lastScale) },
      [`b${last}`]: { shape: [vocabSize], init: constant(0) },
    };
  },
  state(h) {
    const all = lengths(h).flatMap((T, i): [string, ParameterSpec][] => {
      // The bug of the lecture: each place in time has statistics of its own.
      const shape: ParameterSpec['shape'] = h.normalizeTime === 1 || T === 1 ? [1, h.nHidden] : [1, T, h.nHidden];
      return [
        [`running_mean${i + 1}`, { shape, init: constant(0) }],
        [`running_var${i + 1}`, { shape, init: constant(1) }],
      ];
    });
    return Object.fromEntries(all);
  },
  forward(p, idx, pass) {
    const [B] = idx.shape;
    const { h, tap } = pass;
    let x = tap('emb', embedding(p.C, idx), 'embedding'); // (B, T, E)
    lengths(h).forEach((T, i) => {
      const grouped = tap(`x${i + 1}`, x.reshape([B, T, -1]), 'concatenation'); // FlattenConsecutive: (B, T, groupSize * E)
      const linear = grouped
        .reshape([B * T, -1])
        .matMul(named(p, `W${i + 1}`))
        .reshape<tf.Tensor3D>([B, T, -1]); // (B, T, H)
      const hpreact = tap(`hpreact${i + 1}`, normalize(linear, i + 1, p, pass), 'preactivation');
      x = tap(`h${i + 1}`, hpreact.tanh(), 'tanh');
    });
    const last = lengths(h).length + 1;
    return x
      .reshape([B, -1])
      .matMul(named(p, `W${last}`))
      .add(named(p, `b${last}`)); // (B, V)
  },
});

/** Vectors left after each layer; what does not divide evenly cannot be joined. */
function lengths({ blockSize, groupSize }: ValuesOf<'blockSize' | 'groupSize'>): number[] {
  const result: number[] = [];
  let T = blockSize;
  do {
    if (T % groupSize !== 0 || groupSize === 1)
      throw new InputError(
        `A context of ${blockSize} cannot be joined ${groupSize} at a time: the context length has to be a power of the group size.`,
      );
    result.push((T /= groupSize));
  } while (T > 1);
  return result;
}

/** The lecture's BatchNorm1d of x (B, T, H), over the batch and, except in the bug, over time. */
function normalize(x: tf.Tensor3D, i: number, p: Tensors, pass: Pass<ValuesOf<'normalizeTime'>>): tf.Tensor3D {
  const [B, T, H] = x.shape;
  const rows = x.reshape<tf.Tensor2D>(pass.h.normalizeTime === 1 ? [B * T, H] : [B, T * H]);
  const layer = numberedBatchNorm(i);
  const { mean, spread } = statisticsOf(rows, layer, pass);
  const xhat = rows.sub(mean).div(spread.add(epsilon).sqrt()).reshape([B, T, H]);
  return named(p, layer.gain).mul(xhat).add(named(p, layer.bias)); // (B, T, H)
}
