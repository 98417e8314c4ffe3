import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { FileSystem } from '../../../src/store/file-system';
import { newOwner } from '../../../src/store/owner';
import { RunLock } from '../../../src/store/run-lock';

describe('the lock of a run', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(join(tmpdir(), 'makemore-lock-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('belongs to one, until that one lets go', () => {
    const [a, b] = [new RunLock(fs, folder), new RunLock(fs, folder)];
    deepStrictEqual([a.acquire(), b.acquire(), b.isHeld(), b.isOwn()], [true, false, true, false]);
    b.release();
    strictEqual(a.isOwn(), true);
    a.release();
    deepStrictEqual([b.isHeld(), b.acquire(), a.isOwn()], [false, true, false]);
    b.release();
    deepStrictEqual(fs.readdirSync(folder), []);
  });

  it('is taken over by exactly one when its owner is gone, and not while it says that it is there', () => {
    let now = Date.now();
    const locks = Array.from({ length: 5 }, () => new RunLock(fs, folder, undefined, () => now));
    ok(locks[0].acquire());
    now += 9_000;
    locks[0].beat();
    now += 9_000;
    strictEqual(locks[1].acquire(), false);
    now += 9_000;
    deepStrictEqual(
      locks.map(lock => lock.acquire()),
      [true, false, false, false, false],
    );
    now += 11_000;
    deepStrictEqual(
      locks.slice(1).map(lock => lock.acquire()),
      [true, false, false, false],
    );
    deepStrictEqual(
      locks.map(lock => lock.isOwn()),
      [false, true, false, false, false],
    );
    locks[0].beat(); // which is late
    strictEqual(locks[0].isOwn(), false);
  });

  it('is taken over from whoever died while taking it, and whatever else lies there', () => {
    const now = Date.now() + 11_000;
    for (const left of ['owner', 'owner/.DS_Store', 'owner.b/b']) fs.mkdirSync(join(folder, left), { recursive: true });
    const b = new RunLock(fs, folder, 'b', () => now);
    deepStrictEqual([b.heldBy(), b.acquire(), b.isOwn()], [undefined, true, true]);
    deepStrictEqual(fs.readdirSync(folder, { recursive: true }).sort(), ['owner', join('owner', 'b')]);
  });

  it('never belongs to two, in whatever order several go about it, and wherever some of them die', () => {
    const contenders = 4;
    let [schedules, calls, takenOver] = [0, 0, 0];
    const begins = fc.constantFrom('free', 'empty', 'stale', 'dead');
    const turns = fc.array(fc.record({ who: fc.nat(contenders - 1), dies: fc.nat(30) }), {
      size: 'max',
      maxLength: 60,
    });
    fc.assert(
      fc.property(begins, turns, (begin, order) => {
        const disk = new FolderDisk();
        if (begin !== 'free') disk.system.mkdirSync('/run/owner', { recursive: true });
        if (begin === 'stale') disk.system.mkdirSync('/run/owner/stale');
        disk.now = 20_000;
        if (begin === 'dead') disk.system.mkdirSync(`/run/owner/${newOwner().replace(/ \d+ /, ' 99999999 ')}`);
        const all = Array.from({ length: contenders }, (_, i) => new Contender(disk, `${i}`));
        const check = (): void => {
          const winners = all.filter(({ won }) => won).map(({ name }) => name);
          ok(winners.length <= 1, `${winners.join(' and ')} have it`);
          deepStrictEqual(
            disk.system.readdirSync('/run/owner').filter(name => winners.includes(name)),
            winners,
          );
        };
        const dead = new Set<Contender>();
        for (const { who, dies } of order) {
          if (dies === 0 && dead.size < contenders - 1) dead.add(all[who]);
          if (!dead.has(all[who])) all[who].step();
          if (all[who].won) check();
        }
        for (const one of all) while (!dead.has(one) && !one.done) one.step();
        if (!all.some(({ won }) => won)) {
          // One that died may have had it: all others wait until it is known to be gone.
          disk.now += 11_000;
          const late = new Contender(disk, 'late');
          while (!late.done) late.step();
          ok(late.won);
          all.push(late);
          takenOver++;
        }
        check();
        schedules++;
        calls += disk.calls;
      }),
      { numRuns: 1500 },
    );
    console.log(`      ${schedules} schedules of ${contenders} contenders, ${calls} calls, ${takenOver} dead winners`);
    ok(takenOver > 0);
  });
});

