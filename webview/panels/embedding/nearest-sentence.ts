import { at } from '../../../src/shared/at';
import type { Neighbor } from './neighbors';
import type { EmbeddingToken } from './picture';

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
