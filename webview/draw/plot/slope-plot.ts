import { at } from '../../../src/shared/at';
import { toCss } from '../color';
import { formatTick } from '../format';
import { wholeRangeAround } from '../line/ranges';
import { circle, strokeLine } from '../strokes';
import type { Theme } from '../theme';
import { evenTicks } from '../ticks';

/** Values before and after a change, each pair joined by a line, which is level where nothing changed. */
export interface SlopePicture {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly chosen: number;
  readonly beforeTitle: string;
  readonly afterTitle: string;
}

export const slopeHeight = 240;
const left = 34;
const right = 12;
const top = 8;
const below = 22;
/** The axis reaches at least this far to both sides of 0, so that it stays while values move. */
const reach = 3;

export function drawSlopes(
  context: CanvasRenderingContext2D,
  { before, after, chosen, beforeTitle, afterTitle }: SlopePicture,
  width: number,
  theme: Theme,
): void {
  const { min, max } = wholeRangeAround(reach, before, after);
  const [x0, x1, bottom] = [left, width - right, slopeHeight - below];
  const up = (value: number): number => bottom - ((value - min) / (max - min)) * (bottom - top);
  context.font = `11px ${theme.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of evenTicks(min, max)) {
    context.fillStyle = toCss(theme.description);
    context.fillText(formatTick(tick), x0 - 8, up(tick));
    context.strokeStyle = toCss(theme.border, theme.highContrast ? 0.6 : 0.35);
    strokeLine(context, x0, up(tick), x1, up(tick));
  }
  context.textBaseline = 'bottom';
  context.textAlign = 'left';
  context.fillText(beforeTitle, x0, slopeHeight);
  context.textAlign = 'right';
  context.fillText(afterTitle, x1, slopeHeight);

  const draw = (i: number, radius: number): void => {
    const [y0, y1] = [up(at(before, i)), up(at(after, i))];
    strokeLine(context, x0, y0, x1, y1);
    circle(context, x0, y0, radius);
    context.fill();
    circle(context, x1, y1, radius);
    context.fill();
  };
  context.strokeStyle = toCss(theme.blue, theme.highContrast ? 0.8 : 0.45);
  context.fillStyle = toCss(theme.blue);
  for (let i = 0; i < before.length; i++) if (i !== chosen) draw(i, 2);
  context.strokeStyle = context.fillStyle = toCss(theme.yellow);
  context.lineWidth = 2;
  draw(chosen, 4);
}
