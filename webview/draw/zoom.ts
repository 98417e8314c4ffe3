import { clamp } from './clamp';
import { arrows, isArrow } from './keys';

/** A part of an axis. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A closer look than this shows single points only. */
export const narrowest = 10;
/** What an arrow key moves by. */
const panShare = 0.2;

/** From one place to another, whichever comes first. @returns undefined where there is nothing to look closer at */
export function between(from: number, to: number, whole: Range): Range | undefined {
  const width = Math.abs(to - from);
  return width >= narrowest ? within({ min: Math.min(from, to), max: Math.max(from, to) }, whole) : undefined;
}

/** What a key makes of the range, which is undefined where the whole axis shows; `null` for a key of no meaning. */
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

/** Moved into the whole axis, at whole numbers; undefined where it is all of it. */
function within({ min, max }: Range, whole: Range): Range | undefined {
  const width = Math.round(max - min);
  if (width >= whole.max - whole.min) return undefined;
  const start = Math.round(clamp(min, whole.min, whole.max - width));
  return { min: start, max: start + width };
}
