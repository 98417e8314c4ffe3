import { at } from '../../../src/shared/at';
import { toCss } from '../color';
import { formatTick } from '../format';
import { rangeAround } from '../line/ranges';
import { strokeLine } from '../strokes';
import type { Theme } from '../theme';
import { evenTicks } from '../ticks';

export const rugHeight = 42;
const margin = 16;
const line = 24;

export interface RugPicture {
  readonly values: Float32Array;
  readonly chosen: number;
}

/** Each value as a mark on a line: where values crowd, so do the marks. */
export function drawRug(
  context: CanvasRenderingContext2D,
  { values, chosen }: RugPicture,
  width: number,
  theme: Theme,
): void {
  const { min, max } = rangeAround(values);
  const across = (value: number): number => margin + ((value - min) / (max - min)) * (width - 2 * margin);
  context.font = `11px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = toCss(theme.description);
  context.strokeStyle = toCss(theme.border, theme.highContrast ? 1 : 0.5);
  strokeLine(context, margin, line, width - margin, line);
  for (const tick of evenTicks(min, max)) {
    strokeLine(context, across(tick), line, across(tick), line + 4);
    context.fillText(formatTick(tick), across(tick), line + 6);
  }
  context.strokeStyle = toCss(theme.blue, theme.highContrast ? 0.9 : 0.5);
  for (const value of values) strokeLine(context, across(value), 4, across(value), line - 1);
  context.strokeStyle = toCss(theme.foreground);
  context.lineWidth = 2;
  const own = across(at(values, chosen));
  strokeLine(context, own, 0, own, line - 1);
}
