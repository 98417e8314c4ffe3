import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { rangeTestExponent, rangeTestSteps, rateRangeOf, rateRangeText } from '../../../../src/shared/learning-rate';
import { modelDefinitions } from '../../../../src/makemore/models';
import { isCounting, presets } from '../../../../src/shared/presets';
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

/** Of minibatches, as in part 2. */
const rates = { from: -3, to: 0 };

const near = (actual: number, expected: number, by = 1e-6): void =>
  ok(Math.abs(actual - expected) < by, `${actual} ${expected}`);

describe('the range test of the learning rate', () => {
  it('goes from 0.001 to 1 with minibatches, to 1,000 with full batches, and from 0.00001 to 0.1 with AdamW', () => {
    strictEqual(rangeTestExponent(0, rates), -3);
    strictEqual(rangeTestExponent(rangeTestSteps - 1, rates), 0);
    for (const preset of presets.filter(preset => !isCounting(preset))) {
      const { hyperparameters: h, model } = preset;
      const definition = modelDefinitions[model];
      const isAdamW = definition.kind === 'neural' && definition.optimizer === 'adamw';
      const expected = isAdamW ? '0.00001 to 0.1' : h.batchSize === 0 ? '0.001 to 1,000' : '0.001 to 1';
      strictEqual(rateRangeText(h), expected, preset.id);
      const { from, to } = rateRangeOf(h);
      ok(h.learningRate! > 10 ** from && h.learningRate! < 10 ** to, `${preset.id} has its own rate inside`);
    }
  });

  it('smooths as a plain computation does', () => {
    const losses = history(200, 100);
    const smoothed = smoothLosses(losses);
    strictEqual(smoothed.length, 200);
    for (const step of [0, 3, reach, 100, 180, 199]) {
      const around = [...losses.values.subarray(0, 200)].filter((_, i) => Math.abs(i - step) <= reach);
      const out = Math.floor(around.length / 10);
      const kept = around.sort((a, b) => a - b).slice(out, around.length - out);
      near(at(smoothed, step), kept.reduce((a, b) => a + b) / kept.length);
    }
    strictEqual(smoothLosses({ values: new Float32Array(8), length: 0 }).length, 0);
  });

  it('finds where the smoothed loss falls most steeply and where it is lowest', () => {
    const smoothed = smoothLosses(history(1000, 700));
    const found = suggestLearningRate(smoothed, rates);
    ok(found && Math.abs(found.lowest.step - 700) < 30, `step ${found?.lowest.step}`);
    strictEqual(found.lowest.loss, Math.min(...smoothed));
    strictEqual(found.lowest.exponent, -3 + (3 * found.lowest.step) / 999);
    strictEqual(found.lowest.learningRate, Number((10 ** found.lowest.exponent).toPrecision(2)));
    ok(found.rises);
    ok(found.steepest.step < 130, `the parabola is steepest at its beginning, not at step ${found.steepest.step}`);
    strictEqual(formatRate({ ...found.lowest, exponent: -0.9159, learningRate: 0.12 }), '10^−0.92 = 0.12');
  });

  it('suggests the largest rate up to which the loss falls at least half as steeply as anywhere', () => {
    // A parabola is half as steep halfway to its lowest point.
    const { suggested } = suggestLearningRate(smoothLosses(history(1000, 700)), rates)!;
    ok(Math.abs(suggested.step - 390) < 40, `step ${suggested.step}`);
    // A step down: the fall from 400 to 500 is all there is.
    const fall = Float32Array.from({ length: 1000 }, (_, i) => 3 - Math.min(1, Math.max(0, (i - 400) / 100)) + i / 1e5);
    const found = suggestLearningRate(smoothLosses({ values: fall, length: 1000 }), rates)!;
    near(found.steepest.step, 440, 30);
    ok(
      found.suggested.step >= found.steepest.step && found.suggested.step <= found.lowest.step,
      `step ${found.suggested.step}`,
    );
  });

  it('is about the rates that were tried', () => {
    const found = suggestLearningRate(smoothLosses(history(1000, 999)), { from: -5, to: -1 })!;
    near(found.lowest.exponent, -1, 0.2);
    ok(found.suggested.learningRate < 0.1 && found.suggested.learningRate > 1e-5);
  });

  it('suggests nothing where the loss only rises, and something after two steps', () => {
    strictEqual(suggestLearningRate(Float64Array.of(3, 4, 5), rates), undefined);
    strictEqual(suggestLearningRate(Float64Array.of(3, 2), rates)?.lowest.step, 1);
  });

  it('says when the loss was still falling at the end', () => {
    strictEqual(suggestLearningRate(smoothLosses(history(1000, 1400)), rates)?.rises, false);
  });

  it('passes over losses that are no numbers', () => {
    const { values, length } = history(1000, 990);
    values.fill(NaN, 800, 900);
    values.fill(Infinity, 900, 1000);
    const found = suggestLearningRate(smoothLosses({ values, length }), rates);
    strictEqual(found?.lowest.step, 800 - reach - 1);
    strictEqual(suggestLearningRate(Float64Array.of(NaN, Infinity), rates), undefined);
    strictEqual(suggestLearningRate(new Float64Array(0), rates), undefined);
  });

  it('is drawn up to twice what came before the lowest point, however the loss ends', () => {
    const losses = { values: Float32Array.of(4, 3, 2, 5, 7, 1e20, Infinity, NaN, 99), length: 8 };
    deepStrictEqual(lossRange(losses, 2), { least: 2, largest: 8 });
    deepStrictEqual(lossRange({ ...losses, length: 4 }, 2), { least: 2, largest: 5 });
  });

  it('is told in rows of 20 steps', () => {
    const losses = history(50, 20);
    const rows = rangeTestRows(losses, smoothLosses(losses), rates);
    strictEqual(rows.length, 3);
    deepStrictEqual(at(rows, 1).slice(0, 3), ['-2.94', '0.00115', at(losses.values, 20).toFixed(4)]);
  });
});