/**
 * Somebody who wants the lock, and can be stopped between any two calls to the disk: each step begins anew, is told what
 * the calls so far have given, and makes one more.
 */
class Contender {
  done = false;
  won = false;
  private readonly results: (() => unknown)[] = [];

  constructor(
    private readonly disk: FolderDisk,
    readonly name: string,
  ) {}

  step(): void {
    const known = this.results.length;
    let made = 0;
    const replay = (call: () => unknown): unknown => {
      if (made === known) this.results.push(settled(call));
      if (made > known) throw nextStep;
      return this.results[made++]();
    };
    const calls = Object.entries(this.disk.system).map(([name, call]) => {
      const act = call as (...args: unknown[]) => unknown;
      return [name, (...args: unknown[]) => replay(() => act(...args))] as const;
    });
    const system = Object.fromEntries(calls) as unknown as FileSystem;
    let won = false;
    let postponed = false;
    try {
      won = new RunLock(system, '/run', this.name, () => this.disk.now).acquire();
    } catch {
      postponed = true;
    }
    // A call that was postponed may have been caught on its way, so that only one that finds nothing new to do is done.
    if (postponed || this.results.length > known) return;
    this.done = true;
    this.won = won;
  }
}

const nextStep = new Error('This is for the next step.');

/** What a call gave, or what it threw, to be had again. */
function settled(call: () => unknown): () => unknown {
  try {
    const value = call();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Folders in memory, with the rules of POSIX. */
class FolderDisk {
  now = 0;
  calls = 0;
  /** The time of each. */
  private readonly folders = new Map([['/run', 0]]);

  readonly system = {
    mkdirSync: (path: string, _options?: object) => {
      this.calls++;
      for (let at = path; !this.folders.has(at); at = dirname(at)) this.folders.set(at, this.now);
    },
    existsSync: (path: string) => this.folders.has(path),
    readdirSync: (path: string) => {
      this.calls++;
      if (!this.folders.has(path)) throw failure('ENOENT');
      return this.inside(path).map(name => name.slice(path.length + 1));
    },
    renameSync: (from: string, to: string) => {
      this.calls++;
      if (!this.folders.has(from)) throw failure('ENOENT');
      if (this.inside(to).length > 0) throw failure('ENOTEMPTY');
      for (const path of [from, ...this.inside(from)]) {
        this.folders.set(`${to}${path.slice(from.length)}`, this.folders.get(path)!);
        this.folders.delete(path);
      }
    },
    rmSync: (path: string) => {
      this.calls++;
      for (const inside of this.inside(path)) this.folders.delete(inside);
      this.folders.delete(path);
    },
    rmdirSync: (path: string) => {
      this.calls++;
      if (!this.folders.has(path)) throw failure('ENOENT');
      if (this.inside(path).length > 0) throw failure('ENOTEMPTY');
      this.folders.delete(path);
    },
    statSync: (path: string) => {
      this.calls++;
      if (!this.folders.has(path)) throw failure('ENOENT');
      return { mtimeMs: this.folders.get(path)! };
    },
    utimesSync: (path: string, _: number, seconds: number) => {
      this.calls++;
      if (!this.folders.has(path)) throw failure('ENOENT');
      this.folders.set(path, 1000 * seconds);
    },
  };

  private inside(path: string): string[] {
    return [...this.folders.keys()].filter(other => other.startsWith(`${path}/`));
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
