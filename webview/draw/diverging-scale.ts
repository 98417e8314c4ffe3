import { fromOklab, luminance, toOklab, type Oklab, type Rgb } from './color';
import type { ColorScale } from './color-scale';

/**
 * The diverging scale of every picture of values around 0: from orange through the color of the background to blue,
 * which people with any color vision can tell apart. Opposite values are equally light, so that neither sign looks
 * stronger, and the ends are as far from the background as they can be while they still have color.
 */
const hues = { below: 55, above: 255 }; // degrees around Oklab's gray
/** Lightness and distance from gray of the ends. */
const ends = { dark: { lightness: 0.82, chroma: 0.11 }, light: { lightness: 0.44, chroma: 0.11 } };
/** Over this part of either side, the tint of the background gives way to the hue. */
const tinted = 0.5;
/** Odd, so that 0 has its own color. */
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
