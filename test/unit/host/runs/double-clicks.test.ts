import { deepStrictEqual } from 'node:assert/strict';
import { doubleClicks } from '../../../../src/host/runs/double-clicks';

describe('a double click in the list of runs', () => {
  const clicks = (...made: readonly [id: string, at: number][]): boolean[] => {
    let now = 0;
    const isSecond = doubleClicks(() => now);
    return made.map(([id, at]) => {
      now = at;
      return isSecond(id);
    });
  };

  it('is two clicks on one row within half a second', () => {
    deepStrictEqual(clicks(['a', 0], ['a', 200]), [false, true]);
    deepStrictEqual(clicks(['a', 0], ['a', 600]), [false, false]);
    deepStrictEqual(clicks(['a', 0], ['b', 100], ['b', 200]), [false, false, true]);
  });

  it('ends with the second click', () => {
    deepStrictEqual(clicks(['a', 0], ['a', 100], ['a', 200]), [false, true, false]);
  });
});
