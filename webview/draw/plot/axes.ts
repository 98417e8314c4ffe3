import { toCss } from '../color';
import type { PlaneAxis } from './curve-picture';
import { xIn, yIn, type Plane } from './plane';
import { strokeLine } from '../strokes';
import { evenTicks } from '../ticks';
import type { Theme } from '../theme';

/** Room for numbers and titles around a plane. */
const margin = { left: 44, right: 8, top: 20, bottom: 34 } as const;
/** Room that each number of an axis needs. */
const tickRoom = { x: 44, y: 26 } as const;

export function planeOf(width: number, height: number, x: PlaneAxis, y: PlaneAxis): Plane {
  const { left, right, top, bottom } = margin;
  return { left, right: Math.max(left + 1, width - right), top, bottom: height - bottom, x, y };
}

/** Thin lines across at round values, with their numbers. The title of the vertical axis stands above the plane. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  plane: Plane,
  { x, y }: { readonly x: PlaneAxis; readonly y: PlaneAxis },
  theme: Theme,
): void {
  const { left, right, top, bottom } = plane;
  begin(context, theme);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of evenTicks(y.min, y.max, (bottom - top) / tickRoom.y)) {
    const at = yIn(plane, value);
    strokeLine(context, left, at, right, at);
    context.fillText(y.format(value), left - 6, at);
  }
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillText(y.title, 0, 0);
  drawBottomAxis(context, plane, x, theme);
}

/** The numbers below a plane, with lines up from them, and the title of the axis. */
export function drawBottomAxis(context: CanvasRenderingContext2D, plane: Plane, axis: PlaneAxis, theme: Theme): void {
  const { left, right, top, bottom } = plane;
  begin(context, theme);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const value of evenTicks(axis.min, axis.max, (right - left) / tickRoom.x)) {
    const at = xIn(plane, value);
    strokeLine(context, at, top, at, bottom);
    const text = axis.format(value);
    const end = right + margin.right - context.measureText(text).width / 2; // text beyond it would be cut off
    context.fillText(text, Math.min(at, end), bottom + 5);
  }
  context.fillText(axis.title, (left + right) / 2, bottom + 20);
}

function begin(context: CanvasRenderingContext2D, theme: Theme): void {
  context.setLineDash([]);
  context.lineWidth = 1;
  context.strokeStyle = toCss(theme.border, theme.highContrast ? 0.35 : 0.7);
  context.fillStyle = toCss(theme.description);
  context.font = `11px ${theme.font}`;
}
