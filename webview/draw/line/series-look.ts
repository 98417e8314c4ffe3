import { at } from '../../../src/shared/at';
import type { Line } from './line-picture';
import type { Theme } from '../theme';

const strokes = ['solid', 'dashed', 'dotted'] as const;

/** The look of one of several equal lines: a color, and another stroke once all colors are used, or where they are too much alike. */
export function seriesLook(i: number, theme: Theme): Pick<Line, 'color' | 'stroke'> {
  const { series, highContrast } = theme;
  const round = highContrast ? i : Math.floor(i / series.length);
  return { color: at(series, i % series.length), stroke: at(strokes, round % strokes.length) };
}
