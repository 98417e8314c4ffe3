import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { presetById } from '../../../../src/shared/presets';
import type { Evaluation, RunInfo } from '../../../../src/shared/run';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { LossWindows } from '../../../../webview/draw/line/loss-windows';
import { explodes, firstNotFinite, overfits, steadyMeans, steadySteps } from '../../../../webview/alerts/loss-rules';
import { raised } from '../../../../webview/alerts/rules';

/** The same every time, as wide as the losses of minibatches of 32. */
const noise = (i: number): number => 0.35 * Math.sin(i * i * 12.9898) * Math.sqrt(2);
/** As a healthy run falls, from a value that is soon forgotten. */
const healthy = (first: number) => (i: number) => 2.1 + 1.2 * Math.exp(-i / 3000) + (first - 3.3) * Math.exp(-i / 40);

function stateOf(loss: (i: number) => number, length: number, evaluations: readonly Evaluation[] = []): RunState {
  const values = new Float32Array(length + 100); // there is room behind the losses
  for (let i = 0; i < length; i++) values[i] = loss(i);
  return {
    ...idle,
    status: 'running',
    preset: presetById('mlp-part2'),
    purpose: 'train',
    evaluations,
    info: { vocabSize: 27, examples: { train: 1000, dev: 100, test: 100 } } as RunInfo,
    losses: { values, length },
  };
}

function smoothedOf({ losses }: RunState): LossWindows {
  const windows = new LossWindows();
  windows.update(losses.values, losses.length);
  return windows;
}

const alertsOf = (state: RunState): string[] =>
  raised({ state, smoothed: smoothedOf(state) }).map(({ kind, says }) => `${kind}: ${says}`);

/** Dev losses that end a run of so many steps, evenly apart. */
const devs = (steps: number, ...losses: readonly number[]): Evaluation[] =>
  losses.map((dev, i) => ({ step: Math.round((steps * (i + 1)) / losses.length), dev }));

