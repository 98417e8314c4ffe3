import * as tf from '@tensorflow/tfjs-core';
import { recurrentModel } from './recurrent';

/**
 * h' = (1 − z) h + z tanh(W [x, r h] + b), with gates z and r of [x, h].
 *
 * Source: Cho et al. 2014, On the Properties of Neural Machine Translation; makemore.py.
 */
export const gru = recurrentModel({
  id: 'gru',
  title: 'GRU',
  cell: {
    gates: ['xh_to_z', 'xh_to_r', 'xh_to_hbar'],
    step(gate, x, h) {
      const xh = tf.concat([x, h], 1); // (B, E + H)
      const r = gate('xh_to_r', xh).sigmoid();
      const hbar = gate('xh_to_hbar', tf.concat([x, r.mul(h)], 1)).tanh();
      const z = gate('xh_to_z', xh).sigmoid();
      return tf.scalar(1).sub(z).mul(h).add(z.mul(hbar));
    },
  },
  tapKind: 'hidden',
});
