import { at } from '../../../src/shared/at';
import { toCss } from '../color';
import { inkOn } from '../color-scale';
import { formatTick } from '../format';
import { heightOf, margin, placesOf, radiusOf, type ScatterPicture } from './scatter-picture';
import { circle, strokeLine } from '../strokes';
import type { Theme } from '../theme';
import { evenTicks } from '../ticks';

/** The chosen point, and the points that lines join it to. */
export interface ScatterCursor {
  readonly at: number;
  readonly links: readonly number[];
}

export function drawScatter(
  context: CanvasRenderingContext2D,
  picture: ScatterPicture,
  side: number,
  cursor: ScatterCursor | undefined,
  theme: Theme,
): void {
  drawAxes(context, picture, side, theme);
  const places = placesOf(picture, side);
  const radius = radiusOf(places.length / 2);
  context.font = `${Math.round(radius * 1.3)}px ${theme.editorFont}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let i = 0; i < picture.glyphs.length; i++) if (i !== cursor?.at) drawPoint(context, picture, places, i, theme);
  if (!cursor) return;
  const [x, y] = placeOf(places, cursor.at);
  context.strokeStyle = toCss(theme.foreground);
  context.lineWidth = 1.5;
  for (const link of cursor.links) strokeLine(context, x, y, ...placeOf(places, link));
  for (const link of cursor.links) drawPoint(context, picture, places, link, theme); // above the lines
  drawPoint(context, picture, places, cursor.at, theme);
  circle(context, x, y, radius + 3);
  context.strokeStyle = toCss(theme.foreground);
  context.lineWidth = 2;
  context.stroke();
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { points, frame, axes }: ScatterPicture,
  side: number,
  theme: Theme,
): void {
  const radius = radiusOf(points.length / 2);
  const [left, right, top] = [margin.left, side - margin.right, margin.top];
  const bottom = top + right - left;
  const scale = (right - left - 2 * radius) / frame.size;
  context.lineWidth = 1;
  context.strokeStyle = toCss(theme.border, theme.highContrast ? 0.5 : 0.35);
  context.fillStyle = toCss(theme.description);
  context.font = `11px ${theme.editorFont}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const value of evenTicks(frame.left, frame.left + frame.size)) {
    const x = left + radius + (value - frame.left) * scale;
    strokeLine(context, x, top, x, bottom);
    context.fillText(formatTick(value), x, bottom + 4);
  }
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of evenTicks(frame.bottom, frame.bottom + frame.size)) {
    const y = bottom - radius - (value - frame.bottom) * scale;
    strokeLine(context, left, y, right, y);
    context.fillText(formatTick(value), left - 4, y);
  }
  context.font = `11px ${theme.font}`;
  context.textBaseline = 'bottom';
  context.fillText(axes[0], right, heightOf(side));
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillText(axes[1], left + 4, top + 2);
}

function drawPoint(
  context: CanvasRenderingContext2D,
  { glyphs, looks }: ScatterPicture,
  places: Float64Array,
  i: number,
  theme: Theme,
): void {
  const radius = radiusOf(glyphs.length);
  const [x, y] = placeOf(places, i);
  const { color, filled, shape } = at(looks, i);
  context.beginPath();
  if (shape === 'circle') context.arc(x, y, radius, 0, 2 * Math.PI);
  else context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.fillStyle = toCss(filled ? color : theme.background);
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = toCss(filled ? theme.background : color);
  context.stroke();
  context.fillStyle = toCss(filled ? inkOn(color, [theme.background, theme.foreground]) : theme.foreground);
  context.fillText(at(glyphs, i), x, y + 0.5);
}

/** @param places (n, 2) */
function placeOf(places: Float64Array, i: number): [x: number, y: number] {
  return [at(places, 2 * i), at(places, 2 * i + 1)];
}
