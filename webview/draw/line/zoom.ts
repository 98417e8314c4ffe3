import { clamp } from '../clamp';
import { arrows, isArrow } from '../keys';
import type { Range } from './ranges';

/** A narrower part would only show single points. */
export const narrowest = 10;
/** How far an arrow key moves, as a share of what shows. */
const panShare = 0.2;

/** Between two places, in either order. @returns undefined where they are too close to each other */
export function between(from: number, to: number, whole: Range): Range | undefined {
  const width = Math.abs(to - from);
  return width >= narrowest ? within({ min: Math.min(from, to), max: Math.max(from, to) }, whole) : undefined;
}

/** The range after a key: undefined for the whole axis, `null` for a key without a meaning. */
export function afterKey(key: string, range: Range | undefined, whole: Range): Range | undefined | null {
  switch (key) {
    case '+':
    case '=': // the same key without Shift
      return scaled(range ?? whole, 0.5, whole);
    case '-':
      return range && scaled(range, 2, whole);
    case '0':
    case 'Escape':
      return range ? undefined : null;
    default:
      if (!range || !isArrow(key) || arrows[key].x === 0) return null;
      return panned(range, panShare * arrows[key].x, whole);
  }
}

/** Around the middle. */
function scaled({ min, max }: Range, factor: number, whole: Range): Range | undefined {
  const half = Math.max(narrowest, (max - min) * factor) / 2;
  const middle = (min + max) / 2;
  return within({ min: middle - half, max: middle + half }, whole);
}

function panned({ min, max }: Range, share: number, whole: Range): Range | undefined {
  const by = share * (max - min);
  return within({ min: min + by, max: max + by }, whole);
}

/** Moved into the whole axis and rounded; undefined where it is all of it. */
function within({ min, max }: Range, whole: Range): Range | undefined {
  const width = Math.round(max - min);
  if (width >= whole.max - whole.min) return undefined;
  const start = Math.round(clamp(min, whole.min, whole.max - width));
  return { min: start, max: start + width };
}
