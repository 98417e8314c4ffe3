import { roundStep } from './ticks';

/** The part of a plane that is drawn, a square: so both axes have one scale and distances are true. */
export interface ScatterFrame {
  readonly left: number;
  readonly bottom: number;
  readonly size: number;
}

/** A frame may be so much larger than it has to be before it shrinks. */
const roomy = 1.6;

/**
 * A frame with round edges around points (n, 2). The one before stays as long as it holds all of them and is not far too
 * large: points shall move, not the page under them.
 */
export function frameAround(points: Float64Array, before?: ScatterFrame): ScatterFrame {
  const [x, y] = [extentOf(points, 0), extentOf(points, 1)];
  const extent = Math.max(x.max - x.min, y.max - y.min);
  const step = roundStep((extent > 0 ? extent : 1) / 10);
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
  for (let i = axis; i < points.length; i += 2) {
    min = Math.min(min, points[i]);
    max = Math.max(max, points[i]);
  }
  return { min, max };
}

function holds({ left, bottom, size }: ScatterFrame, x: Extent, y: Extent): boolean {
  return x.min >= left && x.max <= left + size && y.min >= bottom && y.max <= bottom + size;
}
