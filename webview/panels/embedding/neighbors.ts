import { at } from '../../../src/shared/at';
import type { WatchedTensor } from '../../../src/shared/run';

export interface Neighbor {
  readonly row: number;
  /** Euclidean, in all dimensions. */
  readonly distance: number;
}

/** The rows nearest to a row of a table (n, d), the nearest first. */
export function nearestRows({ shape, values }: WatchedTensor, row: number, count: number): Neighbor[] {
  const [n = 0, d = 0] = shape;
  const own = values.subarray(row * d, (row + 1) * d);
  const distanceTo = (other: number): number =>
    Math.sqrt(own.reduce((squares, value, i) => squares + (value - at(values, other * d + i)) ** 2, 0));
  return Array.from({ length: n }, (_, other) => ({ row: other, distance: distanceTo(other) }))
    .filter(({ row: other }) => other !== row)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
}
