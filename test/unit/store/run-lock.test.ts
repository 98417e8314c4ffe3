import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { at } from '../../../src/shared/at';
import { newOwner } from '../../../src/store/owner';
import { RunLock } from '../../../src/store/run-lock';
import { Contender, FolderDisk } from './contender';

describe('the lock of a run', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(join(tmpdir(), 'makemore-lock-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('belongs to the first that acquires it, until that one releases it', () => {
    const [a, b] = [new RunLock(fs, folder), new RunLock(fs, folder)];
    deepStrictEqual([a.acquire(), b.acquire(), b.isHeld(), b.isOwn()], [true, false, true, false]);
    b.release();
    strictEqual(a.isOwn(), true);
    a.release();
    deepStrictEqual([b.isHeld(), b.acquire(), a.isOwn()], [false, true, false]);
    b.release();
    deepStrictEqual(fs.readdirSync(folder), []);
  });

  it('stays with an owner that beats, and is taken over by exactly one when it falls silent', () => {
    let now = Date.now();
    const create = (): RunLock => new RunLock(fs, folder, undefined, () => now);
    const [first, second, ...others] = [create(), create(), create(), create(), create()];
    ok(first.acquire());
    now += 9_000;
    first.beat();
    now += 9_000;
    strictEqual(second.acquire(), false);
    now += 9_000;
    const contenders = [first, second, ...others];
    deepStrictEqual(
      contenders.map(lock => lock.acquire()),
      [true, false, false, false, false],
    );
    now += 11_000;
    deepStrictEqual(
      [second, ...others].map(lock => lock.acquire()),
      [true, false, false, false],
    );
    deepStrictEqual(
      contenders.map(lock => lock.isOwn()),
      [false, true, false, false, false],
    );
    first.beat(); // too late
    strictEqual(first.isOwn(), false);
  });

  it('is taken over from a contender that died while acquiring it, whatever else is in the folder', () => {
    const now = Date.now() + 11_000;
    for (const left of ['owner', 'owner/.DS_Store', 'owner.b/b']) fs.mkdirSync(join(folder, left), { recursive: true });
    const b = new RunLock(fs, folder, 'b', () => now);
    deepStrictEqual([b.heldBy(), b.acquire(), b.isOwn()], [undefined, true, true]);
    deepStrictEqual(fs.readdirSync(folder, { recursive: true }).sort(), ['owner', join('owner', 'b')]);
  });

  it('never belongs to two of several contenders, in whatever order they act and wherever some of them die', () => {
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
        const make = (path: string): unknown => disk.system.mkdirSync(path, { recursive: true });
        if (begin !== 'free') make('/run/owner');
        if (begin === 'stale') make('/run/owner/stale');
        disk.now = 20_000;
        if (begin === 'dead') make(`/run/owner/${newOwner().replace(/ \d+ /, ' 99999999 ')}`);
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
          const contender = at(all, who);
          if (dies === 0 && dead.size < contenders - 1) dead.add(contender);
          if (!dead.has(contender)) contender.step();
          if (contender.won) check();
        }
        for (const one of all) while (!dead.has(one) && !one.done) one.step();
        if (!all.some(({ won }) => won)) {
          // One that died may have owned it: the others get it once that one counts as gone.
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
