import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../../src/shared/at';
import { InputError, messageOf } from '../../../src/shared/errors';
import { longWait, patient, untilFree } from '../../../src/store/patience';
import { RunFolder } from '../../../src/store/run-folder';
import { isDamaged } from '../../../src/store/run-entry';
import { RunLock } from '../../../src/store/run-lock';
import { RunStorage } from '../../../src/store/run-storage';
import type { FileSystem } from '../../../src/store/file-system';
import { FolderDisk, ownerName } from './contender';
import { checkpoint, record } from './examples';
import { FakeClock } from './fake-clock';
import { intercepted } from './intercepted';
import { MemoryDisk } from './memory-disk';

/** What each system says of a file that it does not give, and of a disk that does not take one. */
const codes = {
  held: ['EPERM', 'EBUSY', 'EACCES'],
  refused: ['ENOSPC', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'EDQUOT', 'ENOTEMPTY'],
} as const;
const allCodes = [...codes.held, ...codes.refused];
const holds = [0, 50, 100, 5_000];
const text = 'emma\nolivia\n';

/** A disk whose call of this number fails, with all of its kind, for so many milliseconds. */
function failing(system: FileSystem, clock: FakeClock, call: number, code: string, milliseconds: number) {
  const state = { calls: 0, hits: 0 };
  let failed: { readonly name: string; readonly until: number } | undefined;
  const fails = intercepted(system, ({ name, make }) => {
    // No system says of an open file that another program holds it.
    if (name === 'accessSync' || (name === 'closeSync' && codes.held.some(held => held === code))) return make();
    const isFirst = state.calls++ === call;
    if (isFirst) failed = { name, until: clock.now() + milliseconds };
    if (!isFirst && !(failed?.name === name && clock.now() < failed.until)) return make();
    if (name === 'closeSync') make(); // the handle is gone all the same
    state.hits++;
    throw Object.assign(new Error(`${code}: ${name}`), { code });
  });
  return { system: patient(fails, clock), state };
}

/** Calls `check` with every code, held for every time, at every call that `run` makes. @returns how many there were */
function atEveryCall(
  run: (system: FileSystem) => void,
  disk: () => FileSystem,
  check: (given: {
    readonly system: FileSystem;
    readonly clock: FakeClock;
    readonly code: string;
    readonly isShort: boolean;
    readonly what: string;
  }) => void,
): string {
  let cases = 0;
  for (const code of allCodes) {
    const counted = failing(disk(), new FakeClock(), Infinity, code, 0);
    run(counted.system);
    for (const hold of holds)
      for (let call = 0; call < counted.state.calls; call++) {
        const clock = new FakeClock();
        const { system, state } = failing(disk(), clock, call, code, hold);
        const isShort = hold <= 100 && codes.held.some(held => held === code);
        check({ system, clock, code, isShort, what: `${code} for ${hold} ms at call ${call}` });
        ok(state.hits > 0);
        cases++;
      }
  }
  return `${cases} cases`;
}

