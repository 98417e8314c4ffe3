import { at } from '../../../src/shared/at';
import type { Batch } from '../../../src/shared/inspection';
import type { WatchedTensor } from '../../../src/shared/run';

/** The output of a layer for a batch. */
export interface Activations {
  /** The number of neurons. */
  readonly width: number;
  /** Rows per example: one, or one for each group of its characters, or one for each character of a name. */
  readonly places: number;
  /** Which row of the layer each row is: example * places + place. */
  readonly rows: Uint32Array;
  /** (rows, width) */
  readonly values: Float32Array;
}

/**
 * The rows of h (B, H), (B, T, H) or (B * T, H), as far as the examples of the batch are known. Places after the end of a
 * name, which have no target, are left out.
 */
export function activationRows(h: WatchedTensor, { rows: B, x, y }: Batch): Activations {
  const width = at(h.shape, h.shape.length - 1);
  const places = h.values.length / width / B;
  const [examples, targets] = [at(x.shape, 0), at(y.shape, 1)];
  const isPadding = (row: number): boolean => targets === places && at(y.values, row) < 0;
  const rows = Uint32Array.from({ length: examples * places }, (_, row) => row).filter(row => !isPadding(row));
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => values.set(h.values.subarray(row * width, (row + 1) * width), i * width));
  return { width, places, rows, values };
}
