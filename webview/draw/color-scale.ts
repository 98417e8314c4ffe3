import { clamp } from './clamp';
import { contrast, fromOklab, luminance, parseColor, toOklab, type Oklab, type Rgb } from './color';

/** Colors at even distances along an axis. */
export interface ColorScale {
  readonly colors: readonly Rgb[];
}

const mako: readonly Oklab[] = ['#0b0405', '#37659e', '#348fa7', '#40b7ad', '#8bdab2', '#def5e5'].map(
  hex => toOklab(parseColor(hex)!), // all of them parse
);

const steps = 256;
/** Over the first part of the scale the background's own tint gives way to mako's. */
const tinted = 0.2;
const far = { dark: 0.94, light: 0.3 };

/**
 * One sequential scale for every picture: blue to teal to mint, the hues of "mako" (Michael Waskom's seaborn) without
 * its purple. People with any color vision can tell them apart, because lightness alone carries the order. It runs
 * evenly from the background's own, so that small values recede into the page in dark and light themes alike.
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

/** @param t from 0 to 1; what lies outside is cut */
export function colorAt({ colors }: ColorScale, t: number): Rgb {
  return colors[Math.round(clamp(t, 0, 1) * (colors.length - 1))];
}

/** @param t from -1 to 1 along a diverging scale; what lies outside is cut */
export function colorAround(scale: ColorScale, t: number): Rgb {
  return colorAt(scale, (t + 1) / 2);
}

/** The first of the preferred inks that can be read on the ground, else black or white, one of which always can. */
export function inkOn(ground: Rgb, preferred: readonly Rgb[]): Rgb {
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  const better = contrast(black, ground) > contrast(white, ground) ? black : white;
  return preferred.find(ink => contrast(ink, ground) >= 4.5) ?? better;
}

function makoOfLightness(lightness: number): Oklab {
  const next = mako.findIndex(([l]) => l >= lightness);
  if (next === 0) return mako[0];
  if (next < 0) return mako[mako.length - 1];
  const [low, high] = [mako[next - 1], mako[next]];
  const t = (lightness - low[0]) / (high[0] - low[0]);
  return [lightness, low[1] + t * (high[1] - low[1]), low[2] + t * (high[2] - low[2])];
}
