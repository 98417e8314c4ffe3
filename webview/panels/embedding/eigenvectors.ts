export interface Eigenpair {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
}

/** More rotations than this no small matrix needs. */
const sweeps = 20;
/** Of the whole matrix, what may be left off the diagonal: the square of a share. */
const gone = 1e-30;

/**
 * Takes a small symmetric matrix (k, k), row-major, apart by Jacobi's rotations.
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
        const angle = Math.atan2(2 * a[p * k + q], a[p * k + p] - a[q * k + q]) / 2; // makes a[p][q] zero
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        for (let i = 0; i < k; i++) turn(a, i * k + p, i * k + q, cos, sin);
        for (let i = 0; i < k; i++) turn(a, p * k + i, q * k + i, cos, sin);
        for (let i = 0; i < k; i++) turn(vectors, p * k + i, q * k + i, cos, sin);
      }
  return Array.from({ length: k }, (_, i) => ({
    value: a[i * (k + 1)],
    vector: vectors.slice(i * k, (i + 1) * k),
  })).sort((one, other) => other.value - one.value);
}

function turn(values: Float64Array, p: number, q: number, cos: number, sin: number): void {
  const before = values[p];
  values[p] = cos * before + sin * values[q];
  values[q] = cos * values[q] - sin * before;
}

function offDiagonal(a: Float64Array, k: number): number {
  return a.reduce((sum, value, i) => (i % (k + 1) === 0 ? sum : sum + value * value), 0);
}
