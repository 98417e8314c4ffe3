import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'; // a.matMul(b) reads like the paper
import { named } from '../shared/named';

type Tensors = Readonly<Record<string, tf.Tensor | undefined>>;

/** The same tensor, known to have two dimensions. @throws RangeError if it has not */
export function matrix(tensor: tf.Tensor): tf.Tensor2D {
  if (isMatrix(tensor)) return tensor;
  throw new RangeError(`A tensor of shape (${tensor.shape.join(', ')}) is not a matrix.`);
}

function isMatrix(tensor: tf.Tensor): tensor is tf.Tensor2D {
  return tensor.rank === 2;
}

/**
 * Rows of a table: int32 x of any shape (…) and table (V, E) give (…, E).
 *
 * Part 1 introduces an embedding as one-hot times table. It is also what tfjs's WebAssembly backend can differentiate,
 * where `gather` has no gradient (tensorflow/tfjs#8082). The compiled engine turns it into a gather.
 */
export function embedding(table: tf.Tensor2D, x: tf.Tensor1D): tf.Tensor2D;
export function embedding(table: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor3D;
export function embedding(table: tf.Tensor2D, x: tf.Tensor): tf.Tensor;
export function embedding(table: tf.Tensor2D, x: tf.Tensor): tf.Tensor {
  const [vocabSize, nEmbd] = table.shape;
  return oneHot(x.flatten(), vocabSize)
    .matMul(table) // (N, E)
    .reshape([...x.shape, nEmbd]);
}

/** int32 indices (N) as float32 rows (N, depth), one 1 in each. Cast, since the wasm kernel always writes integers. */
export function oneHot(indices: tf.Tensor, depth: number): tf.Tensor2D {
  const rows: tf.Tensor = tf.oneHot(indices, depth);
  return matrix(rows.toFloat());
}

/** A layer that normalizes: the names of its running statistics and parameters, and the share of the former that a batch replaces. */
export interface BatchNorm {
  readonly mean: string;
  /** Standard deviation or variance, whichever the lecture keeps. */
  readonly spread: string;
  readonly gain: string;
  readonly bias: string;
  readonly keeps: 'std' | 'variance';
  readonly momentum: number;
}

/** The BatchNorm1d that the lectures write from part 3 on, in layer i of a net. */
export function numberedBatchNorm(i: number): BatchNorm {
  return {
    mean: `running_mean${i}`,
    spread: `running_var${i}`,
    gain: `gamma${i}`,
    bias: `beta${i}`,
    keeps: 'variance',
    momentum: 0.1,
  };
}

/**
 * Mean and spread (1, H) by which x (N, H) is normalized: in training those of the batch, which also move the running
 * ones; otherwise the running ones. The variance is unbiased, as `x.var(0, keepdim=True)`.
 */
export function statisticsOf(
  x: tf.Tensor2D,
  layer: BatchNorm,
  pass: NormalizingPass,
): { mean: tf.Tensor; spread: tf.Tensor } {
  pass.observe?.(layer, x);
  const [runningMean, runningSpread] = [named(pass.state, layer.mean), named(pass.state, layer.spread)];
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

/** The part of a forward pass that concerns a BatchNorm. */
export interface NormalizingPass {
  readonly training: boolean;
  readonly state: Readonly<Record<string, tf.Variable>>;
  readonly observe?: ((layer: BatchNorm, x: tf.Tensor2D) => void) | undefined;
}

/** running ← (1 − momentum) · running + momentum · now, outside of the gradients. */
function updateRunning(running: tf.Variable, now: tf.Tensor, momentum: number): void {
  running.assign(running.mul(1 - momentum).add(now.reshape(running.shape).mul(momentum)));
}

/**
 * The `nn.Linear` of a name: x (…, in) gives (…, out) by its weight (out, in) and, if it has one, its bias (out).
 * Flattened to two dimensions, for which tfjs knows the gradient.
 */
export function linear<T extends tf.Tensor>(x: T, p: Tensors, name: string): T {
  const weight = matrix(named(p, `${name}.weight`));
  const bias = p[`${name}.bias`];
  const [fanOut, fanIn] = weight.shape;
  const product = x.reshape([-1, fanIn]).matMul(weight, false, true);
  return (bias ? product.add(bias) : product).reshape<T>([...x.shape.slice(0, -1), fanOut]);
}

/** The `nn.LayerNorm` of a name, over the last dimension of x: its variance is the biased one. */
export function layerNorm<T extends tf.Tensor>(x: T, p: Tensors, name: string, epsilon = 1e-5): T {
  const centered = x.sub(x.mean(-1, true));
  const variance = centered.square().mean(-1, true);
  return centered
    .div(variance.add(epsilon).sqrt())
    .mul(named(p, `${name}.weight`))
    .add<T>(named(p, `${name}.bias`));
}

/** GELU by tanh, as in GPT-2 (Hendrycks and Gimpel 2016). */
export function gelu<T extends tf.Tensor>(x: T): T {
  const inner = x.add(x.square().mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return x.mul(0.5).mul<T>(inner.tanh().add(1));
}

/** (T, T): 0 where row t may look at column s ≤ t, −∞ elsewhere; to be added before a softmax. */
export function causalMask(T: number): tf.Tensor2D {
  const rows = Array.from({ length: T }, (_, t) => Array.from({ length: T }, (_value, s) => (s <= t ? 0 : -Infinity)));
  return tf.tensor2d(rows);
}
