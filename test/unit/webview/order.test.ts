import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { moved, sequenceOf } from '../../../webview/order';

const panels = Array.from('abcxy');
const sequence = (arranged: string): string => sequenceOf(panels, Array.from(arranged)).join('');

describe('the sequence of the panels', () => {
  it('is that of the registry where nothing was moved', () => {
    strictEqual(sequence(''), 'abcxy');
  });

  it('is as it was left', () => {
    strictEqual(sequence('cybxa'), 'cybxa');
  });

  it('lets new panels follow their neighbors, and forgets what is none any more', () => {
    strictEqual(sequence('ycax'), 'ycabx');
    strictEqual(sequence('cby'), 'acxby');
    strictEqual(sequence('cOLDba'), 'cxyba');
  });

  it('holds every panel once, whatever was kept', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...panels, 'other')), arranged => {
        const all = sequenceOf(panels, arranged);
        deepStrictEqual(all.toSorted(), panels);
        deepStrictEqual(sequenceOf(panels, all), all);
      }),
    );
  });
});

describe('a move', () => {
  /** @param way the panels that are passed, one by one */
  const after = (panel: string, direction: 'up' | 'down', way = 'abcxy'): string | undefined =>
    moved(panels, panel, direction, id => way.includes(id))?.join('');

  it('leads past a neighbor', () => {
    strictEqual(after('b', 'up'), 'bacxy');
    strictEqual(after('b', 'down'), 'acbxy');
    strictEqual(after('x', 'down'), 'abcyx');
  });

  it('passes over what is not in the way', () => {
    strictEqual(after('c', 'up', 'axy'), 'cabxy');
    strictEqual(after('a', 'down', 'cy'), 'bcaxy');
  });

  it('ends where nothing is in the way', () => {
    strictEqual(after('a', 'up'), undefined);
    strictEqual(after('y', 'down'), undefined);
    strictEqual(after('b', 'up', 'xy'), undefined);
    strictEqual(after('c', 'down', 'ab'), undefined);
  });

  it('back undoes it, as far as can be seen', () => {
    fc.assert(
      fc.property(fc.constantFrom(...panels), fc.boolean(), fc.subarray(panels), (panel, isUp, way) => {
        const isInWay = (id: string): boolean => way.includes(id);
        const there = moved(panels, panel, isUp ? 'up' : 'down', isInWay);
        if (!there) return;
        const seen = (all: readonly string[]): string => all.filter(id => id === panel || isInWay(id)).join('');
        strictEqual(seen(moved(there, panel, isUp ? 'down' : 'up', isInWay)!), seen(panels));
      }),
    );
  });
});
