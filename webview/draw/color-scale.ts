import { at } from '../../src/shared/at';
import { clamp } from './clamp';
import { contrast, fromOklab, luminance, toOklab, type Oklab, type Rgb } from './color';

/** Colors at even distances along an axis. */
export interface ColorScale {
  readonly colors: readonly Rgb[];
}

const makoColors: readonly Rgb[] = [
  [11, 4, 5],
  [55, 101, 158],
  [52, 143, 167],
  [64, 183, 173],
  [139, 218, 178],
  [222, 245, 229],
];
/** From dark to light. */
const mako = makoColors.map(toOklab);

const steps = 256;
/** Over this first part of the scale, the tint of the background gives way to mako's. */
const tinted = 0.2;
const far = { dark: 0.94, light: 0.3 };

/**
 * The sequential scale of every picture: blue to teal to mint, the hues of "mako" (Michael Waskom's seaborn) without
 * its purple. Lightness alone carries the order, so people with any color vision can read it. It runs evenly from the
 * lightness of the background, so that small values recede into the page in dark and light themes alike.
 */
export function createColorScale(background: Rgb): ColorScale {
  const from = toOklab(background);
  const end = luminance(background) < 0.18 ? far.dark : far.light;
  const colors = Array.from({ length: steps }, (_, i): Rgb => {
    const t = i / (steps - 1);
    const lightness = from[0] + t * (end - from[0]);
    const [, a, b] = makoOfLightness(lightness);
    const share = Math.min(1, t / tinted);
    return fromOklab([lightness, from[1] + share * (a - from[1]), from[2] + share * (b - from[2])]);
  });
  return { colors };
}

/** @param t from 0 to 1; values outside are clamped */
export function colorAt({ colors }: ColorScale, t: number): Rgb {
  return at(colors, Math.round(clamp(t, 0, 1) * (colors.length - 1)));
}

/** @param t from -1 to 1 along a diverging scale; values outside are clamped */
export function colorAround(scale: ColorScale, t: number): Rgb {
  return colorAt(scale, (t + 1) / 2);
}

/** The first preferred ink that is readable on the ground; otherwise black or white, one of which always is. */
export function inkOn(ground: Rgb, preferred: readonly Rgb[]): Rgb {
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  const better = contrast(black, ground) > contrast(white, ground) ? black : white;
  return preferred.find(ink => contrast(ink, ground) >= 4.5) ?? better;
}

function makoOfLightness(lightness: number): Oklab {
  const high = mako.find(([l]) => l >= lightness) ?? at(mako, mako.length - 1);
  const low = mako.findLast(([l]) => l < lightness) ?? at(mako, 0);
  if (low === high) return low;
  const t = (lightness - low[0]) / (high[0] - low[0]);
  return [lightness, low[1] + t * (high[1] - low[1]), low[2] + t * (high[2] - low[2])];
}
