import { at } from '../../../src/shared/at';
import { rangeAround, type Range } from '../line/ranges';

/** Points with two values each, on equal axes: equal values are on the diagonal. */
export interface IdentityPicture {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly chosen: number;
}

export interface IdentityLayout extends Range {
  /** Of the square, in CSS pixels. */
  readonly side: number;
}

export const left = 46;
export const top = 6;
const below = 34;
/** How far the pointer may be from a point, in CSS pixels. */
const near = 12;

export function layOutIdentity({ x, y }: IdentityPicture, width: number): IdentityLayout {
  return { side: Math.max(1, width - left - 8), ...rangeAround(x, y) };
}

export function identityHeight({ side }: IdentityLayout): number {
  return top + side + below;
}

/** The nearest point to a place in the picture, or undefined where none is near. */
export function pointAt(
  picture: IdentityPicture,
  layout: IdentityLayout,
  place: { x: number; y: number },
): number | undefined {
  let nearest: number | undefined;
  let least = near;
  for (const [i, x] of picture.x.entries()) {
    const distance = Math.hypot(across(layout, x) - place.x, up(layout, at(picture.y, i)) - place.y);
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}

export function across({ min, max, side }: IdentityLayout, value: number): number {
  return left + ((value - min) / (max - min)) * side;
}

export function up({ min, max, side }: IdentityLayout, value: number): number {
  return top + side - ((value - min) / (max - min)) * side;
}