describe('a file that another program holds, or a disk that refuses', () => {
  it('is waited for up to 100 ms at any call of a checkpoint; after that, and of a disk that refuses, the last one stays', () => {
    let told = 0;
    const write = (system: FileSystem, steps: readonly number[]): number[] => {
      const run = new RunFolder(system, '/run');
      return steps.filter(step => {
        try {
          if (step === 0) run.create(record, text);
          else run.writeCheckpoint({ ...checkpoint, step, losses: new Float32Array(step) });
          return true;
        } catch (error) {
          match(messageOf(error), /E[A-Z]+: \w+Sync|ENOENT/);
          told++;
          return false;
        }
      });
    };
    const read = (disk: MemoryDisk): number => new RunFolder(disk.system, '/run').read().checkpoint.step;
    let disk = new MemoryDisk();
    const fresh = (): FileSystem => {
      disk = new MemoryDisk();
      return disk.system;
    };
    const cases = atEveryCall(
      system => write(system, [0, 1, 2]),
      fresh,
      ({ system, clock, isShort, what }) => {
        const written = write(system, [0, 1, 2]);
        // The folder is synced as far as the disk lets it be.
        if (isShort) deepStrictEqual(written, [0, 1, 2], what);
        if (written.includes(0) && written.length > 1) strictEqual(read(disk), written.at(-1), what);
        clock.advance(5_000);
        deepStrictEqual(write(system, written.includes(0) ? [3] : [0, 3]).at(-1), 3, `${what}, afterwards`);
        strictEqual(read(disk), 3, what);
        deepStrictEqual(disk.namesIn('/run').sort(), ['checkpoint.safetensors', 'names.txt', 'run.json'], what);
      },
    );
    console.log(`      ${cases}, told ${told} times`);
    ok(told > 0);
  });

  it('is waited for up to 100 ms at any call of a lock, and is never taken for another owner', () => {
    const cases = atEveryCall(
      system => {
        const lock = new RunLock(system, '/run', ownerName(1));
        lock.acquire();
        lock.release();
      },
      () => new FolderDisk().system,
      ({ system, clock, code, isShort, what }) => {
        const lock = new RunLock(system, '/run', ownerName(1), () => 0);
        const acquire = (): boolean | string => {
          try {
            return lock.acquire();
          } catch (error) {
            return String((error as NodeJS.ErrnoException).code);
          }
        };
        const first = acquire();
        if (isShort) strictEqual(first, true, what);
        // That a folder is not empty is what a lock that is held looks like.
        else if (code !== 'ENOTEMPTY') ok(first === true || first === code, `${what}: ${first}`);
        if (first === true) lock.release();
        clock.advance(5_000);
        if (first === true) lock.release(); // a name that could not be removed is our own
        strictEqual(acquire(), true, `${what}, afterwards`);
      },
    );
    console.log(`      ${cases}`);
  });

  it('leaves a run whole, where it was or where it goes, at any call that moves or deletes it', function () {
    this.timeout(60_000);
    const root = fs.mkdtempSync(join(tmpdir(), 'makemore-held-'));
    // The machine does not stop here, so that nothing has to be synced.
    const quick = intercepted(fs, ({ name, make }) => (name === 'fsyncSync' ? undefined : make()));
    const put = (): FileSystem => {
      fs.rmSync(root, { recursive: true });
      const { folder } = new RunStorage(quick, root).placeOf('a');
      new RunFolder(quick, folder).create(record, text);
      new RunFolder(quick, folder).writeCheckpoint(checkpoint);
      return quick;
    };
    const steps = (storage: RunStorage) =>
      [
        () => storage.describe('a', { title: 'wider', pinned: true }),
        () => storage.moveToTrash('a'),
        () => storage.takeBack('a'),
        () => storage.moveToTrash('a'),
        () => storage.emptyTrash(-1),
        () => storage.emptyTrash(-1), // what the disk kept from being deleted goes the next time
      ] as const;
    const folders = ['runs', 'trash'].map(name => join(root, name, 'a'));
    const turn = (of: readonly string[], i: number): string => at(of, i % of.length);
    let call = 0;
    let told = 0;
    for (let done = false; !done; call++) {
      // Each takes a while on a real disk: every call meets some of the codes, and each code many calls.
      for (const [code, hold] of [
        [turn(codes.held, call), 100],
        [turn(codes.held, call + 1), 5_000],
        [turn(codes.refused, call), 5_000],
      ] as const) {
        const clock = new FakeClock();
        const { system, state } = failing(put(), clock, call, code, hold);
        const storage = new RunStorage(system, root, undefined, system);
        for (const [i, step] of steps(storage).entries()) {
          if (i === 5) clock.advance(5_000);
          for (let attempt = 0; ; attempt++) {
            try {
              step();
              break;
            } catch (error) {
              ok(error instanceof InputError && attempt === 0, String(error));
              if (i < 4) {
                const [there = ''] = folders.filter(folder => fs.existsSync(folder));
                strictEqual(new RunFolder(fs, there).read().record.id, 'a');
              }
              told++;
              clock.advance(5_000);
            }
          }
        }
        deepStrictEqual(
          folders.filter(folder => fs.existsSync(folder)),
          [],
          `${code} for ${hold} ms at call ${call}`,
        );
        done = state.hits === 0;
      }
    }
    fs.rmSync(root, { recursive: true });
    console.log(`      ${call} calls, told ${told} times`);
    ok(told > 0);
  });

  it('never passes for damage in the list of runs, at any call that reads it', () => {
    const root = fs.mkdtempSync(join(tmpdir(), 'makemore-held-'));
    const { folder } = new RunStorage(fs, root).placeOf('a');
    new RunFolder(fs, folder).create(record, text);
    new RunFolder(fs, folder).writeCheckpoint(checkpoint);
    const isWhole = (storage: RunStorage): boolean[] => storage.list().map(entry => !isDamaged(entry));
    for (const wasKnown of [false, true])
      for (const code of allCodes) {
        let hits = 0;
        for (let call = 0; call === 0 || hits > 0; call++) {
          let calls = -Infinity;
          hits = 0;
          const system = intercepted(fs, ({ name, make }) => {
            if (calls++ !== call || name === 'closeSync') return make();
            hits++;
            throw Object.assign(new Error(`${code}: ${name}`), { code });
          });
          const storage = new RunStorage(system, root, undefined, system);
          if (wasKnown) deepStrictEqual(isWhole(storage), [true]);
          // Anybody's writing makes the files be read anew.
          new RunFolder(fs, folder).writeCheckpoint({ ...checkpoint, step: call, losses: new Float32Array(call) });
          calls = 0;
          const meanwhile = isWhole(storage);
          const what = `${code} at call ${call}`;
          if (wasKnown) ok(meanwhile.every(Boolean), what);
          deepStrictEqual(isWhole(storage), [true], `${what}, afterwards`);
        }
      }
    fs.rmSync(root, { recursive: true });
  });

  it('is tried for a minute beside other work, told once after a second, and given up when the wait is canceled', async () => {
    for (const [hold, gets, tells] of [
      [0, true, 0],
      [900, true, 0],
      [5_000, true, 1],
      [longWait + 1_000, false, 1],
    ] as const) {
      const clock = new FakeClock();
      const busy = Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
      let told = 0;
      const act = (): number => {
        if (clock.now() - clock.start < hold) throw new InputError('It is held.', { cause: busy });
        return 7;
      };
      const got = untilFree(fs, act, { clock, onWait: () => told++ });
      if (gets) strictEqual(await got, 7);
      else await rejects(got, /It is held/);
      strictEqual(told, tells);
    }
    const canceled = new AbortController();
    const clock = new FakeClock();
    clock.onAdvance = now => {
      if (now - clock.start >= 300) canceled.abort();
    };
    const busy = Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
    const never = (): never => {
      throw busy;
    };
    await rejects(untilFree(fs, never, { clock, signal: canceled.signal }), busy);
    strictEqual(clock.now() - clock.start, 300);
  });

  it('is told at once where the folder may not be written, whatever code that has', async () => {
    const clock = new FakeClock();
    const closed = intercepted(fs, ({ name, make }) => {
      if (name !== 'accessSync') return make();
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/closed/a' });
    const never = (): never => {
      throw denied;
    };
    await rejects(untilFree(closed, never, { clock }), denied);
    strictEqual(clock.now(), clock.start);
  });
});

it('a damaged checkpoint is read once, and not again before something is written', () => {
  const root = fs.mkdtempSync(join(tmpdir(), 'makemore-refused-'));
  let read = 0;
  const system = intercepted(fs, ({ name, args: [path], make }) => {
    if (name === 'openSync' && String(path).endsWith('.safetensors')) read++;
    return make();
  });
  const storage = new RunStorage(system, root);
  const { folder } = storage.placeOf('a');
  new RunFolder(fs, folder).create(record, text);
  const damaged = Buffer.alloc(2 ** 20);
  damaged.writeBigUInt64LE(BigInt(2 ** 20 - 8));
  fs.writeFileSync(join(folder, 'checkpoint.safetensors'), damaged);
  const problem = (): string => {
    const entry = at(storage.list(), 0);
    return isDamaged(entry) ? entry.problem : '';
  };
  match(problem(), /its header cannot be read/);
  const once = read;
  ok(once > 0);
  for (let i = 0; i < 3; i++) match(problem(), /its header cannot be read/);
  strictEqual(read, once);
  new RunFolder(fs, folder).writeCheckpoint(checkpoint);
  deepStrictEqual([problem(), read > once], ['', true]);
  fs.rmSync(root, { recursive: true });
});
