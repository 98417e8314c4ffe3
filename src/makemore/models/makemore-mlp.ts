import * as tf from '@tensorflow/tfjs-core';
import { embedding, linear } from '../nn';
import { linearSpecs, randn } from './initializers';
import { adamWHyperparameters, defineModel } from './model';

/**
 * Bengio's MLP over whole names: the embeddings of a character and of all before it side by side, BLANK where none is.
 *
 * Source: Bengio et al. 2003, A Neural Probabilistic Language Model; makemore.py.
 */
export const makemoreMlp = defineModel({
  id: 'makemore-mlp',
  title: 'MLP (makemore.py)',
  optimizer: 'adamw',
  hyperparameters: ['nEmbd', 'nHidden', ...adamWHyperparameters],
  parameters: ({ nEmbd, nHidden }, { vocabSize, blockSize }) => ({
    wte: { shape: [vocabSize + 1, nEmbd], init: randn }, // the last row is BLANK
    ...linearSpecs('mlp.0', blockSize * nEmbd, nHidden),
    ...linearSpecs('mlp.2', nHidden, vocabSize),
  }),
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
    const h = tap('h', linear(emb, p, 'mlp.0').tanh(), 'tanh'); // (B * T, H)
    return linear(h, p, 'mlp.2').reshape([B, T, -1]); // (B, T, V)
  },
});
