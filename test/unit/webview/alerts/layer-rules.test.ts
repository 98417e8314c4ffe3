import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { listed } from '../../../../webview/alerts/listed';
import { raised } from '../../../../webview/alerts/rules';
import { LossWindows } from '../../../../webview/draw/line/loss-windows';
import { healthyLayers as healthy, layersOf as stateOf } from '../panels/layers-of';
import { layer } from '../panels/looks';

describe('rules of the layers', () => {
  const says = (state: RunState): string[] =>
    raised({ state, smoothed: new LossWindows() }).map(({ kind, says, remedy }) => `${kind}: ${says} ${remedy}`);

  it('are none for a healthy net', () => {
    deepStrictEqual(says(stateOf('deep-part3-batchnorm', healthy, healthy)), []);
    deepStrictEqual(says(stateOf('mlp-part3-kaiming', [layer({ saturated: 0.2144, std: 0.756 })])), []);
    deepStrictEqual(says(stateOf('mlp-part3-kaiming', [layer({ saturated: 1 / 3 })])), [], 'not more than a third');
    deepStrictEqual(says(idle), []);
  });

  it('name layers that are saturated, and what to try with this model', () => {
    const saturated = layer({ name: 'h', saturated: 0.6852 });
    match(
      says(stateOf('mlp-part3-original', [saturated])).join(),
      /^warning: More than a third of h is .*mlp-part3-kaiming/,
    );
    deepStrictEqual(says(stateOf('makemore-mlp', [saturated])), [], 'a net of makemore.py learns it, and uses it');
    deepStrictEqual(
      says(stateOf('makemore-gru', [layer({ name: 'h', kind: 'hidden', saturated: 0.99, std: 0.73 })])),
      [],
    );
    const normalized = says(stateOf('mlp-part3-batchnorm', [saturated])).join();
    match(normalized, /^warning: .*lower learning rate/);
    strictEqual(normalized.includes('batch normalization'), false);
  });

  it('tell a start from what training has come to', () => {
    const calm = [layer({ saturated: 0.2 })];
    const high = [layer({ saturated: 0.5 })];
    const full = [layer({ saturated: 0.98 })];
    deepStrictEqual(
      says(stateOf('mlp-part3-kaiming', calm, ...Array<typeof high>(9).fill(high))),
      [],
      'trained into it',
    );
    const driven = says(stateOf('mlp-part3-kaiming', calm, ...Array<typeof full>(9).fill(full)));
    match(driven.join(), /^warning: Training has driven nearly all of h1 into saturation .*learning rate/);
    const late = stateOf('mlp-part2', high);
    const from = (step: number): RunState => ({ ...late, layerHistory: [{ step, layers: high }] });
    const [unseen = ''] = says(from(100_000));
    ok(
      unseen.startsWith('warning: More than a third of h1') && !unseen.includes('were drawn'),
      'a start that nobody saw',
    );
    match(says(from(100)).join(), /as the weights were drawn/);
  });

  it('listen to several looks, so that one minibatch is no alarm', () => {
    const calm = [layer({ saturated: 0.3 })];
    const wild = [layer({ saturated: 0.4 })];
    deepStrictEqual(says(stateOf('mlp-part2', calm, calm, wild)), []);
    strictEqual(says(stateOf('mlp-part2', wild, calm, wild)).length, 1);
    const long = [...Array.from({ length: 20 }, () => wild), ...Array.from({ length: 9 }, () => calm)];
    deepStrictEqual(says(stateOf('mlp-part2', ...long)), [], 'what is long past');
  });

  it('name layers that hardly vary, and gradients that are lost on the way', () => {
    const of = (name: string, std: number, gradStd: number) => layer({ name, std, saturated: 0, gradStd });
    const [h1, h2, h3] = [of('h1', 0.41, 1.9e-5), of('h2', 0.195, 3.9e-5), of('h3', 0.099, 3.1e-4)];
    const [quiet = '', lost = ''] = says(stateOf('deep-part3-batchnorm', [h1, h2, h3]));
    match(quiet, /^warning: h3 hardly varies/);
    match(lost, /^warning: The gradient at h1 is less than a tenth of that at h3/);
    deepStrictEqual(says(stateOf('deep-part3-batchnorm', [h1, h2])), []);
    deepStrictEqual(says(stateOf('mlp-part2', [layer({ gradStd: NaN, std: NaN })])), []);
  });

  it('name the layers that no gradient reaches, which is more than uneven', () => {
    const of = (name: string, gradStd: number) => layer({ name, gradStd });
    const lost = says(stateOf('deep-part3-batchnorm', [of('h1', 0), of('h2', 0), of('h3', 5e-4)]));
    strictEqual(lost.length, 1);
    match(at(lost, 0), /^warning: No gradient at all reaches h1 and h2/);
  });

  it('list names as people do', () => {
    const names = ['h1', 'h2', 'h3', 'h4', 'h5'];
    deepStrictEqual(
      [1, 2, 3, 4, 5].map(n => listed(names.slice(0, n))),
      ['h1', 'h1 and h2', 'h1, h2 and h3', 'h1, h2, h3 and 1 more', 'h1, h2, h3 and 2 more'],
    );
  });
});
