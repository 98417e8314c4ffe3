import { at } from '../../../src/shared/at';
import type { WatchedTensor } from '../../../src/shared/run';
import type { EmbeddingToken } from './picture';

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

/** "Nearest to q: x, z", and whether that is only how they were drawn. */
export function nearestSentence(
  tokens: readonly EmbeddingToken[],
  chosen: number,
  neighbors: readonly Neighbor[],
  moves: readonly number[] = [],
): string {
  const name = (row: number): string => at(tokens, row).name;
  const says = `Nearest to ${name(chosen)}: ${neighbors.map(({ row }) => name(row)).join(', ')}`;
  const isAsDrawn = (row: number): boolean => moves[row] === 0;
  if (isAsDrawn(chosen)) return `${says}. ${name(chosen)} stands where it was drawn: no step has moved it.`;
  const drawn = neighbors.filter(({ row }) => isAsDrawn(row)).map(({ row }) => name(row));
  return drawn.length === 0 ? says : `${says}. Still where they were drawn: ${drawn.join(', ')}`;
}
