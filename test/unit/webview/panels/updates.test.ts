import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { updateAlerts } from '../../../../webview/panels/updates/alerts';
import {
  gradientAxis,
  gradientDensities,
  parameterColumns,
  parameterNumbers,
  ratioAxis,
  readUpdates,
  updatePicture,
  updateRows,
  updatesFact,
} from '../../../../webview/panels/updates/picture';
import { lookedInto, parameter, themeOf } from './looks';

const names = ['C', 'W1', 'W2', 'W3', 'W4', 'W5', 'W6'];

/** Looks every so many steps; each function gives the ratio of one matrix at a step. */
function stateOf(steps: number, every: number, ...ratios: readonly ((step: number) => number)[]): RunState {
  const looked = Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every);
  return lookedInto(
    'deep-part3-batchnorm',
    looked.map(step => ({ step, parameters: ratios.map((ratio, i) => parameter(at(names, i), ratio(step))) })),
  );
}

/** As wide as minibatches of 32 make it. */
const noise = (step: number): number => 0.15 * Math.sin(step * step);
/** From a start on to where it stays. */
const settling =
  (first: number, last: number) =>
  (step: number): number =>
    last + (first - last) * Math.exp(-step / 200) + noise(step);
/** deep-part3-batchnorm: C, W1 to W6. */
const healthy = [-3.8, -2.8, -2.56, -2.61, -2.66, -2.72, -2.47].map((first, i) =>
  settling(first, at([-3.1, -2.31, -2.16, -2.22, -2.25, -2.25, -1.94], i)),
);

describe('update:data', () => {
  it('is drawn as lines over the steps, with guides at −3 and at the ends of what is healthy', () => {
    const state = stateOf(1000, 50, ...healthy);
    const shown = [1, 6].map(index => ({ index, parameter: at(state.inspection!.parameters!, index) }));
    const { curves, guides, x, y } = updatePicture(state, shown, 7, themeOf('dark'));
    strictEqual(curves.length, 2);
    deepStrictEqual(
      Array.from(at(curves, 1).x),
      Array.from({ length: 21 }, (_, i) => i * 50),
    );
    deepStrictEqual(
      Array.from(at(curves, 1).y),
      state.updateHistory.map(({ ratios }) => at(ratios, 6)),
    );
    deepStrictEqual(
      guides.map(guide => guide.y),
      [-3, -4.5, -1.5],
    );
    deepStrictEqual([x.min, x.max, y.min, y.max], [0, 1000, -5, -1]);
    match(readUpdates(state.updateHistory, shown, 512), /^Step 500: W1 −2\.\d\d, W6 −\d\.\d\d\.$/);
    strictEqual(readUpdates([], shown, 512), '');
  });

  it('has an axis that holds what lies beyond, at whole numbers', () => {
    const ends = (...ratios: number[]): number[] => {
      const { min, max } = ratioAxis([{ step: 1, ratios }]);
      return [min, max + 0]; // no −0
    };
    deepStrictEqual(ends(-3), [-5, -1]);
    deepStrictEqual(ends(-6.68, -0.5), [-7, 0]);
    deepStrictEqual(ends(-Infinity, NaN, null as unknown as number), [-5, -1]);
  });

  it('has gaps where a matrix does not change at all', () => {
    const nothing = stateOf(20, 10, step => (step === 10 ? -Infinity : -3));
    const shown = [{ index: 0, parameter: at(nothing.inspection!.parameters!, 0) }];
    const { y } = at(updatePicture(nothing, shown, 1, themeOf('dark')).curves, 0);
    deepStrictEqual(Array.from(y), [-3, NaN, -3]);
    strictEqual(readUpdates(nothing.updateHistory, shown, 9), 'Step 10: C no update (0).');
    deepStrictEqual(at(updateRows(nothing.updateHistory), 1), ['10', 'no update (0)']);
  });

  it('is told in at most a hundred rows, the last step among them', () => {
    const { updateHistory } = stateOf(1000, 1, () => -3);
    const rows = updateRows(updateHistory);
    ok(rows.length <= 100 && rows.length > 45, String(rows.length));
    deepStrictEqual(rows.at(-1), ['1,000', '−3.00']);
    strictEqual(updateRows(updateHistory.slice(0, 7)).length, 7);
    deepStrictEqual(updateRows([]), []);
  });

  it('has a fact for the heading', () => {
    strictEqual(updatesFact(stateOf(0, 1, ...[-3.1, -1.94, NaN].map(ratio => () => ratio))), 'log10 −3.10 to −1.94');
    strictEqual(updatesFact(stateOf(0, 1, () => -3)), 'log10 −3.00');
    strictEqual(updatesFact(idle), '');
  });
});

