import * as tf from '@tensorflow/tfjs-core';
import { recurrentModel } from './recurrent';

/**
 * h' = tanh(W [x, h] + b).
 *
 * Source: Mikolov et al. 2010, Recurrent Neural Network Based Language Model; makemore.py.
 */
export const rnn = recurrentModel({
  id: 'rnn',
  title: 'RNN',
  cell: {
    gates: ['xh_to_h'],
    step: (gate, x, h) => gate('xh_to_h', tf.concat([x, h], 1)).tanh(),
  },
  tapKind: 'tanh',
});
