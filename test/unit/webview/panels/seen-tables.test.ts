import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { WatchedTensor } from '../../../../src/shared/run';
import { SeenTables } from '../../../../webview/panels/embedding/seen-tables';

const table = (value: number): WatchedTensor => ({ shape: [1, 1], values: Float32Array.of(value) });
const stepsOf = (seen: SeenTables): number[] => Array.from({ length: seen.length }, (_, i) => seen.at(i).step);

describe('the tables of an embedding that were seen', () => {
  it('stay, the first and the last of many among them', () => {
    const seen = new SeenTables();
    for (let step = 0; step < 1000; step++) seen.add(step, table(step));
    const steps = stepsOf(seen);
    deepStrictEqual([steps[0], steps.at(-1)], [0, 999]);
    strictEqual(seen.length > 30 && seen.length <= 60, true, `${seen.length} of them`);
    deepStrictEqual(seen.at(3).table, table(steps[3] ?? NaN));
  });

  it('are found by their steps, also by those that were forgotten', () => {
    const seen = new SeenTables();
    for (const step of [0, 10, 20]) seen.add(step, table(step));
    deepStrictEqual(
      [0, 9, 10, 15, 20, 99].map(step => seen.indexAt(step)),
      [0, 0, 1, 1, 2, 2],
    );
    strictEqual(new SeenTables().indexAt(5), 0);
  });

  it('are seen anew where a run goes on from an earlier step', () => {
    const seen = new SeenTables();
    for (const step of [0, 10, 20, 5]) seen.add(step, table(step));
    deepStrictEqual(stepsOf(seen), [0, 5]);
    seen.add(5, table(6));
    deepStrictEqual([stepsOf(seen), seen.at(1).table], [[0, 5], table(6)]);
    seen.reset();
    strictEqual(seen.length, 0);
  });
});
