import { deepStrictEqual } from 'node:assert/strict';
import type { RunInfo } from '../../../../../src/shared/run';
import { idle, type RunState } from '../../../../../src/shared/run-state';
import { lossMarks } from '../../../../../webview/panels/parts/loss-marks';

const countedLosses = { letters: 2.82, bigrams: 2.45, trigrams: 2.21 };
const withInfo = (info: Partial<RunInfo>, state: Partial<RunState> = {}): RunState => ({
  ...idle,
  purpose: 'train',
  ...state,
  info: { vocabSize: 27, ...info } as RunInfo,
});
const namesOf = (state: RunState): string[] => lossMarks(state).map(({ name, y }) => `${name} ${y.toFixed(2)}`);

describe('what a loss is held against', () => {
  it('is a uniform guess, and what counting reaches on this file', () => {
    deepStrictEqual(namesOf(withInfo({ countedLosses })), [
      'guess 3.30',
      'letters 2.82',
      'bigrams 2.45',
      'trigrams 2.21',
    ]);
  });

  it('leaves out tables that were too large to count', () => {
    deepStrictEqual(namesOf(withInfo({ countedLosses: { letters: 6, bigrams: 3 } })), [
      'guess 3.30',
      'letters 6.00',
      'bigrams 3.00',
    ]);
  });

  it('is a guess alone in runs of earlier versions, which have counted nothing', () => {
    deepStrictEqual(namesOf(withInfo({})), ['guess 3.30']);
    deepStrictEqual(lossMarks(idle), []);
  });

  it('is the least that its batch allows where one batch is fitted', () => {
    deepStrictEqual(namesOf(withInfo({ countedLosses, floor: 0.25 }, { purpose: 'overfit' })), [
      'guess 3.30',
      'floor 0.25',
    ]);
  });
});
