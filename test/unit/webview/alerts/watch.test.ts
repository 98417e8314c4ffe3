import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import type { LeastActivations } from '../../../../src/shared/inspection';
import { presetById } from '../../../../src/shared/presets';
import type { RunState } from '../../../../src/shared/run-state';
import { rules } from '../../../../webview/alerts/rules';
import { AlertWatch } from '../../../../webview/alerts/watch';
import { layer, lookedInto } from '../panels/looks';
import { contexts, info, tensor } from '../panels/tanh-layers';

/** A look at h1 (2, 3) whose first neuron has this value in both rows. */
function seen(value: number, least?: LeastActivations): RunState {
  const h1 = tensor([2, 3], [value, 0.1, 0.2, value, 0.3, -0.4]);
  const state = lookedInto('mlp-part3-original', [{ step: 1, layers: [layer({ name: 'h1' })] }]);
  const inspection = { ...state.inspection!, batch: contexts, tensors: { h1 } };
  return { ...state, info, inspection, ...(least && { leastActivations: least }) };
}

describe('neurons', () => {
  it('that are saturated for a whole batch are told of for a moment longer than they are', () => {
    const watch = new AlertWatch();
    const told = (value: number): boolean => watch.update(seen(value)).some(({ id }) => id === 'throughout');
    strictEqual(told(0.985), false);
    strictEqual(told(1), true);
    for (let i = 0; i < 7; i++) strictEqual(told(0.5), true);
    strictEqual(told(0.5), false);
    strictEqual(told(1), true);
  });

  it('that are dead are told of by the threshold of the lecture, with what to try', () => {
    const least = (value: number): LeastActivations => ({
      step: 1,
      layers: [
        { name: 'h1', least: Float32Array.of(value, 0.1, 0) },
        { name: 'h2', least: Float32Array.of(0.5) },
      ],
    });
    const told = (state: RunState): string[] =>
      new AlertWatch().update(state).map(({ kind, says, remedy }) => `${kind}: ${says} ${remedy}`);
    deepStrictEqual(told(seen(0.5, least(0.98))), []);
    const [dead = '', ...others] = told(seen(1, least(0.995)));
    match(
      dead,
      /^warning: There are dead neurons in h1: .*scale of W1 of 0\.2 and of b1 of 0\.01 .*batch normalization/,
    );
    deepStrictEqual(others, [], 'and not that they might be');
    const normalized = { ...seen(0.5, least(0.995)), preset: presetById('mlp-part3-batchnorm') };
    strictEqual(told(normalized).join().includes('batch normalization'), false, 'it has that already');
  });
});

describe('the table of rules', () => {
  it('has ids of its own, and silences only what there is', () => {
    const ids = rules.map(({ id }) => id);
    strictEqual(new Set(ids).size, ids.length);
    deepStrictEqual(
      rules.flatMap(({ silences = [] }) => silences).filter(id => !ids.includes(id)),
      ['all others', 'all others'],
    );
  });

  it('tells a run that begins nothing of the one before', () => {
    const watch = new AlertWatch();
    strictEqual(watch.update(seen(1)).length, 1);
    deepStrictEqual(watch.update({ ...seen(0.5), info: { ...info } }), []);
  });
});
