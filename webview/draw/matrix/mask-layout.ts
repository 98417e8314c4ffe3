import { clamp } from '../clamp';
import { cellSize } from './cell-size';

/** Where the cells of an image are, in CSS pixels. Above them is a line for marks, below them the numbers of columns. */
export interface MaskLayout {
  readonly rows: number;
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly header: number;
  readonly footer: number;
}

const header = 10;
const footer = 16;
const widestCell = 12;
/** Cells are square unless they would be lower than this: a few rows must be visible in a narrow place, too. */
const lowestCell = 4;
const tallest = 320;
/** More rows than this get less than a pixel each. */
const mostRows = 600;

/** Cells are whole pixels wherever there is room for one each, so that all look alike. */
export function layOutMask(rows: number, columns: number, width: number): MaskLayout {
  const cellWidth = cellSize(columns, width, widestCell);
  const highest = rows > mostRows ? mostRows / rows : Math.max(1, Math.floor(tallest / Math.max(1, rows)));
  return { rows, columns, cellWidth, cellHeight: Math.min(highest, Math.max(cellWidth, lowestCell)), header, footer };
}

/** The cell under a point, or the one nearest to it. */
export function maskCellAt(layout: MaskLayout, x: number, y: number): { row: number; column: number } {
  return {
    row: clamp(Math.floor((y - layout.header) / layout.cellHeight), 0, layout.rows - 1),
    column: clamp(Math.floor(x / layout.cellWidth), 0, layout.columns - 1),
  };
}
