/** Arithmetic on shapes and strides. */
import { at } from '../shared/at';

export type Shape = readonly number[];

export function size(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/**
 * The size of the matrices that a product multiplies.
 *
 * @param shape (…, rows, columns)
 * @throws Error where there are fewer than two axes
 */
export function matrixSize(shape: Shape): [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined || columns === undefined) throw new Error(`Shape [${shape.join()}] is not one of matrices.`);
  return [rows, columns];
}

/** Row-major, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const n of shape.toReversed()) {
    strides.unshift(stride);
    stride *= n;
  }
  return strides;
}

/** @throws Error where the shapes do not match */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (m !== n && m !== 1 && n !== 1) throw new Error(`Shapes [${a.join()}] and [${b.join()}] do not fit.`);
    return m === 1 ? n : m;
  });
}

/**
 * The strides with which an array is read as one of a larger shape: 0 along axes where it is broadcast.
 *
 * @param own the array's shape
 * @param strides the array's own ones
 */
export function broadcastStrides(own: Shape, shape: Shape, strides: readonly number[] = stridesOf(own)): number[] {
  const missing = shape.length - own.length;
  return shape.map((n, axis) => {
    const isRepeated = axis < missing || (own[axis - missing] === 1 && n !== 1);
    return isRepeated ? 0 : at(strides, axis - missing);
  });
}
