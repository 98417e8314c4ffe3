/** Makes the arguments of tfjs's kernels plain: axes that are not negative, sizes that are known, types that the engine has. */
import type * as tf from '@tensorflow/tfjs-core';
import { MissingKernelError } from './engine';
import { size, type Shape } from './shapes';

export type DataType = 'float32' | 'int32' | 'bool';

/** @throws MissingKernelError for complex numbers and strings */
export function knownType(dtype: tf.DataType): DataType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new MissingKernelError(`The compiled engine has no tensors of ${dtype}.`);
}

/** One axis, several, or all. */
export type Axes = number | readonly number[] | null | undefined;

export function axesOf(axis: Axes, rank: number): number[] {
  if (axis === null || axis === undefined) return Array.from({ length: rank }, (_, i) => i);
  return [axis].flat().map(a => axisOf(a, rank));
}

export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** @param to may have one -1, which stands for whatever size is left */
export function inferShape(from: Shape, to: Shape): Shape {
  const known = size(to.filter(n => n !== -1));
  return to.map(n => (n === -1 ? size(from) / known : n));
}

/** @param sizes of the parts, of which one may be -1 for what is left; or the number of equal parts */
export function splitSizes(total: number, sizes: number | readonly number[]): number[] {
  if (typeof sizes === 'number') return Array<number>(sizes).fill(total / sizes);
  const known = sizes.filter(n => n !== -1).reduce((sum, n) => sum + n, 0);
  const all = sizes.map(n => (n === -1 ? total - known : n));
  if (all.reduce((sum, n) => sum + n, 0) !== total) throw new Error(`${total} cannot be split into ${sizes.join()}.`);
  return all;
}

/** @param begin and `sizes` may be shorter than the shape; -1, or no size, takes all that is left of an axis */
export function sliceOf(
  shape: Shape,
  begin: number | readonly number[],
  sizes: number | readonly number[],
): { begin: number[]; sizes: number[] } {
  const [begins, counts] = [[begin].flat(), [sizes].flat()];
  const parts = shape.map((n, axis) => {
    const from = begins[axis] ?? 0;
    const count = counts[axis] ?? -1;
    return { from, count: count === -1 ? n - from : count };
  });
  return { begin: parts.map(({ from }) => from), sizes: parts.map(({ count }) => count) };
}
