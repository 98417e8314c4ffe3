import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { presetById } from '../../../../src/shared/presets';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { raised } from '../../../../webview/alerts/rules';
import { healthyRatios } from '../../../../webview/alerts/update-rules';
import { LossWindows } from '../../../../webview/draw/line/loss-windows';
import { updatesLookFor } from '../../../../webview/panels/updates/sentences';
import { healthyUpdates as healthy, settling, updatesOf as stateOf } from '../panels/updates-of';

describe('rules of the updates', () => {
  const says = (state: RunState): string[] =>
    raised({ state, smoothed: new LossWindows() }).map(({ kind, says, remedy }) => `${kind}: ${says} ${remedy}`);

  it('are none for healthy nets at any step', () => {
    for (const steps of [0, 40, 100, 130, 300, 1000, 3000])
      deepStrictEqual(says(stateOf(steps, 10, ...healthy)), [], `${steps} steps`);
    deepStrictEqual(says(idle), []);
  });

  it('leave the first steps alone, and the last layer, which was drawn small', () => {
    deepStrictEqual(
      says(
        stateOf(
          90,
          10,
          () => -0.5,
          () => -0.5,
          () => -0.5,
        ),
      ),
      [],
    );
    const small = stateOf(1000, 10, settling(-3.9, -2.9), settling(-3.6, -2.8), settling(-0.6, -1.3));
    deepStrictEqual(says(small), []);
    match(says(stateOf(1000, 10, () => -1.2)).join(), /changes C too much/, 'a single matrix is no last one');
    match(says(stateOf(12_000, 100, ...[-2.9, -2.8, -1.2].map(r => () => r))).join(), /changes W2 too much/, 'grown');
  });

  it('point to the learning rate where most matrices change too much or too little', () => {
    const large = says(stateOf(300, 10, ...[-1.2, -1.3, -0.7].map(r => () => r)));
    match(large.join(), /^warning: Each step changes C and W1 too much .*learning rate three to ten times smaller/);
    const tiny = says(stateOf(300, 10, ...[-5.9, -5.6, -2.7].map(r => () => r)));
    match(tiny.join(), /^hint: A step hardly changes C and W1, .*learning rate three to ten times larger/);
  });

  it('name the matrices that do not change at all, as a single alert', () => {
    const none = says(stateOf(300, 10, ...[-Infinity, NaN, -2.7].map(r => () => r)));
    strictEqual(none.length, 1);
    match(
      at(none, 0),
      /^warning: Steps do not change C and W1 at all: the update is exactly 0, since no gradient arrives/,
    );
    const zero = says({ ...stateOf(300, 10, ...[-Infinity, -Infinity].map(r => () => r)), learningRate: 0, step: 300 });
    deepStrictEqual(zero, [
      'warning: The learning rate is 0: no step changes anything. Train again with a learning rate above 0; Find the Learning Rate looks for one.',
    ]);
    strictEqual(
      says(
        stateOf(
          1,
          1,
          () => -Infinity,
          () => -2,
        ),
      ).length,
      0,
      'at the first step',
    );
  });

  it('offer the rate of the lecture where it is 0', () => {
    const state = { ...stateOf(300, 10, () => -Infinity), learningRate: 0, preset: presetById('makemore-mlp') };
    const [alert] = raised({ state, smoothed: new LossWindows() });
    strictEqual(alert?.fix?.hyperparameters.learningRate, 5e-4);
  });

  it('leave alone what once moved as it should, and has come to rest', () => {
    const resting = (step: number): number => -3 - step / 400;
    deepStrictEqual(says(stateOf(1000, 10, resting, resting, resting)), []);
    match(says(stateOf(1000, 10, () => -5, resting, resting)).join(), /^hint: A step hardly changes C, and never did/);
  });

  it('let a full batch take larger steps, as its picture does', () => {
    const full = { ...stateOf(1000, 10, () => -1.07), preset: presetById('trigram-net') };
    deepStrictEqual(says(full), []);
    match(says({ ...stateOf(1000, 10, () => -0.04), preset: presetById('bigram-net') }).join(), /changes C too much/);
    deepStrictEqual([healthyRatios(full).max, healthyRatios(idle).max], [-0.5, -1.5]);
    match(updatesLookFor(full).more ?? '', /between −4\.5 and −0\.5 .*A full batch has no noise/);
  });

  it('point to the initialization where one differs from the others', () => {
    const one = says(stateOf(300, 10, ...[-3, -1.2, -2.5, -2.5, -2.5].map(r => () => r)));
    match(one.join(), /^warning: Each step changes W1 too .*drawn too small/);
    const slow = says(stateOf(300, 10, ...[-5, -2.4, -2.5, -2.5].map(r => () => r)));
    match(slow.join(), /^hint: A step hardly changes C, .*drawn too large/);
  });

  it('listen to several looks, and to what is late', () => {
    const jumps = stateOf(
      300,
      10,
      step => (step === 300 ? -1 : -2.5),
      () => -2.5,
      () => -2.5,
    );
    deepStrictEqual(says(jumps), []);
    const mended = stateOf(
      1000,
      10,
      step => (step < 500 ? -1 : -2.5),
      () => -2.5,
      () => -2.5,
    );
    deepStrictEqual(says(mended), []);
    deepStrictEqual(
      says({
        ...stateOf(
          300,
          10,
          () => -1,
          () => -1,
          () => -1,
        ),
        purpose: 'rangeTest',
      }),
      [],
    );
  });
});
