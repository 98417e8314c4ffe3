import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'; // a.matMul(b) reads like the paper

/**
 * Rows of a table: int32 x of any shape (…) and table (V, E) give (…, E).
 *
 * One-hot times table is what part 1 shows an embedding to be; it is also what tfjs's WebAssembly backend can
 * differentiate, as `gather` lacks a gradient there (tensorflow/tfjs#8082).
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
