import type { Batch } from '../../../src/shared/inspection';
import type { WatchedTensor } from '../../../src/shared/run';

/** What one layer gave for a batch. */
export interface Activations {
  /** Neurons. */
  readonly width: number;
  /** What an example has: one row, or one for each group of its characters, or one for each character of a name. */
  readonly places: number;
  /** Which row of the layer each of the rows is: example * places + place. */
  readonly rows: Uint32Array;
  /** (rows, width) */
  readonly values: Float32Array;
}

/**
 * The rows of h (B, H), (B, T, H) or (B * T, H), as far as the batch tells its examples. Places behind the end of a name,
 * which have no target, are left out.
 */
export function activationRows(h: WatchedTensor, { rows: B, x, y }: Batch): Activations {
  const width = h.shape[h.shape.length - 1];
  const places = h.values.length / width / B;
  const [examples, targets] = [x.shape[0], y.shape[1]];
  const isPadding = (row: number): boolean => targets === places && y.values[row] < 0;
  const rows = Uint32Array.from({ length: examples * places }, (_, row) => row).filter(row => !isPadding(row));
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => values.set(h.values.subarray(row * width, (row + 1) * width), i * width));
  return { width, places, rows, values };
}
