import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { resolve } from 'node:path';
import { WorkerClient } from '../../src/host/session/worker-client';
import { readNames } from '../../src/reading/read-names';
import { at } from '../../src/shared/at';
import { watchNothing } from '../../src/shared/inspection';
import { defaultMemoryLimit } from '../../src/shared/limits';
import { presetById } from '../../src/shared/presets';
import type { WorkerEvent } from '../../src/shared/protocol';
import { defaultPace, defaultRunOptions, type Preparation } from '../../src/shared/run';

const letters = (i: number): string => i.toString(26).replace(/\d/g, digit => 'qrstuvwxyz'.charAt(Number(digit)));
/** Different names. */
const manyNames = (count: number): string => Array.from({ length: count }, (_, i) => letters(i)).join('\n');

describe('a run over a large file', () => {
  it('tells how far it is before it starts, more and more, whatever it does', async () => {
    const thread = new WorkerClient(resolve('dist/worker.js'));
    const told: Preparation[] = [];
    const last = await new Promise<WorkerEvent>(done => {
      thread.onMessage(event => {
        if (event.type === 'preparing') told.push(event.preparation);
        else done(event);
      });
      thread.post({
        type: 'start',
        id: 'a',
        text: manyNames(1_500_000),
        source: { name: 'names.txt', uri: 'file:///names.txt' },
        preset: presetById('bigram-counts'),
        options: defaultRunOptions,
        watch: watchNothing,
        pace: defaultPace,
        memoryLimit: defaultMemoryLimit,
      });
    });
    await thread.dispose();
    strictEqual(last.type, 'started');
    const shares = told.map(({ share }) => share);
    ok(shares.length > 0, 'it is told nothing');
    deepStrictEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
  });

  it('can be given up while it is read', async () => {
    const thread = new WorkerClient(resolve('dist/worker.js'));
    const start = performance.now();
    thread.post({
      type: 'start',
      id: 'a',
      text: manyNames(3_000_000),
      source: { name: 'names.txt', uri: 'file:///names.txt' },
      preset: presetById('mlp-part2'),
      options: defaultRunOptions,
      watch: watchNothing,
      pace: defaultPace,
      memoryLimit: defaultMemoryLimit,
    });
    await new Promise<void>(done => thread.onMessage(() => done()));
    const told = performance.now() - start;
    await thread.dispose();
    const ended = performance.now() - start - told;
    ok(ended < 1000, `it took ${ended} ms to end`);
  });

  it('tells of each part of the file once it is read', () => {
    const shares: number[] = [];
    readNames(manyNames(100_000), 'names.txt', { onProgress: share => shares.push(share) });
    strictEqual(shares.length, 6);
    ok(shares.every((share, i) => share > (shares[i - 1] ?? 0) && share <= 1));
    ok(at(shares, 5) > 0.95);
  });
});
