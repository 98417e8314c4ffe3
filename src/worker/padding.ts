/**
 * The rows (N, width) that have a target. A batch of whole names also has rows behind the end of each shorter name: they
 * weigh nothing in the loss, and no statistic is about them.
 *
 * @param weights (N)
 */
export function rowsWithTarget(values: Float32Array, weights: Float32Array): Float32Array {
  const width = values.length / weights.length;
  return weights.includes(0) ? values.filter((_, i) => weights[Math.floor(i / width)] !== 0) : values;
}
