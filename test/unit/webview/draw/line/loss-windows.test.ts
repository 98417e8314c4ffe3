import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../../src/shared/at';
import { LossWindows, meanOfLast, windowsWithin, windowSizeFor } from '../../../../../webview/draw/line/loss-windows';
import { evenTicks, logarithmicTicks } from '../../../../../webview/draw/ticks';

const losses = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => 2 + Math.sin(i * i));

describe('loss windows', () => {
  it('are at most 250, and 1,000 steps long for 200,000, as in the lectures', () => {
    strictEqual(windowSizeFor(0), 1);
    strictEqual(windowSizeFor(250), 1);
    strictEqual(windowSizeFor(251), 2);
    strictEqual(windowSizeFor(200_000), 1000);
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), n => n / windowSizeFor(n) <= 250));
  });

  it('are those of a plain computation, however the losses arrive', () => {
    const values = losses(30_000);
    const arrivals = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 7 });
    fc.assert(
      fc.property(arrivals, counts => {
        const kept = new LossWindows();
        let length = 0;
        for (const count of counts) kept.update(values, (length += count));
        kept.update(values, length);
        deepStrictEqual(kept.windows, plain(values, length, kept.size));
      }),
      { numRuns: 30 },
    );
  });

  it('of a part are as fine as it allows, and go on to the next on either side', () => {
    const values = losses(30_000);
    const { size, windows } = windowsWithin(values, 30_000, { min: 10_005, max: 11_000 });
    strictEqual(size, 5);
    const all = plain(values, 30_000, 5);
    deepStrictEqual(windows, all.slice(10_000 / 5, 11_005 / 5));
    deepStrictEqual(windowsWithin(values, 30_000, { min: 0, max: 100 }).windows, plain(values, 101, 1));
    const end = windowsWithin(values, 10_998, { min: 10_005, max: 11_000 }).windows;
    deepStrictEqual(end, all.slice(10_000 / 5, 10_995 / 5), 'only complete ones');
    fc.assert(
      fc.property(fc.nat(29_000), fc.integer({ min: 10, max: 20_000 }), (min, width) => {
        const part = windowsWithin(values, 30_000, { min, max: min + width });
        ok(part.windows.length <= 253 && at(part.windows, 0).firstStep <= min);
      }),
    );
  });

  it('begin anew with a new run', () => {
    const kept = new LossWindows();
    kept.update(losses(10_000), 10_000);
    kept.reset();
    kept.update(Float32Array.of(3, 1), 2);
    deepStrictEqual(
      kept.windows.map(w => w.mean),
      [3, 1],
    );
  });

  it('show a loss that is not a number as such', () => {
    const kept = new LossWindows();
    kept.update(Float32Array.of(3, NaN), 2);
    ok(Number.isNaN(at(kept.windows, 1).mean));
  });

  it('take the last losses together', () => {
    strictEqual(meanOfLast(new Float32Array(0), 0, 100), undefined);
    strictEqual(meanOfLast(Float32Array.of(9, 1, 3, 7), 3, 2), 2); // the fourth is room to grow
    strictEqual(meanOfLast(Float32Array.of(1, 3), 2, 100), 2);
  });
});

describe('ticks of a logarithmic axis', () => {
  it('are round', () => {
    deepStrictEqual(logarithmicTicks(1.6, 27), [2, 3, 5, 10, 20]);
    deepStrictEqual(
      logarithmicTicks(2.3, 4.07).map(tick => tick.toFixed(1)),
      ['2.5', '3.0', '3.5', '4.0'],
    );
    deepStrictEqual(logarithmicTicks(0.001, 1000), [0.001, 0.01, 0.1, 1, 10, 100, 1000]);
    deepStrictEqual(logarithmicTicks(1, 1), []);
    deepStrictEqual(evenTicks(-3, 4.2), [-2, 0, 2, 4]);
    deepStrictEqual(evenTicks(1, 1), []);
  });
});

function plain(values: Float32Array, length: number, size: number) {
  return Array.from({ length: Math.floor(length / size) }, (_, i) => {
    const window = [...values.subarray(i * size, (i + 1) * size)];
    const mean = window.reduce((sum, value) => sum + value, 0) / size;
    return { firstStep: i * size, mean, min: Math.min(...window), max: Math.max(...window) };
  });
}
