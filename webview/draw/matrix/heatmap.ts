import { paintCells } from './cells';
import { colorAt, type ColorScale } from '../color-scale';

/** Where the cells of a square matrix are. `header` pixels are left for the characters above and beside it. */
export interface MatrixLayout {
  readonly cells: number;
  readonly cell: number;
  readonly header: number;
  /** Width and height of all of it, in CSS pixels. */
  readonly size: number;
}

const header = 18;
const largestCell = 44;
/** Cells of this size and more are whole pixels, so that the grid looks even. */
const wholeFrom = 6;

export function layOut(cells: number, width: number): MatrixLayout {
  const room = Math.max(1, (width - header) / Math.max(1, cells));
  const cell = Math.min(largestCell, room >= wholeFrom ? Math.floor(room) : room);
  return { cells, cell, header, size: Math.ceil(header + cells * cell) };
}

/** The cell under a point, or undefined in the margins. */
export function cellAt({ cells, cell, header }: MatrixLayout, x: number, y: number): number | undefined {
  const column = Math.floor((x - header) / cell);
  const row = Math.floor((y - header) / cell);
  if (column < 0 || row < 0 || column >= cells || row >= cells) return undefined;
  return row * cells + column;
}

/** @param shades (cells, cells) from 0 to 1, row-major */
export function drawHeatmap(
  canvas: HTMLCanvasElement,
  { cells, cell, header }: MatrixLayout,
  shades: Float32Array,
  scale: ColorScale,
): void {
  paintCells(canvas, cells, cells, shades, shade => colorAt(scale, shade));
  canvas.style.left = canvas.style.top = `${header}px`;
  canvas.style.width = canvas.style.height = `${cells * cell}px`;
}

/** The scale itself, from left to right, for a legend. */
export function drawScale(canvas: HTMLCanvasElement, { colors }: ColorScale): void {
  paintCells(canvas, colors.length, 1, colors, color => color);
}
