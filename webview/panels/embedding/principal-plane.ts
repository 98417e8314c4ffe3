import { at } from '../../../src/shared/at';
import type { WatchedTensor } from '../../../src/shared/run';
import { eigenpairs } from './eigenvectors';

/** Orthogonal directions of length 1: the two leading principal components, and a few more that are less exact. */
export interface PrincipalAxes {
  readonly axes: readonly Float64Array[];
  /** The parts of the variance along the first and the second, from 0 to 1. */
  readonly shares: readonly [number, number];
}

/** How many directions are iterated together. More of them separate the leading two from the rest faster. */
const directions = 6;
/** How many iterations turn them toward where the covariance stretches them. */
const turns = { first: 200, next: 4 };
/** What is shorter than this after all other directions have been taken out is only rounding. */
const nothing = 1e-12;

/**
 * Principal component analysis for the first two components, in float64: subspace iteration with Rayleigh-Ritz. It starts
 * from the directions of the previous frame, so that a few iterations are enough: all components of a wide table would
 * take longer than a frame. The result is exact for tables with no more dimensions than directions.
 *
 * @param table (n, d) with d > 1, rows are points
 * @param near where to start: the axes of the previous frame
 */
export function principalAxes(table: WatchedTensor, near?: PrincipalAxes): PrincipalAxes {
  const d = at(table.shape, 1);
  const covariance = covarianceOf(center(table), d);
  const known = near?.axes.at(0)?.length === d ? near.axes : undefined;
  let space = known ?? orthonormal(waves(d), d);
  for (let turn = 0; turn < (known ? turns.next : turns.first); turn++)
    space = orthonormal([...space.map(axis => product(covariance, axis)), ...space], d);

  const stretched = space.map(axis => product(covariance, axis));
  const within = Float64Array.from(space.flatMap(a => stretched.map(b => dot(a, b)))); // the covariance in that space
  const pairs = eigenpairs(within);
  const total = covariance.reduce((sum, value, i) => (i % (d + 1) === 0 ? sum + value : sum), 0);
  const share = (i: number): number => (total > 0 ? Math.max(0, at(pairs, i).value) / total : 0);
  return { axes: pairs.map(({ vector }) => positive(combine(space, vector))), shares: [share(0), share(1)] };
}

/** The points (n, d) in the plane of the two leading axes, around their mean: (n, 2). */
export function project(table: WatchedTensor, { axes }: PrincipalAxes): Float64Array {
  const [n = 0, d = 0] = table.shape;
  const centered = center(table);
  return Float64Array.from({ length: 2 * n }, (_, i) => dot(at(axes, i % 2), centered, Math.floor(i / 2) * d));
}

function center({ shape, values }: WatchedTensor): Float64Array {
  const [n = 0, d = 0] = shape;
  const means = Array.from({ length: d }, (_, column) => {
    let mean = 0;
    for (let i = column; i < values.length; i += d) mean += at(values, i) / n;
    return mean;
  });
  return Float64Array.from(values, (value, i) => value - at(means, i % d));
}

/** (d, d), without the division by n: shares and directions do not depend on it. */
function covarianceOf(centered: Float64Array, d: number): Float64Array {
  const covariance = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      // in bounds: a row is whole, and i and j are less than d
      for (let row = 0; row < centered.length; row += d) sum += centered[row + i]! * centered[row + j]!;
      covariance[i * d + j] = covariance[j * d + i] = sum;
    }
  return covariance;
}

/** Vectors along no axis: iteration would never leave a space of exact components, however small they are. */
function waves(d: number): Float64Array[] {
  return Array.from({ length: directions }, (_, wave) =>
    Float64Array.from({ length: d }, (_, i) => Math.cos((wave + 1) * i)),
  );
}

/** As many directions as possible, out of vectors in order of preference (Gram-Schmidt). */
function orthonormal(vectors: readonly Float64Array[], d: number): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of withUnitAxes(vectors, d)) {
    if (found.length === Math.min(directions, d)) break;
    const rest = without(scaled(vector, length(vector)), found);
    const left = length(rest);
    if (!(left > nothing)) continue;
    const exact = without(scaled(rest, left), found); // once more, because what little is left has been rounded
    found.push(scaled(exact, length(exact)));
  }
  return found;
}

/** A table whose points are on a line, or all in one place, gives too few directions by itself. */
function* withUnitAxes(vectors: readonly Float64Array[], d: number): Generator<Float64Array> {
  yield* vectors;
  for (let axis = 0; axis < d; axis++) yield new Float64Array(d).fill(1, axis, axis + 1);
}

/** The sign of a component is arbitrary: this makes its largest loading positive. */
function positive(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map(value => -value) : axis;
}

function without(vector: Float64Array, axes: readonly Float64Array[]): Float64Array {
  return axes.reduce((rest, axis) => {
    const along = dot(rest, axis);
    return rest.map((value, i) => value - along * at(axis, i));
  }, vector);
}

function combine(vectors: readonly Float64Array[], weights: Float64Array): Float64Array {
  return at(vectors, 0).map((_, i) => vectors.reduce((sum, vector, j) => sum + at(weights, j) * at(vector, i), 0));
}

/** A vector of length 0 becomes NaN, which is not longer than anything. */
function scaled(vector: Float64Array, by: number): Float64Array {
  return vector.map(value => value / by);
}

function length(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, row) => dot(vector, matrix, row * vector.length));
}

/** @param from where the second vector begins in an array of several */
function dot(a: Float64Array, b: Float64Array, from = 0): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[from + i]!; // in bounds: b has at least as many from there on
  return sum;
}