describe('rules of the loss', () => {
  it('are none for healthy runs of any length', () => {
    for (const length of [0, 1, 19, 40, 300, 5000, 60_000]) {
      const state = stateOf(i => healthy(3.3)(i) + noise(i), length, devs(length, 2.6, 2.4, 2.22, 2.25, 2.21, 2.24));
      deepStrictEqual(alertsOf(state), [], `${length} steps`);
    }
  });

  it('explain a hockey stick, and say how far the first loss lies above ln V', () => {
    const [hint = '', ...others] = alertsOf(stateOf(i => healthy(27.9)(i) + noise(i), 5000));
    match(hint, /^hint: A hockey stick: the first loss, 27\.90, is 24\.60 above ln 27 = 3\.30/);
    deepStrictEqual(others, []);
    deepStrictEqual(alertsOf(stateOf(healthy(4.2), 5000)), [], 'by chance');
    const exploding = alertsOf(stateOf(i => 27.9 + i, 5000));
    match(exploding.join(), /^warning: The loss explodes[^,]*,[^,]*$/, 'what is worse goes first');
    const { remedy } = at(raised({ state: stateOf(healthy(27.9), 10), smoothed: new LossWindows() }), 0);
    match(remedy, /mlp-part3-logits.* W2 of 0\.01 and a scale of b2 of 0/);
  });

  it('name the first step without a loss, and nothing else that follows from it', () => {
    const state = stateOf(i => (i < 700 ? 3 + i / 100 : i < 800 ? Infinity : NaN), 1000);
    match(alertsOf(state).join(), /^warning: Since step 700 the loss is not a number[^,]*,[^,]*$/);
    const divergence = { step: 700, loss: Infinity, learningRate: 1, reason: 'The rate is too high.', remedy: {} };
    deepStrictEqual(alertsOf({ ...state, divergence }), [], 'the notice with its cause has said it');
    strictEqual(firstNotFinite({ values: Float32Array.of(3, NaN, 2), length: 3 }), undefined, 'it has come back');
    strictEqual(firstNotFinite({ values: Float32Array.of(3, 2, NaN), length: 2 }), undefined, 'room to grow');
    strictEqual(firstNotFinite({ values: Float32Array.of(NaN, NaN), length: 2 }), 0);
  });

  it('tell a loss that explodes from one that only jumped', () => {
    match(alertsOf(stateOf(i => 2.5 + i / 1000 + noise(i), 3000)).join(), /^warning: The loss explodes/);
    const plateau = stateOf(i => (i < 500 ? 3 : 9) + noise(i), 3000);
    match(alertsOf(plateau).join(), /^warning: The loss explodes/);
    deepStrictEqual(alertsOf(stateOf(i => (i > 500 && i < 900 ? 9 : 2.5) + noise(i), 3000)), []);
    const ends = (...means: readonly number[]): boolean => {
      const state = stateOf(i => at(means, Math.floor(i / steadySteps)), steadySteps * means.length);
      return explodes({ state, smoothed: smoothedOf(state) });
    };
    ok(ends(3, 2, 3.1));
    ok(!ends(3, 2, 2.9) && !ends(2, 9, 4) && !ends(9) && !ends());
    ok(ends(2, 300, 100), 'it has come back by more than half, and is worse than a uniform guess');
    ok(!ends(25, 24, 25.5, 24.5), 'large losses differ by more');
  });

  it('take losses together over 20 steps at least', () => {
    const state = stateOf(i => i, 105);
    deepStrictEqual(steadyMeans(smoothedOf(state)), [9.5, 29.5, 49.5, 69.5, 89.5]);
    strictEqual(at(steadyMeans(smoothedOf(stateOf(i => i, 100_000))), 0), 249.5);
  });

  it('warn of overfitting where dev rises while the minibatches fall', () => {
    const falling = (i: number): number => 3 - i / 5000 + noise(i);
    const rising = devs(6000, 2.6, 2.4, 2.3, 2.28, 2.29, 2.3, 2.33, 2.35, 2.37, 2.4, 2.44);
    match(alertsOf(stateOf(falling, 6000, rising)).join(), /^warning: The dev loss rises/);
    const both = stateOf(i => 2 + i / 20_000 + noise(i), 6000, rising);
    deepStrictEqual(alertsOf(both), [], 'both rise');
    deepStrictEqual(alertsOf({ ...stateOf(falling, 6000, rising), purpose: 'overfit' }), [], 'it is meant to');
    ok(!overfits(rising.slice(0, 5), smoothedOf(stateOf(falling, 6000))), 'too few');
    ok(!overfits([], new LossWindows()));
  });

  it('know how far a dev loss wanders at a large learning rate', () => {
    const stateAfter = (losses: readonly number[]): RunState => {
      const steps = 100 * losses.length;
      return stateOf(i => 2.5 - i / 20_000 + noise(i), steps, devs(steps, ...losses));
    };
    for (let length = 1; length <= wandering.length; length++)
      deepStrictEqual(alertsOf(stateAfter(wandering.slice(0, length))), [], `${length} evaluations`);
    const worse = wandering.slice(-10).map((dev, i) => dev + 0.05 * i);
    match(alertsOf(stateAfter([...wandering, ...worse])).join(), /^warning: The dev loss rises/);
  });
});

/** Dev losses of mlp-part2 on names.txt at a learning rate of 0.1, about 1,200 steps apart. */
const wandering = [
  4.577, 3.19, 2.898, 2.797, 2.719, 2.769, 2.516, 2.582, 2.532, 2.539, 2.464, 2.546, 2.449, 2.469, 2.468, 2.533, 2.4,
  2.434, 2.441, 2.415, 2.393, 2.436, 2.396, 2.442, 2.418, 2.503, 2.396, 2.373, 2.38, 2.41, 2.425, 2.362, 2.372, 2.343,
  2.345, 2.436, 2.404, 2.35, 2.368, 2.356, 2.366, 2.332, 2.422, 2.365, 2.381, 2.352, 2.338, 2.375, 2.388, 2.365, 2.35,
  2.371, 2.319, 2.346, 2.477, 2.295, 2.332, 2.377, 2.335, 2.355, 2.316, 2.319, 2.33, 2.386, 2.334, 2.313, 2.371, 2.347,
  2.415, 2.34, 2.309, 2.334, 2.329, 2.285,
];
