import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { meanAndStdOfColumns } from '../../../src/makemore/diagnostics';
import { at } from '../../../src/shared/at';
import { mergeWatches, watchNothing } from '../../../src/shared/inspection';
import { describeData } from '../../../src/worker/describe-data';
import { bytesIn } from '../../../src/worker/bytes-in';
import { stepAfter } from '../../../src/worker/sampling-schedule';

describe('what is looked at', () => {
  it('is what any of the panels watches, each tensor once', () => {
    deepStrictEqual(mergeWatches([]), watchNothing);
    const walk = { text: 'emma', position: 1 };
    deepStrictEqual(
      mergeWatches([{ tensors: ['C', 'W1'], layers: true }, {}, { tensors: ['C'], walk }, { batch: true }]),
      { ...watchNothing, tensors: ['C', 'W1'], layers: true, batch: true, walk },
    );
  });

  it('has the mean and the unbiased deviation of each column', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 40 }), rows => {
        const { mean, std } = meanAndStdOfColumns(Float32Array.from(rows.flat()), 3);
        for (const i of [0, 1, 2] as const) {
          const column = rows.map(row => row[i]);
          const m = column.reduce((a, b) => a + b) / column.length;
          const s = Math.sqrt(column.reduce((sum, v) => sum + (v - m) ** 2, 0) / (column.length - 1));
          ok(Math.abs(at(mean, i) - m) < 1e-4 && Math.abs(at(std, i) - s) < 1e-4);
        }
      }),
    );
  });

  it('has the size of all its arrays together, however deep they are', () => {
    strictEqual(bytesIn({ a: new Float32Array(10), b: [{ c: new Uint8Array(3) }] }), 43);
  });

  it('comes with names after 1, 2, 5, 10, … steps', () => {
    const steps = [0];
    for (let step = 0; step < 900; steps.push(step)) step = stepAfter(step);
    deepStrictEqual(steps, [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
    strictEqual(stepAfter(317), 500);
  });
});

describe('what is in a file', () => {
  it('is counted: lengths in characters, repetitions, splits and what they share', () => {
    const names = ['ava', 'mia', 'ava', '\u{1f600}', 'mia', 'ava'];
    const splits = { train: ['ava', 'mia', 'ava'], dev: ['\u{1f600}', 'mia'], test: ['ava'], notes: [] };
    deepStrictEqual(describeData(names, splits), {
      first: 'ava',
      lengths: Uint32Array.of(0, 1, 0, 5),
      duplicates: [
        { name: 'ava', times: 3 },
        { name: 'mia', times: 2 },
      ],
      repetitions: 3,
      splits: { train: 3, dev: 2, test: 1 },
      shared: { dev: 1, test: 1 },
    });
  });
});
