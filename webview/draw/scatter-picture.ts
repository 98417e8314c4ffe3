import type { Rgb } from './color';
import type { ScatterFrame } from './scatter-frame';

/** How a point looks: filled or as an outline, round or square. */
export interface PointLook {
  readonly color: Rgb;
  readonly filled: boolean;
  readonly shape: 'circle' | 'square';
}

export interface ScatterPicture {
  /** (n, 2) */
  readonly points: Float64Array;
  /** What is written in each point. */
  readonly glyphs: readonly string[];
  readonly looks: readonly PointLook[];
  readonly frame: ScatterFrame;
  /** What lies along x and along y. */
  readonly axes: readonly [string, string];
}

/** Around the points; below and to the left stand the numbers of the axes. */
export const margin = { left: 34, right: 4, top: 4, bottom: 32 };

/** Few points are as large as the lecture's, with s=200; many are smaller, but a character can be read in them. */
export function radiusOf(points: number): number {
  return points <= 40 ? 10 : Math.max(7.5, 10 * Math.sqrt(40 / points));
}

/** Where the points lie (n, 2), in CSS pixels of a square picture. */
export function placesOf({ points, frame }: Pick<ScatterPicture, 'points' | 'frame'>, side: number): Float64Array {
  const radius = radiusOf(points.length / 2);
  const scale = (side - margin.left - margin.right - 2 * radius) / frame.size;
  return points.map((value, i) =>
    i % 2 === 0
      ? margin.left + radius + (value - frame.left) * scale
      : margin.top + radius + (frame.bottom + frame.size - value) * scale,
  );
}

/** The height of a picture of such a width: below it stand the numbers of the axis. */
export function heightOf(side: number): number {
  return side - margin.left - margin.right + margin.top + margin.bottom;
}
