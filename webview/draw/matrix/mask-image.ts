import { toCss } from '../color';
import { contextOf } from '../context';
import type { Sheet } from '../figure';
import type { MaskLayout } from './mask-layout';
import { sharpContext } from '../sharp-context';
import { roundStep } from '../ticks';

const black = 0xff000000;
const white = 0xffffffff;

/**
 * White on black in every theme, as `plt.imshow(mask, cmap='gray')`: one pixel per cell, for CSS to enlarge.
 *
 * @param mask (rows, columns) of 1 and 0
 */
export function drawMask(canvas: HTMLCanvasElement, layout: MaskLayout, mask: Uint8Array): void {
  const { rows, columns, cellWidth, cellHeight } = layout;
  canvas.width = columns;
  canvas.height = rows;
  canvas.style.width = `${columns * cellWidth}px`;
  canvas.style.height = `${rows * cellHeight}px`;
  canvas.style.top = `${layout.header}px`;
  if (rows === 0) return;
  const context = contextOf(canvas);
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  mask.forEach((bit, i) => (pixels[i] = bit === 1 ? white : black));
  context.putImageData(image, 0, 0);
}

/** The marks over the image. */
export interface MaskMarks {
  /** Columns with a full mark above them. */
  readonly full: readonly number[];
  /** Columns with a hollow one. */
  readonly hollow: readonly number[];
  readonly chosen: number | undefined;
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
}

/** The marks, and the numbers of the columns below the image. */
export function drawMarks(canvas: HTMLCanvasElement, layout: MaskLayout, marks: MaskMarks, sheet: Sheet): void {
  const { theme, pixelRatio } = sheet;
  const { rows, columns, cellWidth, cellHeight, header, footer } = layout;
  const [width, bottom] = [columns * cellWidth, header + rows * cellHeight];
  const context = sharpContext(canvas, Math.ceil(width) + 2 * reach, bottom + footer, pixelRatio);
  context.translate(reach, 0);
  const middle = (column: number): number => (column + 0.5) * cellWidth;
  context.font = `11px ${theme.font}`;
  context.fillStyle = toCss(theme.description);
  for (const column of numbered(columns, width)) {
    context.textAlign = column === 0 ? 'left' : 'center';
    context.fillText(String(column), column === 0 ? 0 : middle(column), bottom + footer - 3);
  }
  context.strokeStyle = context.fillStyle = toCss(theme.yellow);
  for (const column of marks.hollow) triangle(context, middle(column), () => context.stroke());
  for (const column of marks.full) triangle(context, middle(column), () => context.fill());
  const outline = (x: number, y: number, w: number, h: number): void => {
    context.lineWidth = 4;
    context.strokeStyle = toCss(theme.background);
    context.strokeRect(x - 1, y - 1, w + 2, h + 2);
    context.lineWidth = 2;
    context.strokeStyle = toCss(theme.blue);
    context.strokeRect(x - 1, y - 1, w + 2, h + 2);
  };
  if (marks.chosen !== undefined) outline(marks.chosen * cellWidth, header, cellWidth, rows * cellHeight);
  const { cursor } = marks;
  if (cursor) outline(cursor.column * cellWidth, header + cursor.row * cellHeight, cellWidth, cellHeight);
}

/** Room that the number of a column needs. */
const numberStep = 48;

/** Round numbers of columns, from 0 on. */
function numbered(columns: number, width: number): number[] {
  const step = Math.max(1, roundStep((columns * numberStep) / width));
  return Array.from({ length: Math.ceil(columns / step) }, (_, i) => i * step);
}

/** How far outlines and marks reach beyond the image. */
const reach = 4;

/** Pointing down at a column. */
function triangle(context: CanvasRenderingContext2D, x: number, paint: () => void): void {
  context.beginPath();
  context.moveTo(x - 3.5, 1);
  context.lineTo(x + 3.5, 1);
  context.lineTo(x, 8);
  context.closePath();
  paint();
}
