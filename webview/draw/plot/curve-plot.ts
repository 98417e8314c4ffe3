import { at } from '../../../src/shared/at';
import { drawAxes, planeOf } from './axes';
import { toCss } from '../color';
import type { CurveLook } from './curve-look';
import type { Curve, CurvePicture, Guide } from './curve-picture';
import { dashes } from '../dashes';
import { xIn, yIn, type Ground, type Plane } from './plane';
import { circle, strokeLine } from '../strokes';
import type { Theme } from '../theme';

/** Several curves over one axis. @returns where they are */
export function drawCurves(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: CurvePicture,
  theme: Theme,
): Ground {
  const plane = planeOf(width, height, picture.x, picture.y);
  drawAxes(context, plane, picture, theme);
  context.save();
  context.beginPath();
  context.rect(plane.left, plane.top - 1, plane.right - plane.left, plane.bottom - plane.top + 2);
  context.clip();
  for (const guide of picture.guides) drawGuide(context, plane, guide, theme);
  for (const curve of picture.curves) drawCurve(context, plane, curve, theme);
  context.restore();
  return { plane, rows: [plane.bottom] };
}

function drawGuide(context: CanvasRenderingContext2D, plane: Plane, { y, stroke }: Guide, theme: Theme): void {
  context.lineWidth = 1;
  context.setLineDash(dashes[stroke]);
  context.strokeStyle = toCss(theme.foreground, 0.7);
  const at = yIn(plane, y);
  strokeLine(context, plane.left, at, plane.right, at);
}

function drawCurve(context: CanvasRenderingContext2D, plane: Plane, { look, x, y }: Curve, theme: Theme): void {
  context.lineWidth = theme.highContrast ? 2 : 1.5;
  context.lineJoin = 'round';
  context.setLineDash(dashes[look.stroke]);
  context.strokeStyle = toCss(look.color);
  context.beginPath();
  let drawing = false;
  for (let i = 0; i < x.length; i++) {
    const [across, up] = [xIn(plane, at(x, i)), yIn(plane, at(y, i))];
    const isThere = Number.isFinite(up);
    if (isThere && drawing) context.lineTo(across, up);
    else if (isThere) context.moveTo(across, up);
    drawing = isThere;
  }
  context.stroke();
  if (x.length === 1) drawDot(context, xIn(plane, at(x, 0)), yIn(plane, at(y, 0)), look);
}

/** A curve of a single point. */
function drawDot(context: CanvasRenderingContext2D, x: number, y: number, { color }: CurveLook): void {
  context.fillStyle = toCss(color);
  circle(context, x, y, 2.5);
  context.fill();
}
