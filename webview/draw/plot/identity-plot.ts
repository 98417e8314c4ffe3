import { at } from '../../../src/shared/at';
import { toCss } from '../color';
import { formatTick } from '../format';
import { across, left, top, up, type IdentityLayout, type IdentityPicture } from './identity-layout';
import { circle, strokeLine } from '../strokes';
import type { Theme } from '../theme';
import { evenTicks } from '../ticks';

export function drawIdentity(
  context: CanvasRenderingContext2D,
  picture: IdentityPicture,
  layout: IdentityLayout,
  theme: Theme,
): void {
  const { min, max, side } = layout;
  context.font = `11px ${theme.font}`;
  context.strokeStyle = toCss(theme.border, theme.highContrast ? 1 : 0.5);
  context.fillStyle = toCss(theme.description);
  context.strokeRect(left, top, side, side);
  for (const tick of evenTicks(min, max)) {
    const [x, y] = [across(layout, tick), up(layout, tick)];
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillText(formatTick(tick), x, top + side + 4);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(formatTick(tick), left - 5, y);
  }
  drawTitles(context, picture, side);
  context.setLineDash([4, 3]);
  context.strokeStyle = toCss(theme.description);
  strokeLine(context, across(layout, min), up(layout, min), across(layout, max), up(layout, max));
  context.setLineDash([]);
  drawPoints(context, picture, layout, theme);
}

function drawTitles(context: CanvasRenderingContext2D, { xTitle, yTitle }: IdentityPicture, side: number): void {
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillText(xTitle, left + side / 2, top + side + 19);
  context.save();
  context.translate(1, top + side / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(yTitle, 0, 0);
  context.restore();
}

function drawPoints(
  context: CanvasRenderingContext2D,
  { x, y, chosen }: IdentityPicture,
  layout: IdentityLayout,
  theme: Theme,
): void {
  context.fillStyle = toCss(theme.blue, theme.highContrast ? 1 : 0.7);
  for (const [i, value] of x.entries()) {
    circle(context, across(layout, value), up(layout, at(y, i)), 2.5);
    context.fill();
  }
  context.strokeStyle = toCss(theme.foreground);
  context.lineWidth = 1.5;
  circle(context, across(layout, at(x, chosen)), up(layout, at(y, chosen)), 5.5);
  context.stroke();
}
