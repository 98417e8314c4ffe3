import type { Line } from './line-picture';
import type { Theme } from './theme';

const strokes = ['solid', 'dashed', 'dotted'] as const;

/** How the line of one of several equals looks: a colour, and where these are used up another stroke. */
export function seriesLook(i: number, theme: Theme): Pick<Line, 'colour' | 'stroke'> {
  const { series } = theme;
  return { colour: series[i % series.length], stroke: strokes[Math.floor(i / series.length) % strokes.length] };
}
