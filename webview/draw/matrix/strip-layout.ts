import { clamp } from '../clamp';

/** A vector as cells in lines that fill a width. */
export interface StripLayout {
  readonly perLine: number;
  readonly lines: number;
  /** In CSS pixels. */
  readonly cell: number;
}

const cellSizes = { least: 5, most: 12 };

/** Lines of equal length, as far as possible. Cells are as large as the width allows, but neither tiny nor huge. */
export function layOutStrip(count: number, width: number): StripLayout {
  const cell = clamp(Math.floor(width / Math.max(1, count)), cellSizes.least, cellSizes.most);
  const lines = Math.ceil(count / Math.max(1, Math.floor(width / cell)));
  return { perLine: Math.ceil(count / Math.max(1, lines)), lines, cell };
}
