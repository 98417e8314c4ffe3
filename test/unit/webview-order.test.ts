import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { Columns } from '../../src/shared/arrangement';
import { moved, placesOf, type Direction, type Page } from '../../webview/order';

const panels = [
  { id: 'bar', place: 'top' },
  { id: 'a', place: 'first' },
  { id: 'b', place: 'first' },
  { id: 'x', place: 'second' },
  { id: 'c', place: 'first' },
  { id: 'y', place: 'second' },
] as const;
const none: Columns = { first: [], second: [] };
const columns = (first: string, second: string): Columns => ({ first: [...first], second: [...second] });
const told = ({ first, second }: Columns): string => `${first.join('')}|${second.join('')}`;
const page = (sideBySide: boolean, hidden = ''): Page => ({ sideBySide, isShown: id => !hidden.includes(id) });

describe('the places of the panels', () => {
  it('are those of the registry where nothing was moved', () => {
    strictEqual(told(placesOf(panels, none)), 'abc|xy');
  });

  it('are as they were left', () => {
    strictEqual(told(placesOf(panels, columns('cy', 'bxa'))), 'cy|bxa');
  });

  it('let new panels follow their neighbours, and forget what is none any more', () => {
    strictEqual(told(placesOf(panels, columns('ca', 'yx'))), 'cab|yx');
    strictEqual(told(placesOf(panels, columns('c', 'a'))), 'bc|xya');
    strictEqual(told(placesOf(panels, columns('acbz', 'bar'))), 'acb|xy');
  });

  it('hold every panel once, whatever was kept', () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'x', 'y', 'bar', 'other'));
    fc.assert(
      fc.property(fc.record({ first: ids, second: ids }), left => {
        const places = placesOf(panels, left);
        deepStrictEqual([...places.first, ...places.second].toSorted(), ['a', 'b', 'c', 'x', 'y']);
        deepStrictEqual(placesOf(panels, places), places);
      }),
    );
  });
});

describe('a move', () => {
  const after = (panel: string, direction: Direction, where: Page): string | undefined => {
    const result = moved(columns('abc', 'xy'), panel, direction, where);
    return result && told(result);
  };

  it('leads past a neighbour', () => {
    strictEqual(after('b', 'up', page(true)), 'bac|xy');
    strictEqual(after('b', 'down', page(true)), 'acb|xy');
    strictEqual(after('x', 'down', page(false)), 'abc|yx');
  });

  it('passes over what is not shown', () => {
    strictEqual(after('c', 'up', page(true, 'b')), 'cab|xy');
    strictEqual(after('a', 'down', page(true, 'b')), 'bca|xy');
  });

  it('ends where the column ends, or leads on through the other one below', () => {
    strictEqual(after('a', 'up', page(false)), undefined);
    strictEqual(after('c', 'down', page(true)), undefined);
    strictEqual(after('x', 'up', page(true)), undefined);
    strictEqual(after('c', 'down', page(false)), 'ab|xcy');
    strictEqual(after('x', 'up', page(false)), 'abxc|y');
    strictEqual(after('y', 'down', page(false)), undefined);
  });

  it('leads to the other column at the same height, where there is one beside', () => {
    strictEqual(after('b', 'right', page(true)), 'ac|xby');
    strictEqual(after('c', 'right', page(true)), 'ab|xyc');
    strictEqual(after('y', 'left', page(true)), 'aybc|x');
    strictEqual(after('b', 'left', page(true)), undefined);
    strictEqual(after('b', 'right', page(false)), undefined);
  });

  it('back undoes it', () => {
    const back = { up: 'down', down: 'up' } as const;
    fc.assert(
      fc.property(
        fc.constantFrom('a', 'b', 'c', 'x', 'y'),
        fc.constantFrom('up' as const, 'down' as const),
        fc.boolean(),
        fc.constantFrom('', 'b', 'x', 'cx'),
        (panel, direction, sideBySide, hidden) => {
          const where = page(sideBySide, hidden.replace(panel, ''));
          const start = columns('abc', 'xy');
          const there = moved(start, panel, direction, where);
          const shown = ({ first, second }: Columns): string => [...first, ...second].filter(where.isShown).join('');
          if (there) strictEqual(shown(moved(there, panel, back[direction], where)!), shown(start));
        },
      ),
    );
  });
});
