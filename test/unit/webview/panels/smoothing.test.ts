import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import type { Theme } from '../../../../webview/draw/theme';
import {
  bestSmoothing,
  lookFor,
  lossRange,
  smoothingPicture,
  smoothingRows,
} from '../../../../webview/panels/smoothing-curve/picture';

const curve = {
  smoothing: [0.001, 0.01, 0.1, 1, 10, 100, 1000],
  train: [2.0, 2.0, 2.01, 2.03, 2.1, 2.5, 3.2],
  dev: [2.3, 2.26, 2.22, 2.2, 2.24, 2.6, 3.2],
  counted: 25_626,
  names: 32_033,
};

describe('the smoothing of counts', () => {
  it('is best where names that were not counted are most likely', () => {
    deepStrictEqual(bestSmoothing(curve), { smoothing: 1, dev: 2.2 });
    deepStrictEqual(bestSmoothing({ ...curve, dev: curve.dev.with(3, Infinity) }), { smoothing: 0.1, dev: 2.22 });
    strictEqual(bestSmoothing({ ...curve, smoothing: [1], train: [2], dev: [NaN] }), undefined);
  });

  it('is drawn where it matters: what rises to ln V on the right is cut', () => {
    const { min, max } = lossRange(curve);
    ok(min <= 2.0 && max >= 2.3 && max < 3.2, `${min} ${max}`);
    deepStrictEqual(lossRange({ ...curve, smoothing: [1], train: [NaN], dev: [Infinity] }), { min: 0, max: 1 });
  });

  it('is marked at an end of the axis where it lies beyond', () => {
    const markedAt = (present: number): number => {
      const { lines } = smoothingPicture(curve, present, {} as Theme);
      return at(lines.find(({ label }) => label === 'Present')!.points, 0).x;
    };
    deepStrictEqual([0, 1, 5000].map(markedAt), [0.001, 1, 1000]);
  });

  it('says how many of the names were counted', () => {
    match(lookFor(curve).more ?? '', /^Counted on 80% of the names/);
    match(lookFor({ ...curve, counted: 16_017 }).more ?? '', /^Counted on 50% of the names/);
    const ofFew = lookFor({ ...curve, counted: 5, names: 5 });
    doesNotMatch(`${ofFew.short} ${ofFew.more ?? ''}`, /not counted|%/);
  });

  it('is told in rows', () => {
    deepStrictEqual(at(smoothingRows(curve), 2), ['0.1', '2.0100', '2.2200']);
  });
});
