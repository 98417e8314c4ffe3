import { roundStep } from '../ticks';

/** The part of a plane that is drawn. It is a square, so that both axes have the same scale and distances are true. */
export interface ScatterFrame {
  readonly left: number;
  readonly bottom: number;
  readonly size: number;
}

/** Points that differ by less of their distance from zero are in one place: rounding would show, and nothing else. */
const samePlace = 1e-6;
/** A step of less could not be divided by. */
const leastExtent = 1e-300;

/** A frame shrinks only when it is this many times larger than it needs to be. */
const roomy = 1.6;

/**
 * A frame with round edges around points (n, 2). The previous one stays as long as it holds all of them and is not far
 * too large: points should move, not the plane under them.
 */
export function frameAround(points: Float64Array, before?: ScatterFrame): ScatterFrame {
  const [x, y] = [extentOf(points, 0), extentOf(points, 1)];
  const extent = Math.max(x.max - x.min, y.max - y.min);
  const farthest = Math.max(-x.min, x.max, -y.min, y.max);
  const step = roundStep((extent > Math.max(samePlace * farthest, leastExtent) ? extent : 1) / 10);
  const low = { x: Math.floor(x.min / step), y: Math.floor(y.min / step) };
  const high = { x: Math.ceil(x.max / step), y: Math.ceil(y.max / step) };
  const steps = Math.max(high.x - low.x, high.y - low.y, 1);
  const least = (from: number, to: number): number => step * (from - Math.floor((steps - (to - from)) / 2));
  const frame = { left: least(low.x, high.x), bottom: least(low.y, high.y), size: step * steps };
  const stays = before && holds(before, x, y) && before.size <= roomy * frame.size;
  return stays ? before : frame;
}

interface Extent {
  readonly min: number;
  readonly max: number;
}

function extentOf(points: Float64Array, axis: 0 | 1): Extent {
  let [min, max] = [Infinity, -Infinity];
  for (const [i, value] of points.entries()) {
    if (i % 2 !== axis) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}

function holds({ left, bottom, size }: ScatterFrame, x: Extent, y: Extent): boolean {
  return x.min >= left && x.max <= left + size && y.min >= bottom && y.max <= bottom + size;
}
