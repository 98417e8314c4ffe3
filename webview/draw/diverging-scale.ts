import { fromOklab, luminance, toOklab, type Oklab, type Rgb } from './color';
import type { ColorScale } from './color-scale';

/**
 * One diverging scale for every picture of values around 0: from orange by way of the background's own color to blue,
 * which people with any color vision can tell apart. Opposite values are equally light, so that neither sign looks
 * stronger, and as far from the background as a theme of its kind allows with color left.
 */
const hues = { below: 55, above: 255 }; // degrees around Oklab's gray
/** Lightness and distance from gray of the ends. */
const ends = { dark: { lightness: 0.82, chroma: 0.11 }, light: { lightness: 0.44, chroma: 0.11 } };
/** Over this part of either side the background's tint gives way to the hue. */
const tinted = 0.5;
/** Odd, so that 0 has a color of its own. */
const steps = 257;

export function createDivergingScale(background: Rgb): ColorScale {
  const from = toOklab(background);
  const end = ends[luminance(background) < 0.18 ? 'dark' : 'light'];
  const colors = Array.from({ length: steps }, (_, i): Rgb => {
    const value = (2 * i) / (steps - 1) - 1;
    const t = Math.abs(value);
    const [, a, b] = polar(end.lightness, end.chroma, value < 0 ? hues.below : hues.above);
    const share = Math.min(1, t / tinted);
    const lightness = from[0] + t * (end.lightness - from[0]);
    return fromOklab([lightness, from[1] + share * (a - from[1]), from[2] + share * (b - from[2])]);
  });
  return { colors };
}

function polar(lightness: number, chroma: number, degrees: number): Oklab {
  const angle = (degrees * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}
