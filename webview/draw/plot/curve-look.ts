import { at } from '../../../src/shared/at';
import type { Rgb } from '../color';
import { colorAt } from '../color-scale';
import type { Stroke } from '../dashes';
import type { Theme } from '../theme';

/** How one of several curves looks. */
export interface CurveLook {
  readonly color: Rgb;
  readonly stroke: Stroke;
}

/** From here on, the sequential scale stands out from the background of every theme. */
const faintest = 0.5;
/** More shades than this are hard to tell apart: then, and in high contrast, strokes differ as well. */
const mostShades = 6;
const strokes: readonly Stroke[] = ['solid', 'dashed', 'dotted'];

/**
 * The look of one of several curves that have an order, such as the layers of a net: shades of one scale, from the one
 * nearest to the background to the one that stands out most.
 *
 * @param index from 0
 */
export function curveLook(index: number, count: number, theme: Theme): CurveLook {
  const stroke = theme.highContrast || count > mostShades ? at(strokes, index % strokes.length) : 'solid';
  return { color: shadeAt(count > 1 ? index / (count - 1) : 0.5, theme), stroke };
}

/** @param share from 0, faint, to 1, strong */
export function shadeAt(share: number, { scale }: Theme): Rgb {
  return colorAt(scale, faintest + share * (1 - faintest));
}
