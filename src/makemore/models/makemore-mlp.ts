import * as tf from '@tensorflow/tfjs-core';
import { embedding, linear } from '../nn';
import { linearDefault, randn } from './initializers';
import { need, type NeuralModel } from './model';

/** Bengio's MLP over whole names: the embeddings of a character and of all before it side by side, BLANK where none is. */
export const makemoreMlp: NeuralModel<'wte' | 'mlp.0.weight' | 'mlp.0.bias' | 'mlp.2.weight' | 'mlp.2.bias'> = {
  kind: 'neural',
  id: 'makemore-mlp',
  title: 'MLP (makemore.py)',
  paper: 'Bengio et al. 2003: A Neural Probabilistic Language Model; makemore.py',
  example: 'sequence',
  optimizer: 'adamw',
  hyperparameters: ['nEmbd', 'nHidden', 'batchSize', 'learningRate', 'weightDecay', 'maxSteps', 'seed'],
  parameters(h, { vocabSize, blockSize }) {
    const nEmbd = need(h, 'nEmbd');
    const nHidden = need(h, 'nHidden');
    const fanIn = blockSize * nEmbd;
    return [
      { name: 'wte', shape: [vocabSize + 1, nEmbd], init: randn }, // the last row is BLANK
      { name: 'mlp.0.weight', shape: [nHidden, fanIn], init: linearDefault(fanIn) },
      { name: 'mlp.0.bias', shape: [nHidden], init: linearDefault(fanIn) },
      { name: 'mlp.2.weight', shape: [vocabSize, nHidden], init: linearDefault(nHidden) },
      { name: 'mlp.2.bias', shape: [vocabSize], init: linearDefault(nHidden) },
    ];
  },
  forward(p, x, { tap }) {
    const [B, T] = x.shape;
    const blank = p.wte.shape[0] - 1;
    // The current character first, then the ones before it.
    const embeddings = Array.from({ length: T }, (_, back) => {
      const before = tf.fill([B, back], blank, 'int32');
      const shifted = back === 0 ? x : tf.concat([before, x.slice([0, 0], [B, T - back])], 1); // (B, T)
      return embedding(p.wte, shifted.flatten()); // (B * T, E)
    });
    const emb = tap('emb', tf.concat(embeddings, 1), 'concatenation'); // (B * T, T * E)
    const h = tap('h', linear(emb, p['mlp.0.weight'], p['mlp.0.bias']).tanh(), 'tanh'); // (B * T, H)
    return linear(h, p['mlp.2.weight'], p['mlp.2.bias']).reshape([B, T, -1]); // (B, T, V)
  },
};
