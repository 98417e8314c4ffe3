import { deepStrictEqual } from 'node:assert/strict';
import { rowsMeantByKey, type KeyedList } from '../../../../src/host/runs/focused';

/** A list as VS Code has it: the focus is known to nobody but itself. */
function list(selected: readonly string[], focus?: string): KeyedList & { readonly selection: readonly string[] } {
  let selection = selected;
  return {
    get selection() {
      return selection;
    },
    toggle: () => {
      if (focus !== undefined)
        selection = selection.includes(focus) ? selection.filter(id => id !== focus) : [...selection, focus];
      return Promise.resolve();
    },
  };
}

describe('a key in the list of runs', () => {
  const cases: [string, readonly string[], string | undefined, readonly string[]][] = [
    ['means the focused row, not the one that was clicked before', ['a'], 'b', ['b']],
    ['means the focused row where several others are selected', ['a', 'c'], 'b', ['b']],
    ['means all selected rows if the focused one is among them', ['a', 'b'], 'b', ['a', 'b']],
    ['means the focused row where nothing is selected', [], 'b', ['b']],
    ['means the selection where nothing is focused', ['a'], undefined, ['a']],
  ];
  for (const [title, selected, focus, meant] of cases) {
    it(`${title}, and leaves the selection as it was`, async () => {
      const rows = list(selected, focus);
      deepStrictEqual(await rowsMeantByKey(rows), meant);
      deepStrictEqual([...rows.selection].sort(), selected);
    });
  }
});
