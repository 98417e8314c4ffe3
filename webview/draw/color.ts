import { clamp } from './clamp';

/** Colors as numbers, which CSS does not give and a canvas needs. */

/** Red, green, blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** Lightness from 0 to 1, green to red, blue to yellow: distances are about what they look like. */
export type Oklab = readonly [lightness: number, a: number, b: number];

/**
 * Reads #rgb, #rrggbb, #rrggbbaa, rgb() and rgba().
 *
 * @param behind the color that shows through a translucent one
 * @returns undefined for anything else, such as a missing theme variable
 */
export function parseColor(css: string, behind: Rgb = [0, 0, 0]): Rgb | undefined {
  const rgba = parseHex(css.trim()) ?? parseFunction(css.trim());
  if (!rgba) return undefined;
  const [red, green, blue, alpha] = rgba;
  const over = (c: number, i: 0 | 1 | 2): number => Math.round(c * alpha + behind[i] * (1 - alpha));
  return [over(red, 0), over(green, 1), over(blue, 2)];
}

type Rgba = [red: number, green: number, blue: number, alpha: number];

function parseHex(css: string): Rgba | undefined {
  if (!/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(css)) return undefined;
  const digits = css.length <= 5 ? [...css.slice(1)].map(d => d + d).join('') : css.slice(1);
  const byte = (i: number): number => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return [byte(0), byte(1), byte(2), digits.length === 8 ? byte(3) / 255 : 1];
}

function parseFunction(css: string): Rgba | undefined {
  const inside = /^rgba?\(([^)]*)\)$/.exec(css)?.[1];
  const numbers = inside?.split(/[\s,/]+/).map(Number) ?? [];
  const [red, green, blue, alpha = 1] = numbers;
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return numbers.every(Number.isFinite) ? [red, green, blue, alpha] : undefined;
}

export function toCss([red, green, blue]: Rgb, alpha = 1): string {
  return alpha === 1 ? `rgb(${red} ${green} ${blue})` : `rgb(${red} ${green} ${blue} / ${alpha})`;
}

/** sRGB from 0 to 255 as light from 0 to 1. */
function toLinear(c: number): number {
  const s = c / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
}

function fromLinear(c: number): number {
  const s = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
  return Math.round(255 * clamp(s, 0, 1));
}

/** Relative luminance as in WCAG 2, from 0 to 1. */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue);
}

/** Contrast ratio as in WCAG 2, from 1 to 21; text wants 4.5. */
export function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** Björn Ottosson, 2020: A perceptual color space for image processing. */
export function toOklab([red, green, blue]: Rgb): Oklab {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Colors outside of sRGB are clamped, channel by channel. */
export function fromOklab([lightness, a, b]: Oklab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
