import * as tf from '@tensorflow/tfjs-core';
import { InputError } from '../../shared/errors';
import { causalMask, embedding, gelu, layerNorm, linear } from '../nn';
import { constant, linearDefault, randn } from './initializers';
import { need, type NeuralModel, type ParameterSpec, type Pass } from './model';

type Parameters = Record<string, tf.Tensor2D>;

/** Blocks of causal self-attention and an MLP, each behind a LayerNorm and beside a residual: a small GPT-2. */
export const transformer: NeuralModel = {
  kind: 'neural',
  id: 'transformer',
  title: 'Transformer',
  paper: 'Vaswani et al. 2017: Attention Is All You Need; Radford et al. 2019 (GPT-2); makemore.py',
  example: 'sequence',
  optimizer: 'adamw',
  hyperparameters: ['nEmbd', 'nLayer', 'nHead', 'batchSize', 'learningRate', 'weightDecay', 'maxSteps', 'seed'],
  parameters(h, { vocabSize, blockSize }) {
    const C = need(h, 'nEmbd');
    if (C % need(h, 'nHead') !== 0)
      throw new InputError(
        `An embedding of ${C} cannot be divided among ${need(h, 'nHead')} heads: n_embd has to be a multiple of n_head.`,
      );
    const linearSpecs = (name: string, fanIn: number, fanOut: number): ParameterSpec[] => [
      { name: `${name}.weight`, shape: [fanOut, fanIn], init: linearDefault(fanIn) },
      { name: `${name}.bias`, shape: [fanOut], init: linearDefault(fanIn) },
    ];
    const norm = (name: string): ParameterSpec[] => [
      { name: `${name}.weight`, shape: [C], init: constant(1) },
      { name: `${name}.bias`, shape: [C], init: constant(0) },
    ];
    const blocks = Array.from({ length: need(h, 'nLayer') }, (_, i) => [
      ...norm(`h.${i}.ln_1`),
      ...linearSpecs(`h.${i}.attn.c_attn`, C, 3 * C),
      ...linearSpecs(`h.${i}.attn.c_proj`, C, C),
      ...norm(`h.${i}.ln_2`),
      ...linearSpecs(`h.${i}.mlp.c_fc`, C, 4 * C),
      ...linearSpecs(`h.${i}.mlp.c_proj`, 4 * C, C),
    ]).flat();
    return [
      { name: 'wte', shape: [vocabSize, C], init: randn },
      { name: 'wpe', shape: [blockSize, C], init: randn },
      ...blocks,
      ...norm('ln_f'),
      { name: 'lm_head.weight', shape: [vocabSize, C], init: linearDefault(C) },
    ];
  },
  forward(p, idx, pass) {
    const T = idx.shape[1];
    let x = pass.tap('emb', embedding(p.wte, idx).add(p.wpe.slice([0, 0], [T, -1])), 'embedding'); // (B, T, C)
    for (let i = 0; i < need(pass.h, 'nLayer'); i++) {
      const normed = layerNorm(x, p[`h.${i}.ln_1.weight`], p[`h.${i}.ln_1.bias`]);
      x = x.add(attention(normed, `h.${i}.attn`, p, pass)); // (B, T, C)
      const again = layerNorm(x, p[`h.${i}.ln_2.weight`], p[`h.${i}.ln_2.bias`]);
      x = pass.tap(`h.${i}`, x.add(mlp(again, `h.${i}.mlp`, p)), 'block'); // (B, T, C)
    }
    return linear(layerNorm(x, p['ln_f.weight'], p['ln_f.bias']), p['lm_head.weight']); // (B, T, V)
  },
};

/** Each character looks at those before it: softmax(q kᵀ / √size) v, for each head by itself. */
function attention(x: tf.Tensor, name: string, p: Parameters, { h, tap }: Pass): tf.Tensor {
  const [B, T, C] = x.shape;
  const nHead = need(h, 'nHead');
  const qkv = linear(x, p[`${name}.c_attn.weight`], p[`${name}.c_attn.bias`]); // (B, T, 3 C)
  const [q, k, v] = tf.split(qkv, 3, 2).map(part => part.reshape([B, T, nHead, C / nHead]).transpose([0, 2, 1, 3])); // (B, heads, T, size)
  const scores = q.matMul(k, false, true).mul(1 / Math.sqrt(C / nHead)); // (B, heads, T, T)
  const att = tap(name, tf.softmax(scores.add(causalMask(T))), 'attention');
  const y = att.matMul(v).transpose([0, 2, 1, 3]).reshape([B, T, C]); // heads side by side again
  return linear(y, p[`${name}.c_proj.weight`], p[`${name}.c_proj.bias`]);
}

function mlp(x: tf.Tensor, name: string, p: Parameters): tf.Tensor {
  const hidden = gelu(linear(x, p[`${name}.c_fc.weight`], p[`${name}.c_fc.bias`])); // (B, T, 4 C)
  return linear(hidden, p[`${name}.c_proj.weight`], p[`${name}.c_proj.bias`]);
}
