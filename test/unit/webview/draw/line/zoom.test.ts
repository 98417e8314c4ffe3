import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { afterKey, between, narrowest } from '../../../../../webview/draw/line/zoom';

const whole = { min: 0, max: 1000 };
const part = { min: 400, max: 600 };

describe('the zoom of an axis', () => {
  it('is what was dragged over, in either direction, and nothing where that is next to nothing', () => {
    deepStrictEqual(between(100.4, 250.2, whole), { min: 100, max: 250 });
    deepStrictEqual(between(250.2, 100.4, whole), { min: 100, max: 250 });
    strictEqual(between(100, 100 + narrowest - 1, whole), undefined);
    strictEqual(between(-50, 1200, whole), undefined, 'all of it is no part');
  });

  it('halves and doubles around its middle', () => {
    deepStrictEqual(afterKey('+', part, whole), { min: 450, max: 550 });
    deepStrictEqual(afterKey('=', undefined, whole), { min: 250, max: 750 });
    deepStrictEqual(afterKey('-', part, whole), { min: 300, max: 700 });
    strictEqual(afterKey('-', { min: 100, max: 700 }, whole), undefined);
  });

  it('moves by a fifth of itself, and stops at the ends', () => {
    deepStrictEqual(afterKey('ArrowRight', part, whole), { min: 440, max: 640 });
    deepStrictEqual(afterKey('ArrowLeft', part, whole), { min: 360, max: 560 });
    deepStrictEqual(afterKey('ArrowRight', { min: 790, max: 990 }, whole), { min: 800, max: 1000 });
  });

  it('ends with 0 and Escape, and takes no keys that mean nothing to it', () => {
    strictEqual(afterKey('0', part, whole), undefined);
    strictEqual(afterKey('Escape', part, whole), undefined);
    for (const key of ['ArrowLeft', 'ArrowRight', '0', 'Escape', 'a', 'Tab'])
      strictEqual(afterKey(key, undefined, whole), null, key);
  });

  it('stays within the axis, in whole steps and no narrower than it may be, whatever is pressed', () => {
    const keys = fc.array(fc.constantFrom('+', '-', 'ArrowLeft', 'ArrowRight'), { maxLength: 40 });
    fc.assert(
      fc.property(keys, fc.integer({ min: 20, max: 1e6 }), (pressed, max) => {
        let range: { min: number; max: number } | undefined;
        for (const key of pressed) {
          const next = afterKey(key, range, { min: 0, max });
          if (next === null) continue;
          range = next;
          if (!range) continue;
          ok(range.min >= 0 && range.max <= max && range.max - range.min >= narrowest);
          ok(Number.isInteger(range.min) && Number.isInteger(range.max));
        }
      }),
    );
  });
});
