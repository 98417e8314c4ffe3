import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { rangeTestExponent, rangeTestSteps } from '../../../../src/shared/learning-rate';
import type { LossHistory } from '../../../../src/shared/run-state';
import {
  lossRange,
  rangeTestRows,
  reach,
  smoothLosses,
  suggestLearningRate,
} from '../../../../webview/panels/learning-rate/range-test';
import { formatRate } from '../../../../webview/panels/learning-rate/picture';

/** Falls until a step and rises from there, with noise that is the same every time; there is room behind the losses. */
function history(length: number, lowest: number): LossHistory {
  const values = new Float32Array(2048).fill(99);
  for (let i = 0; i < length; i++) values[i] = 3 + ((i - lowest) / 400) ** 2 + 0.2 * Math.sin(i * i);
  return { values, length };
}

const near = (actual: number, expected: number, by = 1e-6): void =>
  ok(Math.abs(actual - expected) < by, `${actual} ${expected}`);

describe('the range test of the learning rate', () => {
  it('takes 1,000 steps from 0.001 to 1', () => {
    strictEqual(rangeTestExponent(0), -3);
    strictEqual(rangeTestExponent(rangeTestSteps - 1), 0);
  });

  it('smooths as a plain computation does', () => {
    const losses = history(200, 100);
    const smoothed = smoothLosses(losses);
    strictEqual(smoothed.length, 200);
    for (const step of [0, 3, reach, 100, 180, 199]) {
      const around = [...losses.values.subarray(0, 200)].filter((_, i) => Math.abs(i - step) <= reach);
      near(at(smoothed, step), around.reduce((a, b) => a + b) / around.length);
    }
    strictEqual(smoothLosses({ values: new Float32Array(8), length: 0 }).length, 0);
  });

  it('suggests the rate at which the smoothed loss is lowest', () => {
    const smoothed = smoothLosses(history(1000, 700));
    const found = suggestLearningRate(smoothed);
    ok(found && Math.abs(found.step - 700) < 30, `step ${found?.step}`);
    strictEqual(found.loss, Math.min(...smoothed));
    strictEqual(found.exponent, -3 + (3 * found.step) / 999);
    strictEqual(found.learningRate, Number((10 ** found.exponent).toPrecision(2)));
    ok(found.rises);
    strictEqual(formatRate({ ...found, exponent: -0.9159, learningRate: 0.12 }), '10^−0.92 = 0.12');
  });

  it('says when the loss was still falling at the end', () => {
    strictEqual(suggestLearningRate(smoothLosses(history(1000, 1400)))?.rises, false);
  });

  it('passes over losses that are no numbers', () => {
    const { values, length } = history(1000, 990);
    values.fill(NaN, 800, 900);
    values.fill(Infinity, 900, 1000);
    const found = suggestLearningRate(smoothLosses({ values, length }));
    strictEqual(found?.step, 800 - reach - 1);
    strictEqual(suggestLearningRate(Float64Array.of(NaN, Infinity)), undefined);
    strictEqual(suggestLearningRate(new Float64Array(0)), undefined);
  });

  it('is drawn up to twice what came before the lowest point, however the loss ends', () => {
    const losses = { values: Float32Array.of(4, 3, 2, 5, 7, 1e20, Infinity, NaN, 99), length: 8 };
    deepStrictEqual(lossRange(losses, 2), { least: 2, largest: 8 });
    deepStrictEqual(lossRange({ ...losses, length: 4 }, 2), { least: 2, largest: 5 });
  });

  it('is told in rows of 20 steps', () => {
    const losses = history(50, 20);
    const rows = rangeTestRows(losses, smoothLosses(losses));
    strictEqual(rows.length, 3);
    deepStrictEqual(at(rows, 1).slice(0, 3), ['-2.94', '0.00115', at(losses.values, 20).toFixed(4)]);
  });
});
