import type { BigramCounts } from '../../../src/shared/run';

/** What softmax makes of bigrams. Matrices are (n, n), row-major: rows are first characters. */

/** `(N + smoothing).log()`: the logits of the counted model. */
export function logCounts({ counts }: BigramCounts, smoothing: number): Float32Array {
  return Float32Array.from(counts, count => Math.log(count + smoothing));
}

/** Each row of logits as probabilities. */
export function softmaxRows(logits: Float32Array, n: number): Float32Array {
  const divisors = logSumExp(logits, n);
  return logits.map((v, i) => Math.exp(v - divisors[Math.floor(i / n)]));
}

/**
 * What each row of W lacks to be the logs of the counts; softmax takes no notice of it. It is the difference of the logs
 * of what softmax divides by.
 */
export function rowConstants(counted: Float32Array, W: Float32Array, n: number): number[] {
  const divisors = logSumExp(counted, n);
  return logSumExp(W, n).map((learned, row) => divisors[row] - learned);
}

/** Each row of W with its constant. */
export function addRowConstants(W: Float32Array, constants: readonly number[]): Float32Array {
  return W.map((value, i) => value + constants[Math.floor(i / constants.length)]);
}

/** `logits.exp().sum(1).log()`, without exp of anything large. */
function logSumExp(logits: Float32Array, n: number): number[] {
  return Array.from({ length: n }, (_, row) => {
    const values = logits.subarray(row * n, (row + 1) * n);
    const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
    if (largest === -Infinity) return largest;
    return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  });
}
