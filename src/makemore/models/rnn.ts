import * as tf from '@tensorflow/tfjs-core';
import { recurrentModel } from './recurrent';

/** h' = tanh(W [x, h] + b). */
export const rnn = recurrentModel({
  id: 'rnn',
  title: 'RNN',
  paper: 'Mikolov et al. 2010: Recurrent neural network based language model; makemore.py',
  cell: {
    gates: ['xh_to_h'],
    step: (gate, x, h) => gate('xh_to_h', tf.concat([x, h], 1)).tanh(),
  },
  tapKind: 'tanh',
});
