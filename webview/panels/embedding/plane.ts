import { at } from '../../../src/shared/at';
import type { WatchedTensor } from '../../../src/shared/run';
import { alignPlane } from './align-plane';
import { principalAxes, project, type PrincipalAxes } from './principal-plane';

/** What a plane shows: the two principal components, or two dimensions of the table. */
export type PlaneChoice = 'components' | readonly [x: number, y: number];

export interface EmbeddingPlane {
  /** (n, 2) */
  readonly coordinates: Float64Array;
  /** The part of the variance that is along its two axes, from 0 to 1. */
  readonly share: number;
}

/** Turns the tables of a run, one after the other, into points in a plane in which nothing jumps. */
export class EmbeddingPlanes {
  private axes: PrincipalAxes | undefined;
  private before: Float64Array | undefined;

  /** @param table (n, d) of numbers that are all finite */
  next(table: WatchedTensor, choice: PlaneChoice): EmbeddingPlane {
    if (choice !== 'components') {
      this.before = undefined;
      return { coordinates: twoDimensions(table, choice), share: shareOf(table, choice) };
    }
    this.axes = principalAxes(table, this.axes);
    const points = project(table, this.axes);
    this.before = this.before?.length === points.length ? alignPlane(points, this.before) : points;
    return { coordinates: this.before, share: this.axes.shares[0] + this.axes.shares[1] };
  }

  /** For another run, of which nothing has been drawn. */
  reset(): void {
    this.axes = this.before = undefined;
  }
}

/** @returns (n, 2); the second coordinate is 0 where the table has only one dimension */
function twoDimensions({ shape, values }: WatchedTensor, [x, y]: readonly [number, number]): Float64Array {
  const [n = 0, d = 0] = shape;
  return Float64Array.from({ length: 2 * n }, (_, i) => {
    const dimension = i % 2 === 0 ? x : y;
    return dimension < d ? at(values, Math.floor(i / 2) * d + dimension) : 0;
  });
}

function shareOf({ shape, values }: WatchedTensor, chosen: readonly number[]): number {
  const [n = 0, d = 0] = shape;
  const variances = Array.from({ length: d }, (_, dimension) => {
    const column = Array.from({ length: n }, (_row, row) => at(values, row * d + dimension));
    const mean = column.reduce((a, b) => a + b, 0) / n;
    return column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  const total = variances.reduce((a, b) => a + b, 0);
  const held = [...new Set(chosen)].reduce((sum, dimension) => sum + (variances.at(dimension) ?? 0), 0);
  return total > 0 ? held / total : 0;
}

/** How much of the table the plane shows. */
export function planeSentence(
  { shape: [, d = 0] }: WatchedTensor,
  { share }: EmbeddingPlane,
  choice: PlaneChoice,
): string {
  if (d <= 2) return `The table has ${d === 1 ? 'one dimension' : 'two dimensions'}: this is all of it`;
  const held = `${(100 * share).toFixed(0)}% of the variance of all ${d}`;
  return choice === 'components'
    ? `The plane of the two principal components holds ${held} dimensions`
    : `These two dimensions hold ${held}`;
}
