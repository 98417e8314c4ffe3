import { toCss } from '../color';
import type { Theme } from '../theme';

/** How often each whole number occurs. */
export interface BarPicture {
  /** The number of the first bar. */
  readonly from: number;
  readonly counts: ArrayLike<number>;
}

export const barsHeight = 96;
const below = 16;
const widestBar = 28;
/** Room that a number below a bar needs. */
const labelStep = 26;

export function drawBars(
  context: CanvasRenderingContext2D,
  { from, counts }: BarPicture,
  width: number,
  theme: Theme,
): void {
  const step = Math.min(widestBar, width / Math.max(1, counts.length));
  const gap = step > 6 ? 2 : 0;
  const largest = Array.from(counts).reduce((a, b) => Math.max(a, b), 1);
  const bottom = barsHeight - below;
  const every = Math.ceil(labelStep / step);
  context.font = `11px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  for (const [i, count] of Array.from(counts).entries()) {
    const height = count === 0 ? 0 : Math.max(1, (count / largest) * (bottom - 2)); // a few are more than none
    context.fillStyle = toCss(theme.blue);
    context.fillRect(i * step, bottom - height, step - gap, height);
    if (i % every !== 0) continue;
    context.fillStyle = toCss(theme.description);
    context.fillText(String(from + i), (i + 0.5) * step - gap / 2, barsHeight);
  }
  context.fillStyle = toCss(theme.border, theme.highContrast ? 1 : 0.5);
  context.fillRect(0, bottom, counts.length * step, 1);
}
