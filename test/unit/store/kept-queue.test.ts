import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { defaultRunOptions } from '../../../src/shared/run';
import { decodeQueue, encodeQueue, mostQueueBytes, type QueuedRun } from '../../../src/store/kept-queue';

const text = 'emma\nolivia\nדניאל\n'.repeat(1000);

function run(id: string, changes: Partial<QueuedRun> = {}): QueuedRun {
  const preset = withHyperparameters(presetById('mlp-part2'), { nHidden: 32 });
  const source = { name: 'names.txt', uri: 'file:///names.txt' };
  return { id, source, text, preset, options: defaultRunOptions, ...changes };
}

function encoded(runs: readonly QueuedRun[]): Uint8Array {
  const bytes = encodeQueue(runs);
  ok(bytes);
  return bytes;
}

describe('a queue on the disk', () => {
  it('comes back with its order, titles, hyperparameters, and texts', () => {
    const runs = [run('a', { title: 'MLP: n_hidden 32', sweep: 's-1' }), run('b', { text: 'ava\n' }), run('c')];
    deepStrictEqual(decodeQueue(encoded(runs)), runs);
  });

  it('holds the text of a sweep once, however many runs learn it', () => {
    const one = encoded([run('a')]).length;
    const seventeen = encoded(Array.from({ length: 17 }, (_, i) => run(`a${i}`))).length;
    ok(seventeen < 2 * one);
  });

  it('is refused as a whole if any of its bytes has changed', () => {
    const bytes = encoded([run('a', { text: 'ava\n' })]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (i, change) => {
        strictEqual(decodeQueue(bytes.with(i, (bytes[i] ?? 0) ^ change)), undefined);
      }),
    );
    strictEqual(decodeQueue(bytes.subarray(0, -1)), undefined);
    strictEqual(decodeQueue(new Uint8Array(0)), undefined);
  });

  it('is not kept if its texts are larger than what is read', () => {
    strictEqual(encodeQueue([run('a', { text: 'a'.repeat(mostQueueBytes / 4 + 1) })]), undefined);
  });
});
