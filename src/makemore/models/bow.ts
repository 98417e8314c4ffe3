import * as tf from '@tensorflow/tfjs-core';
import { causalMask, embedding, linear } from '../nn';
import { linearDefault, randn } from './initializers';
import { need, type NeuralModel, type ParameterSpec } from './model';

const block = 'context_block.mlp';

/** Every character sees the mean of what came before it: a bag of words, or attention that cannot choose. */
export const bow: NeuralModel = {
  kind: 'neural',
  id: 'bow',
  title: 'Bag of words',
  paper: 'makemore.py: CausalBoW',
  example: 'sequence',
  optimizer: 'adamw',
  hyperparameters: ['nEmbd', 'nHidden', 'batchSize', 'learningRate', 'weightDecay', 'maxSteps', 'seed'],
  parameters(h, { vocabSize, blockSize }) {
    const nEmbd = need(h, 'nEmbd');
    const nHidden = need(h, 'nHidden');
    const linearSpecs = (name: string, fanIn: number, fanOut: number): ParameterSpec[] => [
      { name: `${name}.weight`, shape: [fanOut, fanIn], init: linearDefault(fanIn) },
      { name: `${name}.bias`, shape: [fanOut], init: linearDefault(fanIn) },
    ];
    return [
      { name: 'wte', shape: [vocabSize, nEmbd], init: randn },
      { name: 'wpe', shape: [blockSize, nEmbd], init: randn },
      ...linearSpecs(`${block}.c_fc`, nEmbd, nHidden),
      ...linearSpecs(`${block}.c_proj`, nHidden, nEmbd),
      ...linearSpecs('lm_head', nEmbd, vocabSize),
    ];
  },
  forward(p, x, { tap }) {
    const [B, T] = x.shape;
    const emb = tap('emb', embedding(p.wte, x).add(p.wpe.slice([0, 0], [T, -1])), 'embedding'); // (B, T, E)
    const att = tf.softmax(causalMask(T)); // (T, T): row t has 1 / (t + 1) up to t
    const bag = tf.zeros([B, T, T]).add(att).matMul(emb); // (B, T, E)
    const x1 = emb.add(bag);
    const h = tap('h', linear(x1, p[`${block}.c_fc.weight`], p[`${block}.c_fc.bias`]).tanh(), 'tanh'); // (B, T, H)
    const projected = linear(h, p[`${block}.c_proj.weight`], p[`${block}.c_proj.bias`]);
    const x2 = tap('context_block', x1.add(projected), 'block'); // (B, T, E)
    return linear(x2, p['lm_head.weight'], p['lm_head.bias']); // (B, T, V)
  },
};
