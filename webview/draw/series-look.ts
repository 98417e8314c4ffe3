import type { Line } from './line-picture';
import type { Theme } from './theme';

const strokes = ['solid', 'dashed', 'dotted'] as const;

/** How the line of one of several equals looks: a color, and where these are used up, or too much alike, another stroke. */
export function seriesLook(i: number, theme: Theme): Pick<Line, 'color' | 'stroke'> {
  const { series, highContrast } = theme;
  const round = highContrast ? i : Math.floor(i / series.length);
  return { color: series[i % series.length], stroke: strokes[round % strokes.length] };
}
