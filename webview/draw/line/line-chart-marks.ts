import type { Chart } from 'chart.js';
import { toCss } from '../color';
import { dashes } from '../dashes';
import type { Mark } from './line-picture';
import { labelsWithRoom } from './mark-layout';
import type { Theme } from '../theme';

const fontSize = 11;
/** Between the plane and the labels. */
const gap = 5;
/** A narrower chart needs the room for its curve. */
const leastWidth = 280;

/** What of a chart the marks need. */
type Plane = Pick<Chart, 'ctx' | 'chartArea' | 'scales' | 'width'>;

const fontOf = (theme: Theme): string => `${fontSize}px ${theme.font}`;

/** How much room the labels take at the right of the plane, in pixels. */
export function roomForLabels({ ctx, width }: Plane, marks: readonly Mark[], theme: Theme): number {
  if (marks.length === 0 || width < leastWidth) return 6; // the last tick is centered below the edge
  ctx.save();
  ctx.font = fontOf(theme);
  const widths = marks.map(mark => ctx.measureText(labelOf(mark)).width);
  ctx.restore();
  return gap + Math.ceil(Math.max(...widths)) + 2;
}

/**
 * Quiet lines across the plane, below the curves, with their names at the right.
 *
 * @param isNamed false where something else is at the right
 */
export function drawMarks(plane: Plane, marks: readonly Mark[], theme: Theme, isNamed: boolean): void {
  const { ctx, chartArea, scales, width } = plane;
  const { y: axis } = scales;
  if (!axis || marks.length === 0) return;
  const places = marks.map(({ y }) => axis.getPixelForValue(y));
  const haveRoom = labelsWithRoom(places);
  ctx.save();
  ctx.font = fontOf(theme);
  ctx.textBaseline = 'middle';
  ctx.strokeStyle = toCss(theme.foreground, theme.highContrast ? 0.9 : 0.5);
  ctx.fillStyle = toCss(theme.description);
  for (const [i, mark] of marks.entries()) {
    const place = Math.round(places[i] ?? 0) + 0.5; // a sharp line
    ctx.setLineDash([...dashes[mark.stroke]]);
    ctx.beginPath();
    ctx.moveTo(chartArea.left, place);
    ctx.lineTo(chartArea.right, place);
    ctx.stroke();
    if (isNamed && haveRoom[i] && width >= leastWidth) ctx.fillText(labelOf(mark), chartArea.right + gap, place);
  }
  ctx.restore();
}

const labelOf = ({ name, y }: Mark): string => `${name} ${y.toFixed(2)}`;
