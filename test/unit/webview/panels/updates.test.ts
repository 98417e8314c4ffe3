import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import { idle } from '../../../../src/shared/run-state';
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
import { parameter, themeOf } from './looks';
import { healthyUpdates as healthy, names, updatesOf as stateOf } from './updates-of';

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

  it('have a word for no update at all', () => {
    strictEqual(updatesFact(stateOf(300, 10, () => -Infinity)), 'no update (0)');
    strictEqual(
      updatesFact({ updateHistory: [{ step: 1, ratios: [-Infinity, -2.5] }] }),
      'no update (0) to log10 −2.50',
    );
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
