import type { Rgb } from '../color';
import type { ScatterFrame } from './scatter-frame';

/** How a point looks: filled or outlined, round or square. */
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
  /** The titles of x and y. */
  readonly axes: readonly [string, string];
}

/** Around the points. The numbers of the axes are below and at the left. */
export const margin = { left: 34, right: 4, top: 4, bottom: 32 };

/** A few points are as large as in the lecture, with s=200. Many are smaller, but still have a readable character. */
export function radiusOf(points: number): number {
  return points <= 40 ? 10 : Math.max(7.5, 10 * Math.sqrt(40 / points));
}

/** Where the points are (n, 2), in CSS pixels. @param side the width of the picture */
export function placesOf({ points, frame }: Pick<ScatterPicture, 'points' | 'frame'>, side: number): Float64Array {
  const radius = radiusOf(points.length / 2);
  const scale = (side - margin.left - margin.right - 2 * radius) / frame.size;
  return points.map((value, i) =>
    i % 2 === 0
      ? margin.left + radius + (value - frame.left) * scale
      : margin.top + radius + (frame.bottom + frame.size - value) * scale,
  );
}

/** The height of a picture of this width: the numbers of an axis are below it. */
export function heightOf(side: number): number {
  return side - margin.left - margin.right + margin.top + margin.bottom;
}
