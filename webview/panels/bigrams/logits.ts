import { at } from '../../../src/shared/at';
import type { BigramCounts } from '../../../src/shared/run';

/** Bigrams and softmax. Matrices are (n, n), row-major: a row belongs to a first character. */

/** `(N + smoothing).log()`: the logits of the counted model. */
export function logCounts({ counts }: BigramCounts, smoothing: number): Float32Array {
  return Float32Array.from(counts, count => Math.log(count + smoothing));
}

/** Each row of logits as probabilities. */
export function softmaxRows(logits: Float32Array, n: number): Float32Array {
  const divisors = logSumExp(logits, n);
  return logits.map((v, i) => Math.exp(v - at(divisors, Math.floor(i / n))));
}

/**
 * The constants to add to the rows of W to get the logs of the counts. Softmax ignores them: they are the differences
 * between the logs of what softmax divides by.
 */
export function rowConstants(counted: Float32Array, W: Float32Array, n: number): number[] {
  const divisors = logSumExp(counted, n);
  return logSumExp(W, n).map((learned, row) => at(divisors, row) - learned);
}

/** W, with its constant added to each row. */
export function addRowConstants(W: Float32Array, constants: readonly number[]): Float32Array {
  return W.map((value, i) => value + at(constants, Math.floor(i / constants.length)));
}

/** `logits.exp().sum(1).log()`, without the exp of large numbers. */
function logSumExp(logits: Float32Array, n: number): number[] {
  return Array.from({ length: n }, (_, row) => {
    const values = logits.subarray(row * n, (row + 1) * n);
    const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
    if (largest === -Infinity) return largest;
    return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  });
}
