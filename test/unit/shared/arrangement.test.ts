import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { parseInspectorCommand } from '../../../src/shared/inspector-commands';
import { defaultArrangement, parseArrangement, type Arrangement } from '../../../src/shared/arrangement';
import { ViewState } from '../../../webview/view-state';

const arrangement: Arrangement = {
  folded: { loss: true, bigrams: false },
  order: ['bigrams', 'loss'],
  columns: { loss: 'second' },
  settings: { 'loss.scale': 'log', 'sample.count': 20, 'loss.show-dev': false },
};

describe('an arrangement', () => {
  it('is taken as it is, and loses whatever else it carries', () => {
    deepStrictEqual(parseArrangement(arrangement), arrangement);
    deepStrictEqual(parseArrangement(defaultArrangement), defaultArrangement);
    deepStrictEqual(parseArrangement({ ...arrangement, more: 1 }), arrangement);
    deepStrictEqual(parseInspectorCommand({ type: 'arrange', arrangement }), { type: 'arrange', arrangement });
  });

  it('of an earlier version keeps what was set under names that have changed', () => {
    const earlier = {
      folded: { counts: true, countless: true },
      order: ['loss', 'counts'],
      columns: { counts: 'first' },
      settings: { 'counts.mode': 'counts', 'counts.normalise': 'columns', 'embedding.coloured': true },
    };
    deepStrictEqual(parseArrangement(earlier), {
      folded: { bigrams: true, countless: true },
      order: ['loss', 'bigrams'],
      columns: { bigrams: 'first' },
      settings: { 'bigrams.mode': 'counts', 'bigrams.normalize': 'columns', 'embedding.colored': true },
    });
  });

  it('is refused where something has another form', () => {
    for (const value of [
      undefined,
      null,
      [],
      {},
      { ...arrangement, folded: ['loss'] },
      { ...arrangement, folded: { loss: 1 } },
      { ...arrangement, order: ['loss', 1] },
      { ...arrangement, order: { loss: 1 } },
      { ...arrangement, columns: { loss: 'third' } },
      { ...arrangement, columns: undefined },
      { ...arrangement, settings: { 'loss.scale': null } },
      { ...arrangement, settings: { 'loss.scale': NaN } }, // would come back from JSON as null
      { ...arrangement, settings: { 'sample.prefix': 'a'.repeat(100_000) } },
      { ...arrangement, order: Array(50_000).fill('loss') },
    ]) {
      strictEqual(parseArrangement(value), undefined, inspect(value).slice(0, 200));
      strictEqual(parseInspectorCommand({ type: 'arrange', arrangement: value }), undefined);
    }
  });

  it('comes back from JSON, and nothing makes its check throw', () => {
    const part = fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.oneof(fc.boolean(), fc.double(), fc.string())));
    const columns = fc.dictionary(fc.string(), fc.constantFrom('first', 'second'));
    const order = fc.oneof(fc.anything(), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.record({ folded: part, order, columns: fc.oneof(part, columns), settings: part }), value => {
        const parsed = parseArrangement(value);
        if (!parsed) return;
        const back = parseArrangement(JSON.parse(JSON.stringify(parsed)));
        strictEqual(JSON.stringify(back), JSON.stringify(parsed));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the state of the view', () => {
  const loss = { id: 'loss' };
  const finder = { id: 'finder', startsFolded: true };

  it('folds panels as they start, until a person does otherwise', () => {
    const view = new ViewState(
      () => undefined,
      () => undefined,
    );
    deepStrictEqual([view.isFolded(loss), view.isFolded(finder)], [false, true]);
    view.fold([loss, finder], true);
    view.fold([finder], false);
    deepStrictEqual([view.isFolded(loss), view.isFolded(finder)], [true, false]);
  });

  it('is told whole at every change, and is restored from that', () => {
    let kept = defaultArrangement;
    let changes = 0;
    const view = new ViewState(
      arranged => (kept = arranged),
      () => changes++,
    );
    view.fold([loss], true);
    view.reorder(['bigrams', 'loss']);
    view.moveTo('loss', 'second');
    view.settingsOf('loss').set('scale', 'log');
    strictEqual(changes, 4);
    deepStrictEqual(parseArrangement(kept), kept);

    const next = new ViewState(
      () => undefined,
      () => undefined,
    );
    next.restore(kept);
    strictEqual(next.isFolded(loss), true);
    deepStrictEqual(next.order, ['bigrams', 'loss']);
    strictEqual(next.columnOf({ id: 'loss', place: 'first' }), 'second');
    strictEqual(next.columnOf({ id: 'bigrams', place: 'first' }), 'first');
    strictEqual(next.settingsOf('loss').get('scale', 'linear'), 'log');
    strictEqual(next.settingsOf('loss').get('scale', 1), 1, 'of another type');
    next.restoreOrder();
    deepStrictEqual([next.order, next.columns], [[], {}]);
    strictEqual(next.isFolded(loss), true, 'the order, and nothing else');
  });
});
