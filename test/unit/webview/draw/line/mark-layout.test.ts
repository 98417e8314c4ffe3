import { deepStrictEqual } from 'node:assert/strict';
import { labelsWithRoom, marksWithin } from '../../../../../webview/draw/line/mark-layout';

describe('the marks of a line chart', () => {
  it('show only within the axis', () => {
    const mark = (y: number) => ({ name: String(y), y, stroke: 'dotted' }) as const;
    const marks = [3.3, 2.8, 2.2].map(mark);
    deepStrictEqual(marksWithin(marks, { min: 2.2, max: 3 }), [mark(2.8), mark(2.2)]);
    deepStrictEqual(marksWithin([mark(NaN), mark(Infinity)], { min: 0, max: 9 }), []);
  });

  it('have labels only where these have room, the most important one first', () => {
    deepStrictEqual(labelsWithRoom([10, 40, 60]), [true, true, true]);
    deepStrictEqual(labelsWithRoom([10, 15, 24]), [true, false, true]);
    deepStrictEqual(labelsWithRoom([20, 8, 31]), [true, false, false]);
    deepStrictEqual(labelsWithRoom([]), []);
  });
});
