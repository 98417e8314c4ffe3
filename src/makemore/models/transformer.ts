import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../shared/at';
import { InputError } from '../../shared/errors';
import type { ValuesOf } from '../../shared/hyperparameters';
import { causalMask, embedding, gelu, layerNorm, linear } from '../nn';
import { constant, linearSpecs, merged, randn, type SpecsByName } from './initializers';
import { adamWHyperparameters, defineModel, type Pass, type Tensors } from './model';

/**
 * Blocks of causal self-attention and an MLP, each behind a LayerNorm and beside a residual: a small GPT-2.
 *
 * Source: Vaswani et al. 2017, Attention Is All You Need; Radford et al. 2019 (GPT-2); makemore.py.
 */
export const transformer = defineModel({
  id: 'transformer',
  title: 'Transformer',
  optimizer: 'adamw',
  hyperparameters: ['nEmbd', 'nLayer', 'nHead', ...adamWHyperparameters],
  parameters({ nEmbd: C, nLayer, nHead }, { vocabSize, blockSize }) {
    if (C % nHead !== 0)
      throw new InputError(
        `An embedding of ${C} cannot be divided among ${nHead} heads: n_embd has to be a multiple of n_head.`,
      );
    const { 'lm_head.weight': head } = linearSpecs('lm_head', C, vocabSize); // without its bias
    return {
      wte: { shape: [vocabSize, C], init: randn },
      wpe: { shape: [blockSize, C], init: randn },
      ...merged(Array.from({ length: nLayer }, (_, i) => blockSpecs(`h.${i}`, C))),
      ...normSpecs('ln_f', C),
      'lm_head.weight': head,
    };
  },
  forward(p, idx, pass) {
    const T = idx.shape[1];
    const emb = embedding(p.wte, idx).add<tf.Tensor3D>(p.wpe.slice([0, 0], [T, -1]));
    let x = pass.tap('emb', emb, 'embedding'); // (B, T, C)
    for (let i = 0; i < pass.h.nLayer; i++) {
      x = x.add(attention(layerNorm(x, p, `h.${i}.ln_1`), `h.${i}.attn`, p, pass)); // (B, T, C)
      x = pass.tap(`h.${i}`, x.add(mlp(layerNorm(x, p, `h.${i}.ln_2`), `h.${i}.mlp`, p)), 'block'); // (B, T, C)
    }
    return linear(layerNorm(x, p, 'ln_f'), p, 'lm_head'); // (B, T, V)
  },
});

function blockSpecs(name: string, C: number): SpecsByName {
  return {
    ...normSpecs(`${name}.ln_1`, C),
    ...linearSpecs(`${name}.attn.c_attn`, C, 3 * C),
    ...linearSpecs(`${name}.attn.c_proj`, C, C),
    ...normSpecs(`${name}.ln_2`, C),
    ...linearSpecs(`${name}.mlp.c_fc`, C, 4 * C),
    ...linearSpecs(`${name}.mlp.c_proj`, 4 * C, C),
  };
}

function normSpecs(name: string, C: number): SpecsByName {
  return {
    [`${name}.weight`]: { shape: [C], init: constant(1) },
    [`${name}.bias`]: { shape: [C], init: constant(0) },
  };
}

/** Each character looks at those before it: softmax(q kᵀ / √size) v, for each head by itself. */
function attention(x: tf.Tensor3D, name: string, p: Tensors, { h, tap }: Pass<ValuesOf<'nHead'>>): tf.Tensor3D {
  const [B, T, C] = x.shape;
  const { nHead } = h;
  const parts = tf.split(linear(x, p, `${name}.c_attn`), 3, 2); // three of (B, T, C)
  const heads = (i: number): tf.Tensor =>
    at(parts, i)
      .reshape([B, T, nHead, C / nHead])
      .transpose([0, 2, 1, 3]);
  const [q, k, v] = [heads(0), heads(1), heads(2)]; // (B, heads, T, size)
  const scores = q.matMul(k, false, true).mul(1 / Math.sqrt(C / nHead)); // (B, heads, T, T)
  const att = tap(name, tf.softmax(scores.add(causalMask(T))), 'attention');
  const y = att.matMul(v).transpose([0, 2, 1, 3]).reshape<tf.Tensor3D>([B, T, C]); // heads side by side again
  return linear(y, p, `${name}.c_proj`);
}

function mlp(x: tf.Tensor3D, name: string, p: Tensors): tf.Tensor3D {
  return linear(gelu(linear(x, p, `${name}.c_fc`)), p, `${name}.c_proj`); // (B, T, 4 C) between the two
}
