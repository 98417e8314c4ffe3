import type { Rgb } from '../color';
import { contextOf } from '../context';

/** Paints one pixel per value, row by row, for CSS to enlarge. Cells beyond the last value stay transparent. */
export function paintCells<T>(
  canvas: HTMLCanvasElement,
  columns: number,
  rows: number,
  values: Iterable<T>,
  colorOf: (value: T) => Rgb,
): void {
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = contextOf(canvas);
  const image = context.createImageData(columns, rows);
  let at = 0;
  for (const value of values) {
    image.data.set(colorOf(value), at);
    image.data[at + 3] = 255;
    at += 4;
  }
  context.putImageData(image, 0, 0);
}
