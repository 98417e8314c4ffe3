import * as tf from '@tensorflow/tfjs-core';
import { causalMask, embedding, linear } from '../nn';
import { linearSpecs, randn } from './initializers';
import { adamWHyperparameters, defineModel } from './model';

const block = 'context_block.mlp';

/**
 * Every character sees the mean of what came before it: a bag of words, or attention that cannot choose.
 *
 * Source: makemore.py, CausalBoW.
 */
export const bow = defineModel({
  id: 'bow',
  title: 'Bag of words',
  optimizer: 'adamw',
  hyperparameters: ['nEmbd', 'nHidden', ...adamWHyperparameters],
  parameters: ({ nEmbd, nHidden }, { vocabSize, blockSize }) => ({
    wte: { shape: [vocabSize, nEmbd], init: randn },
    wpe: { shape: [blockSize, nEmbd], init: randn },
    ...linearSpecs(`${block}.c_fc`, nEmbd, nHidden),
    ...linearSpecs(`${block}.c_proj`, nHidden, nEmbd),
    ...linearSpecs('lm_head', nEmbd, vocabSize),
  }),
  forward(p, x, { tap }) {
    const [B, T] = x.shape;
    const emb = tap('emb', embedding(p.wte, x).add(p.wpe.slice([0, 0], [T, -1])), 'embedding'); // (B, T, E)
    const att = tf.softmax(causalMask(T)); // (T, T): row t has 1 / (t + 1) up to t
    const bag = tf.fill([B, T, T], 0).add(att).matMul(emb); // (B, T, E)
    const x1 = emb.add(bag);
    const h = tap('h', linear(x1, p, `${block}.c_fc`).tanh(), 'tanh'); // (B, T, H)
    const x2 = tap('context_block', x1.add(linear(h, p, `${block}.c_proj`)), 'block'); // (B, T, E)
    return linear(x2, p, 'lm_head'); // (B, T, V)
  },
});
