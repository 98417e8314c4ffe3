import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { at } from '../../../src/shared/at';
import { InputError } from '../../../src/shared/errors';
import { presetById } from '../../../src/shared/presets';
import { defaultRunOptions } from '../../../src/shared/run';
import type { Checkpoint } from '../../../src/store/checkpoint';
import { mostDetailsBytes } from '../../../src/store/run-details';
import { isDamaged } from '../../../src/store/run-entry';
import { RunFolder } from '../../../src/store/run-folder';
import { RunStorage } from '../../../src/store/run-storage';
import { damaged } from './damaged';
import { intercepted } from './intercepted';

const text = 'emma\nolivia\nrené\n';
const files = ['run.json', 'names.txt', 'details.json', 'checkpoint.safetensors'] as const;

describe('a run with a damaged file', () => {
  let root: string;
  let storage: RunStorage;
  before(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-damage-'));
    storage = new RunStorage(fs, root);
    for (const id of ['a', 'b', 'c']) {
      const run = new RunFolder(fs, storage.placeOf(id).folder);
      const source = { name: 'names.txt', uri: 'file:///names.txt' };
      run.create({ id, source, preset: presetById('mlp-part2'), options: defaultRunOptions, created: 1 }, text);
      run.writeCheckpoint(checkpointOf(id));
      storage.describe(id, { title: `run ${id}`, pinned: true });
    }
  });
  after(() => fs.rmSync(root, { recursive: true }));

  /** @returns how many of the damaged files made the run unreadable */
  function damage(name: (typeof files)[number], numRuns: number): number {
    const file = join(storage.placeOf('b').folder, name);
    const whole = fs.readFileSync(file);
    const { record } = storage.readWhole('b');
    const [a, , c] = storage.list();
    let refused = 0;
    const check = (bytes: Uint8Array): void => {
      fs.writeFileSync(file, bytes);
      const listed = new RunStorage(fs, root).list();
      deepStrictEqual([listed.length, listed[0], listed[2]], [3, a, c]);
      const b = at(listed, 1);
      if (isDamaged(b)) ok(!b.problem.includes('\n'), b.problem);
      strictEqual(b.details.title === undefined || b.details.title.length <= 200, true);
      try {
        deepStrictEqual(storage.readWhole('b'), { record, text, checkpoint: checkpointOf('b') });
      } catch (error) {
        ok(error instanceof InputError, String(error));
        ok(!error.message.includes('\n'), error.message);
        refused++;
      }
    };
    try {
      fc.assert(fc.property(damaged(whole), check), { numRuns });
    } finally {
      fs.writeFileSync(file, whole);
    }
    return refused;
  }

  for (const name of files)
    it(`${name === 'details.json' ? 'is read all the same' : 'is refused in a sentence'} if it is ${name}, and the others are listed beside it`, () => {
      const damages = 400;
      const refused = damage(name, damages);
      console.log(`      ${damages} times damaged, ${refused} times refused`);
      strictEqual(refused, name === 'details.json' ? 0 : damages);
    });

  it('is refused unread if the file is larger than any that was written', () => {
    const limits = { 'run.json': 2 ** 20, 'names.txt': 150 * 2 ** 20, 'details.json': mostDetailsBytes };
    for (const [name, most] of Object.entries(limits)) {
      const file = join(storage.placeOf('b').folder, name);
      const whole = fs.readFileSync(file);
      const read: string[] = [];
      let opened = '';
      const system = intercepted(fs, ({ name, args: [path], make }) => {
        if (name === 'openSync') opened = String(path);
        if (name === 'readSync') read.push(opened);
        return make();
      });
      fs.truncateSync(file, most + 1); // a sparse file, which takes no room
      new RunStorage(system, root).list();
      try {
        new RunStorage(system, root).read('b');
        strictEqual(name, 'details.json');
      } catch (error) {
        ok(String(error).includes(`${name} is damaged (it is larger than any that was written)`), String(error));
      }
      ok(!read.includes(file));
      fs.writeFileSync(file, whole);
    }
  });

  it('is no longer than names may be on the disk, where each unreadable byte becomes three', () => {
    const unreadable = '\ufffd'.repeat(2 ** 20);
    const run = new RunFolder(fs, storage.placeOf('d').folder);
    const source = { name: 'names.txt', uri: 'file:///names.txt' };
    const options = defaultRunOptions;
    const record = run.create({ id: 'd', source, preset: presetById('mlp-part2'), options, created: 1 }, unreadable);
    strictEqual(run.readNames(record), unreadable);
    storage.moveToTrash('d');
  });
});

function checkpointOf(id: string): Checkpoint {
  const values = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i));
  return {
    id,
    step: 3,
    status: 'running',
    flavor: 'compiled, simd',
    evaluations: [{ step: 2, dev: 2.5 }],
    losses: Float32Array.of(3, 2, 1),
    model: { step: 3, variables: { W: { shape: [8, 5], values } }, generator: Uint32Array.of(1, 2, 3) },
  };
}