describe('the matrices', () => {
  it('are told as the lecture prints them', () => {
    deepStrictEqual(parameterNumbers(parameter('W6', -1.9434)), [
      '(30, 100)',
      '−1.38e−4',
      '1.07e−2',
      '1.160e−1',
      '−1.94',
    ]);
    strictEqual(parameterColumns.length, 5);
    const broken = parameter('W1', NaN, { gradMean: null as unknown as number }); // as JSON has it
    deepStrictEqual([at(parameterNumbers(broken), 1), at(parameterNumbers(broken), 4)], ['–', '–']);
  });

  it('show their gradients over an axis of three stds, a hidden one does not change the looks of the others', () => {
    const shown = [0, 2].map(index => ({ index, parameter: parameter(at(names, index), -3, { gradStd: 0.004 }) }));
    const axis = gradientAxis(shown);
    deepStrictEqual([axis.min, axis.max], [-0.015, 0.015]);
    const theme = themeOf('light');
    const all = [0, 1, 2].map(index => ({ index, parameter: parameter(at(names, index), -3) }));
    deepStrictEqual(at(gradientDensities(shown, 3, theme), 1).look, at(gradientDensities(all, 3, theme), 2).look);
    strictEqual(gradientAxis([]).max, 1);
  });
});

describe('alerts of the updates', () => {
  const says = (state: RunState): string[] =>
    updateAlerts(state).map(({ kind, says, remedy }) => `${kind}: ${says} ${remedy}`);

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
    deepStrictEqual(says(stateOf(1000, 10, () => -1.2)), [], 'a single matrix is the last one');
  });

  it('point to the learning rate where most matrices change too much or too little', () => {
    const large = says(stateOf(300, 10, ...[-1.2, -1.3, -0.7].map(r => () => r)));
    match(large.join(), /^warning: Each step changes C and W1 by more than .*learning rate three to ten times smaller/);
    const tiny = says(stateOf(300, 10, ...[-5.9, -5.6, -2.7].map(r => () => r)));
    match(tiny.join(), /^hint: A step hardly changes C and W1 .*learning rate three to ten times larger/);
  });

  it('name the matrices that do not change at all, before all others', () => {
    const none = says(stateOf(300, 10, ...[-Infinity, -2.5, -2.7].map(r => () => r)));
    match(none.join(), /^warning: Steps do not change C at all: the update is 0\. Either the learning rate is 0/);
    strictEqual(updatesFact(stateOf(300, 10, () => -Infinity)), 'no update (0)');
    strictEqual(
      updatesFact({ updateHistory: [{ step: 1, ratios: [-Infinity, -2.5] }] }),
      'no update (0) to log10 −2.50',
    );
  });

  it('point to the initialization where one differs from the others', () => {
    const one = says(stateOf(300, 10, ...[-3, -1.2, -2.5, -2.5, -2.5].map(r => () => r)));
    match(one.join(), /^warning: Each step changes W1 by .*drawn too small/);
    const slow = says(stateOf(300, 10, ...[-5, -2.4, -2.5, -2.5].map(r => () => r)));
    match(slow.join(), /^hint: A step hardly changes C .*drawn too large/);
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
