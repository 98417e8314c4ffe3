import type { WatchedTensor } from '../../../src/shared/run';
import { eigenpairs } from './eigenvectors';

/** Directions of length 1, all at right angles: the two leading principal components, and some more that are less exact. */
export interface PrincipalAxes {
  readonly axes: readonly Float64Array[];
  /** What part of the variance lies along the first and the second, from 0 to 1. */
  readonly shares: readonly [number, number];
}

/** So many directions are turned together: what lies beyond them is what the leading two have to be told from. */
const directions = 6;
/** How often they are turned toward where the covariance stretches them. */
const turns = { first: 200, next: 4 };
/** What is left of a direction that all others have already; the rest is rounding. */
const nothing = 1e-12;

/**
 * Principal component analysis for the first two components, in float64: subspace iteration with Rayleigh and Ritz. It
 * begins with the directions of the frame before, so that a few turns are enough, where all components of a wide table
 * would take longer than a frame; a table of no more dimensions than directions comes out exact.
 *
 * @param table (n, d) with d > 1, rows are points
 * @param near where to begin: the axes of the frame before
 */
export function principalAxes(table: WatchedTensor, near?: PrincipalAxes): PrincipalAxes {
  const d = table.shape[1];
  const covariance = covarianceOf(center(table), d);
  const known = near?.axes[0].length === d ? near.axes : undefined;
  let space = known ?? orthonormal(waves(d), d);
  for (let turn = 0; turn < (known ? turns.next : turns.first); turn++)
    space = orthonormal([...space.map(axis => product(covariance, axis)), ...space], d);

  const stretched = space.map(axis => product(covariance, axis));
  const within = Float64Array.from(space.flatMap(a => stretched.map(b => dot(a, b)))); // the covariance in that space
  const pairs = eigenpairs(within);
  const total = covariance.reduce((sum, value, i) => (i % (d + 1) === 0 ? sum + value : sum), 0);
  const share = (i: number): number => (total > 0 ? Math.max(0, pairs[i].value) / total : 0);
  return { axes: pairs.map(({ vector }) => positive(combine(space, vector))), shares: [share(0), share(1)] };
}

/** The points (n, d) in the plane of the two leading axes, around their mean: (n, 2). */
export function project(table: WatchedTensor, { axes }: PrincipalAxes): Float64Array {
  const [n, d] = table.shape;
  const centered = center(table);
  return Float64Array.from({ length: 2 * n }, (_, i) => dot(axes[i % 2], centered, Math.floor(i / 2) * d));
}

function center({ shape: [n, d], values }: WatchedTensor): Float64Array {
  const mean = new Float64Array(d);
  values.forEach((value, i) => (mean[i % d] += value / n));
  return Float64Array.from(values, (value, i) => value - mean[i % d]);
}

/** (d, d), without the division by n: shares and directions do not depend on it. */
function covarianceOf(centered: Float64Array, d: number): Float64Array {
  const covariance = new Float64Array(d * d);
  for (let row = 0; row < centered.length; row += d)
    for (let i = 0; i < d; i++)
      for (let j = 0; j <= i; j++) covariance[i * d + j] += centered[row + i] * centered[row + j];
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) covariance[j * d + i] = covariance[i * d + j];
  return covariance;
}

/** Vectors that lie along no axis: iteration would never leave a space of exact components, however little they hold. */
function waves(d: number): Float64Array[] {
  return Array.from({ length: directions }, (_, wave) =>
    Float64Array.from({ length: d }, (_, i) => Math.cos((wave + 1) * i)),
  );
}

/** As many directions as there can be, of vectors in the order of preference (Gram and Schmidt). */
function orthonormal(vectors: readonly Float64Array[], d: number): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of withUnitAxes(vectors, d)) {
    if (found.length === Math.min(directions, d)) break;
    const rest = without(scaled(vector, length(vector)), found);
    const left = length(rest);
    if (!(left > nothing)) continue;
    const exact = without(scaled(rest, left), found); // once more: what little is left is rounded
    found.push(scaled(exact, length(exact)));
  }
  return found;
}

/** A table whose points lie on a line or in one place gives fewer directions than are wanted. */
function* withUnitAxes(vectors: readonly Float64Array[], d: number): Generator<Float64Array> {
  yield* vectors;
  for (let axis = 0; axis < d; axis++) yield new Float64Array(d).fill(1, axis, axis + 1);
}

/** The sign of a component is nobody's: its largest loading is made positive. */
function positive(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map(value => -value) : axis;
}

function without(vector: Float64Array, axes: readonly Float64Array[]): Float64Array {
  const rest = vector.slice();
  for (const axis of axes) {
    const along = dot(rest, axis);
    for (let i = 0; i < rest.length; i++) rest[i] -= along * axis[i];
  }
  return rest;
}

function combine(vectors: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, j) => vector.forEach((value, i) => (sum[i] += weights[j] * value)));
  return sum;
}

/** A vector without length becomes NaN, which is not longer than anything. */
function scaled(vector: Float64Array, by: number): Float64Array {
  return vector.map(value => value / by);
}

function length(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, row) => dot(vector, matrix, row * vector.length));
}

/** @param from where the second one begins in an array of several */
function dot(a: Float64Array, b: Float64Array, from = 0): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[from + i];
  return sum;
}
