import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'; // a.matMul(b) reads like the paper

/**
 * Rows of a table: int32 x of any shape (…) and table (V, E) give (…, E).
 *
 * One-hot times table is what part 1 shows an embedding to be; it is also what tfjs's WebAssembly backend can
 * differentiate, as `gather` lacks a gradient there (tensorflow/tfjs#8082). The compiled engine makes a gather of it.
 */
export function embedding(table: tf.Tensor2D, x: tf.Tensor): tf.Tensor {
  const [vocabSize, nEmbd] = table.shape;
  return oneHot(x.flatten(), vocabSize)
    .matMul(table) // (N, E)
    .reshape([...x.shape, nEmbd]);
}

/** int32 indices (N) as float32 rows (N, depth), one 1 in each. Cast, since the wasm kernel writes integers whatever it is asked for. */
export function oneHot(indices: tf.Tensor, depth: number): tf.Tensor2D {
  const rows: tf.Tensor = tf.oneHot(indices, depth);
  return rows.toFloat() as tf.Tensor2D;
}

/** A layer that normalizes: what it calls its running statistics and parameters, and how much of the former a batch replaces. */
export interface BatchNorm {
  readonly mean: string;
  /** Standard deviation or variance, whichever the lecture keeps. */
  readonly spread: string;
  readonly gain: string;
  readonly bias: string;
  readonly keeps: 'std' | 'variance';
  readonly momentum: number;
}

/**
 * Mean and spread (1, H) by which x (N, H) is normalized: in training those of the batch, which also move the running
 * ones; the running ones otherwise. The variance is unbiased, as `x.var(0, keepdim=True)`.
 */
export function statisticsOf(
  x: tf.Tensor2D,
  layer: BatchNorm,
  pass: NormalizingPass,
): { mean: tf.Tensor; spread: tf.Tensor } {
  pass.observe?.(layer, x);
  const [runningMean, runningSpread] = [pass.state[layer.mean], pass.state[layer.spread]];
  const shape = [1, x.shape[1]];
  if (!pass.training) return { mean: runningMean.reshape(shape), spread: runningSpread.reshape(shape) };
  const mean = x.mean(0, true);
  const variance = x
    .sub(mean)
    .square()
    .sum(0, true)
    .div(x.shape[0] - 1);
  const spread = layer.keeps === 'std' ? variance.sqrt() : variance;
  updateRunning(runningMean, mean, layer.momentum);
  updateRunning(runningSpread, spread, layer.momentum);
  return { mean, spread };
}

/** What of a forward pass a BatchNorm looks at. */
interface NormalizingPass {
  readonly training: boolean;
  readonly state: Readonly<Record<string, tf.Variable>>;
  readonly observe?: ((layer: BatchNorm, x: tf.Tensor2D) => void) | undefined;
}

/** running ← (1 − momentum) · running + momentum · now: outside of the gradients. */
function updateRunning(running: tf.Variable, now: tf.Tensor, momentum: number): void {
  running.assign(running.mul(1 - momentum).add(now.reshape(running.shape).mul(momentum)));
}

/** `nn.Linear`: x (…, in), weight (out, in), bias (out) give (…, out). Flattened to two dimensions, of which tfjs knows the gradient. */
export function linear(x: tf.Tensor, weight: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
  const [fanOut, fanIn] = weight.shape;
  const product = x.reshape([-1, fanIn]).matMul(weight, false, true);
  return (bias ? product.add(bias) : product).reshape([...x.shape.slice(0, -1), fanOut]);
}

/** `nn.LayerNorm` over the last dimension: its variance is the biased one. */
export function layerNorm(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, epsilon = 1e-5): tf.Tensor {
  const centered = x.sub(x.mean(-1, true));
  const variance = centered.square().mean(-1, true);
  return centered.div(variance.add(epsilon).sqrt()).mul(weight).add(bias);
}

/** GELU by tanh, as GPT-2 has it (Hendrycks and Gimpel 2016). */
export function gelu(x: tf.Tensor): tf.Tensor {
  const inner = x.add(x.square().mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return x.mul(0.5).mul(inner.tanh().add(1));
}

/** (T, T): 0 where row t may look at column s ≤ t, −∞ elsewhere: added before a softmax. */
export function causalMask(T: number): tf.Tensor2D {
  const rows = Array.from({ length: T }, (_, t) => Array.from({ length: T }, (_value, s) => (s <= t ? 0 : -Infinity)));
  return tf.tensor2d(rows);
}
