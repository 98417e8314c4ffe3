import { cellSize } from './cell-size';

/** Where the cells of an image lie, in CSS pixels: above them is a line for what marks columns, below their numbers. */
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
/** Cells are square where that leaves them so high, so that few rows can be seen in a narrow place too. */
const lowestCell = 4;
const tallest = 320;
/** Rows beyond so many cannot all have a pixel. */
const mostRows = 600;

/** Cells are whole pixels wherever they have room for one: then every cell looks like the others. */
export function layOutMask(rows: number, columns: number, width: number): MaskLayout {
  const cellWidth = cellSize(columns, width, widestCell);
  const highest = rows > mostRows ? mostRows / rows : Math.max(1, Math.floor(tallest / Math.max(1, rows)));
  return { rows, columns, cellWidth, cellHeight: Math.min(highest, Math.max(cellWidth, lowestCell)), header, footer };
}

/** The cell under a point, or the nearest one of its column or row. */
export function maskCellAt(layout: MaskLayout, x: number, y: number): { row: number; column: number } {
  const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(value)));
  return {
    row: clamp((y - layout.header) / layout.cellHeight, layout.rows),
    column: clamp(x / layout.cellWidth, layout.columns),
  };
}
