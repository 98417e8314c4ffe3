import { at } from '../../../src/shared/at';

export interface Eigenpair {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
}

/** No small matrix needs more sweeps. */
const sweeps = 20;
/** How much may be left off the diagonal, as a share of the sum of all squares. */
const gone = 1e-30;

/**
 * Decomposes a small symmetric matrix (k, k), row-major, by Jacobi rotations.
 *
 * @returns the largest eigenvalue first
 */
export function eigenpairs(matrix: Float64Array): Eigenpair[] {
  const k = Math.sqrt(matrix.length);
  const a = matrix.slice();
  const vectors = a.map((_, i) => (i % (k + 1) === 0 ? 1 : 0)); // in rows
  const squares = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < sweeps && offDiagonal(a, k) > gone * squares; sweep++)
    for (let p = 0; p < k; p++)
      for (let q = p + 1; q < k; q++) {
        const angle = Math.atan2(2 * at(a, p * k + q), at(a, p * k + p) - at(a, q * k + q)) / 2; // makes a[p][q] zero
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        for (let i = 0; i < k; i++) turn(a, i * k + p, i * k + q, cos, sin);
        for (let i = 0; i < k; i++) turn(a, p * k + i, q * k + i, cos, sin);
        for (let i = 0; i < k; i++) turn(vectors, p * k + i, q * k + i, cos, sin);
      }
  return Array.from({ length: k }, (_, i) => ({
    value: at(a, i * (k + 1)),
    vector: vectors.slice(i * k, (i + 1) * k),
  })).sort((one, other) => other.value - one.value);
}

function turn(values: Float64Array, p: number, q: number, cos: number, sin: number): void {
  const [one, other] = [at(values, p), at(values, q)];
  values[p] = cos * one + sin * other;
  values[q] = cos * other - sin * one;
}

function offDiagonal(a: Float64Array, k: number): number {
  return a.reduce((sum, value, i) => (i % (k + 1) === 0 ? sum : sum + value * value), 0);
}
