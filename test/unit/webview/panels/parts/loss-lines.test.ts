import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { learningRateAt } from '../../../../../src/shared/learning-rate';
import { presetById, withHyperparameters } from '../../../../../src/shared/presets';
import type { RunInfo } from '../../../../../src/shared/run';
import { idle, type RunState } from '../../../../../src/shared/run-state';
import { LossWindows, windowsWithin } from '../../../../../webview/draw/line/loss-windows';
import type { Theme } from '../../../../../webview/draw/theme';
import { lossLines, lossSummary, ratePoints } from '../../../../../webview/panels/parts/loss-lines';
import { lossMarks } from '../../../../../webview/panels/parts/loss-marks';
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
const marks = lossMarks(state);
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
    deepStrictEqual(ids, ['minibatch', 'smoothed', 'dev', 'rate']);
  });

  it('lie on axes that hold all of them, the learning rate on its own', () => {
    const { y, right, lines } = lossPicture(
      state,
      lossLines(state, all),
      { logarithmic: false, zoom: undefined, marks },
      theme,
    );
    deepStrictEqual([y.min, y.max], [1.5, 29]);
    ok(right?.min === 0 && right.max > 0.1);
    deepStrictEqual(
      lines.filter(({ axis }) => axis === 'right').map(({ label }) => label),
      ['Learning rate'],
    );
    const without = lossLines(state, all).filter(({ id }) => id !== 'rate');
    strictEqual(lossPicture(state, without, { logarithmic: true, zoom: undefined, marks }, theme).right, undefined);
  });

  it('are told as a choice among so many characters where a person points', () => {
    const { tooltipFoot } = lossPicture(
      state,
      lossLines(state, all),
      { logarithmic: true, zoom: undefined, marks },
      theme,
    );
    deepStrictEqual(
      [2.1, Math.log(27)].map(y => tooltipFoot?.(y)),
      ['as if choosing among 8.2 characters', 'as if choosing among 27 characters'],
    );
  });

  it('are seen closely between two steps, whatever lies outside', () => {
    const zoom = { min: 2000, max: 3000 };
    const lines = lossLines(state, windowsWithin(values, 5000, zoom));
    for (const logarithmic of [false, true]) {
      const { x, y } = lossPicture(state, lines, { logarithmic, zoom, marks }, theme);
      deepStrictEqual([x.min, x.max], [2000, 3000]);
      ok(y.min > 1.8 && y.min < 1.9 && y.max > 2.1 && y.max < 2.2, `${y.min} ${y.max}`);
    }
  });

  it('are not squeezed by what counting reaches, only by a uniform guess and the floor of a batch', () => {
    const short = { ...state, losses: { values: Float32Array.of(3.4, 3.3, 3.2, 3.1), length: 4 }, evaluations: [] };
    const early = new LossWindows();
    early.update(short.losses.values, 4);
    const axisOf = (marks: ReturnType<typeof lossMarks>): number[] => {
      const { y } = lossPicture(short, lossLines(short, early), { logarithmic: true, zoom: undefined, marks }, theme);
      return [y.min, y.max];
    };
    const info = { ...state.info, countedLosses: { letters: 2.82, bigrams: 2.45, trigrams: 2.21 } } as RunInfo;
    deepStrictEqual(axisOf(lossMarks({ ...short, info })), axisOf(marks));
    const [least = 0] = axisOf(lossMarks({ ...short, purpose: 'overfit', info: { ...info, floor: 0.25 } }));
    ok(least < 0.25);
    const [above = 0] = axisOf(lossMarks({ ...short, purpose: 'overfit', info: { ...info, floor: 1e-5 } }));
    ok(above > 0.25, 'a logarithmic axis would never reach it');
  });

  it('are told in a sentence, with what they are held against', () => {
    strictEqual(lossSummary(state, all), 'Loss fell from 29.00 to 2.00 over 5,000 steps. Marks: guess 3.30');
    strictEqual(
      lossSummary({ ...state, losses: { values, length: 0 } }, new LossWindows()),
      'Loss: no step has been made yet.',
    );
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
