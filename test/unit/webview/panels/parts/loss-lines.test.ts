import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { learningRateAt } from '../../../../../src/shared/learning-rate';
import { presetById, withHyperparameters } from '../../../../../src/shared/presets';
import type { RunInfo } from '../../../../../src/shared/run';
import { idle, type RunState } from '../../../../../src/shared/run-state';
import { LossWindows, windowsWithin } from '../../../../../webview/draw/loss-windows';
import type { Theme } from '../../../../../webview/draw/theme';
import { lossLines, ratePoints } from '../../../../../webview/panels/parts/loss-lines';
import { axisEnd, lossPicture } from '../../../../../webview/panels/parts/loss-picture';

const preset = withHyperparameters(presetById('mlp-part2'), { decayFrom: 3000 });
const values = Float32Array.from({ length: 5000 }, (_, i) => 27 * Math.exp(-i / 20) + 2 + Math.sin(i) / 10);
const state: RunState = {
  ...idle,
  status: 'running',
  preset,
  purpose: 'train',
  losses: { values, length: 5000 },
  evaluations: [{ step: 4000, dev: 2.5 }],
  info: { vocabSize: 27, maxSteps: 10_000, examples: { train: 100, dev: 10, test: 10 } } as RunInfo,
};
const theme = {} as Theme;
const all = new LossWindows();
all.update(values, 5000);

describe('the lines of the loss', () => {
  it('have the learning rate of every step that they touch, and none beyond the last', () => {
    const points = ratePoints(state, [1000, 2999.5, 4500]);
    deepStrictEqual(points, [
      { x: 0, y: 0.1 },
      { x: 1000, y: 0.1 },
      { x: 2999, y: 0.1 },
      { x: 2999.5, y: 0.1 },
      { x: 3000, y: learningRateAt(3000, preset.hyperparameters) },
      { x: 4500, y: 0.1 / 10 },
      { x: 4999, y: 0.1 / 10 },
    ]);
    strictEqual(ratePoints({ ...state, losses: { values, length: 2000 } }, []).at(-1)?.x, 1999);
    deepStrictEqual(ratePoints({ ...state, losses: { values, length: 0 } }, []), []);
    deepStrictEqual(ratePoints({ ...state, preset: presetById('bigram-counts') }, []), []);
  });

  it('are named in the order of the legend', () => {
    const ids = lossLines(state, all).map(({ id }) => id);
    deepStrictEqual(ids, ['minibatch', 'smoothed', 'dev', 'baseline', 'rate']);
  });

  it('lie on axes that hold all of them, the learning rate on its own', () => {
    const { y, right, lines } = lossPicture(
      state,
      lossLines(state, all),
      { logarithmic: false, zoom: undefined },
      theme,
    );
    deepStrictEqual([y.min, y.max], [1.5, 29]);
    ok(right?.min === 0 && right.max > 0.1);
    deepStrictEqual(
      lines.filter(({ axis }) => axis === 'right').map(({ label }) => label),
      ['Learning rate'],
    );
    const without = lossLines(state, all).filter(({ id }) => id !== 'rate');
    strictEqual(lossPicture(state, without, { logarithmic: true, zoom: undefined }, theme).right, undefined);
  });

  it('are seen closely between two steps, whatever lies outside', () => {
    const zoom = { min: 2000, max: 3000 };
    const lines = lossLines(state, windowsWithin(values, 5000, zoom));
    for (const logarithmic of [false, true]) {
      const { x, y } = lossPicture(state, lines, { logarithmic, zoom }, theme);
      deepStrictEqual([x.min, x.max], [2000, 3000]);
      ok(y.min > 1.8 && y.min < 1.9 && y.max > 2.1 && y.max < 2.2, `${y.min} ${y.max}`);
    }
  });

  it('lie on an axis of steps that is round, and ends with the last step that there will be', () => {
    deepStrictEqual(
      [3, 400, 1001, 120_000].map(steps => axisEnd(steps)),
      [10, 400, 1500, 150_000],
    );
    deepStrictEqual(
      [400, 1001].map(steps => axisEnd(steps, 1001)),
      [400, 1001],
    );
    strictEqual(axisEnd(1, 1), 10);
  });
});
