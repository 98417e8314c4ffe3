import type { Batch } from '../../../../src/shared/inspection';
import type { RunInfo, WatchedTensor } from '../../../../src/shared/run';
import type { Activations } from '../../../../webview/panels/parts/activation-rows';

/** Contexts of four characters over "." and "a" to "e". */
export const contexts: Batch = {
  rows: 2,
  x: { shape: [2, 4], values: Float32Array.of(0, 0, 1, 2, 1, 2, 3, 4) },
  y: { shape: [2, 1], values: Float32Array.of(3, 0) },
};
/** Whole names: "ab" and "c". */
export const names: Batch = {
  rows: 2,
  x: { shape: [2, 3], values: Float32Array.of(0, 1, 2, 0, 3, 0) },
  y: { shape: [2, 3], values: Float32Array.of(1, 2, 0, 3, 0, -1) },
};
export const info = { characters: ['.', 'a', 'b', 'c', 'd', 'e'], blockSize: 4, parameters: [] } as unknown as RunInfo;

export const tensor = (shape: readonly number[], values: readonly number[]): WatchedTensor => ({
  shape,
  values: Float32Array.from(values),
});
/** 0, 1, … */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** One row for each example. */
export function activations(values: readonly number[], width: number): Activations {
  const rows = Uint32Array.from(upTo(values.length / width));
  return { width, places: 1, rows, values: Float32Array.from(values) };
}
