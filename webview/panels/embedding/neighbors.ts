import type { WatchedTensor } from '../../../src/shared/run';

export interface Neighbor {
  readonly row: number;
  /** Euclidean, in all dimensions. */
  readonly distance: number;
}

/** The rows nearest to one of a table (n, d), the nearest first. */
export function nearestRows({ shape: [n, d], values }: WatchedTensor, row: number, count: number): Neighbor[] {
  const distanceTo = (other: number): number => {
    let squares = 0;
    for (let i = 0; i < d; i++) squares += (values[row * d + i] - values[other * d + i]) ** 2;
    return Math.sqrt(squares);
  };
  return Array.from({ length: n }, (_, other) => ({ row: other, distance: distanceTo(other) }))
    .filter(({ row: other }) => other !== row)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
}
