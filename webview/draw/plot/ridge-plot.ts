import { at } from '../../../src/shared/at';
import { drawBottomAxis, planeOf } from './axes';
import { toCss } from '../color';
import { shadeAt } from './curve-look';
import { xIn, type Ground, type Plane } from './plane';
import { layOutRidge, type RidgePicture, type RidgeRow } from './ridge';
import type { Theme } from '../theme';

/** Densities one behind the other, each of which hides what is behind it. @returns where they are */
export function drawRidge(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { rows, x, labels, chosen }: RidgePicture,
  theme: Theme,
): Ground {
  const plane = planeOf(width, height, x, { min: 0, max: 1, title: '', format: String });
  const { baselines, unit, labeled } = layOutRidge(rows, plane.top, plane.bottom);
  drawBottomAxis(context, plane, x, theme);
  context.save();
  context.beginPath();
  context.rect(plane.left, 0, plane.right - plane.left, height);
  context.clip(); // values may be beyond the axis
  context.lineJoin = 'round';
  rows.forEach((row, i) => {
    const share = rows.length > 1 ? i / (rows.length - 1) : 1;
    context.strokeStyle = toCss(i === chosen ? theme.foreground : shadeAt(share, theme));
    context.lineWidth = (theme.highContrast ? 1.75 : 1.25) + (i === chosen ? 1 : 0);
    drawRow(context, plane, row, at(baselines, i), unit, theme);
  });
  context.restore();
  context.fillStyle = toCss(theme.description);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const i of labeled) context.fillText(at(rows, i).label, plane.left - 6, at(baselines, i));
  const highest = labeled.at(-1);
  if (highest !== undefined) context.fillText(labels, plane.left - 6, at(baselines, highest) - 15);
  return { plane, rows: baselines };
}

/** Beyond its least and largest value a density is 0. */
function drawRow(
  context: CanvasRenderingContext2D,
  plane: Plane,
  { min, max, density }: RidgeRow,
  baseline: number,
  unit: number,
  theme: Theme,
): void {
  const width = (max - min) / density.length;
  context.beginPath();
  context.moveTo(plane.left, baseline);
  context.lineTo(xIn(plane, min), baseline);
  for (const [bin, value] of density.entries())
    context.lineTo(xIn(plane, min + (bin + 0.5) * width), baseline - value * unit);
  context.lineTo(xIn(plane, max), baseline);
  context.lineTo(plane.right, baseline);
  context.fillStyle = toCss(theme.background);
  context.fill();
  context.stroke();
}
