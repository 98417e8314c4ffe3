import { at } from '../../../src/shared/at';
import type { WatchedTensor } from '../../../src/shared/run';

/**
 * How far each row of a table (n, d) is from where it was drawn, Euclidean: exactly 0 for a character that no step has seen.
 *
 * @param start undefined where nobody knows it, as in the pictures of earlier versions
 */
export function movesOf(table: WatchedTensor, start: WatchedTensor | undefined): readonly number[] | undefined {
  const [n = 0, d = 0] = table.shape;
  if (start?.values.length !== table.values.length) return undefined;
  return Array.from({ length: n }, (_, row) => {
    const own = table.values.subarray(row * d, (row + 1) * d);
    return Math.sqrt(own.reduce((squares, value, i) => squares + (value - at(start.values, row * d + i)) ** 2, 0));
  });
}
