import { clamp } from '../clamp';
import type { Range } from '../line/ranges';

/** Where curves are in a picture, in CSS pixels from its left and top, and the values at the edges. */
export interface Plane {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Range;
  readonly y: Range;
}

/** Where a picture can be read: in its plane, at the height of its rows. */
export interface Ground {
  readonly plane: Plane;
  /** In CSS pixels from the top. */
  readonly rows: readonly number[];
}

/** The place that is read: a value of the horizontal axis, and a row where a picture has several. */
export interface Cursor {
  readonly x: number;
  /** From 0 at the top. */
  readonly row: number;
}

export function xIn({ left, right, x }: Plane, value: number): number {
  return left + ((value - x.min) / (x.max - x.min)) * (right - left);
}

export function yIn({ top, bottom, y }: Plane, value: number): number {
  return bottom - ((value - y.min) / (y.max - y.min)) * (bottom - top);
}

/** The value at a distance from the left; beyond the plane, the one at its edge. */
export function valueAt({ left, right, x }: Plane, distance: number): number {
  const share = clamp((distance - left) / (right - left), 0, 1);
  return x.min + share * (x.max - x.min);
}
