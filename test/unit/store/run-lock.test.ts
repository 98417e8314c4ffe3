import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { at } from '../../../src/shared/at';
import { InputError } from '../../../src/shared/errors';
import { makeFolder } from '../../../src/store/file-system';
import { newOwner } from '../../../src/store/owner';
import { RunLock } from '../../../src/store/run-lock';
import { Contender, FolderDisk, ownerName } from './contender';
import { intercepted } from './intercepted';

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

  it('is taken over from a contender that died while acquiring it', () => {
    const now = Date.now() + 11_000;
    const [a, b] = [ownerName(1), ownerName(2)];
    for (const left of ['owner', `owner/${a}`, `owner.${b}/${b}`])
      fs.mkdirSync(join(folder, left), { recursive: true });
    const lock = new RunLock(fs, folder, b, () => now);
    deepStrictEqual([lock.heldBy(), lock.acquire(), lock.isOwn()], [undefined, true, true]);
    deepStrictEqual(fs.readdirSync(folder, { recursive: true }).sort(), ['owner', join('owner', b)]);
  });

  it('is refused where a folder named owner holds foreign files, which are left alone', () => {
    const place = join(folder, 'owner');
    const long = Date.now() / 1000 - 3600;
    const foreign: Record<string, () => void> = {
      'Owner.java': () => fs.writeFileSync(join(place, 'Owner.java'), 'class Owner {}'),
      'a folder': () => fs.mkdirSync(join(place, 'sub')),
      'an owner that holds something': () => {
        fs.mkdirSync(join(place, ownerName(1)));
        fs.writeFileSync(join(place, ownerName(1), 'a'), '');
      },
      'a file called as an owner': () => fs.writeFileSync(join(place, ownerName(1)), 'a'),
      'a link called as an owner': () => fs.symlinkSync(folder, join(place, ownerName(1))),
    };
    for (const [what, put] of Object.entries(foreign)) {
      fs.mkdirSync(place);
      put();
      for (const name of fs.readdirSync(place)) fs.lutimesSync(join(place, name), long, long);
      const before = fs.readdirSync(folder, { recursive: true });
      const lock = new RunLock(fs, folder);
      throws(() => lock.acquire(), isRefusal, what);
      lock.release();
      deepStrictEqual(fs.readdirSync(folder, { recursive: true }), before, what);
      fs.rmSync(place, { recursive: true });
    }
  });

  it('is refused where owner is a link, and nothing behind the link is touched, whatever the system says of it', () => {
    const elsewhere = fs.mkdtempSync(join(tmpdir(), 'makemore-elsewhere-'));
    fs.mkdirSync(join(elsewhere, ownerName(1)));
    fs.utimesSync(join(elsewhere, ownerName(1)), 0, 0);
    fs.symlinkSync(elsewhere, join(folder, 'owner'));
    const windows = intercepted(fs, ({ name, args: [, to], make }) => {
      if (name === 'renameSync' && fs.existsSync(String(to)))
        throw Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' });
      return make();
    });
    for (const system of [fs, windows]) {
      const lock = new RunLock(system, folder);
      throws(() => lock.acquire(), isRefusal);
      lock.release();
      strictEqual(lock.isHeld(), false);
    }
    deepStrictEqual(fs.readdirSync(folder), ['owner']);
    deepStrictEqual(fs.readdirSync(elsewhere), [ownerName(1)]);
    fs.rmSync(elsewhere, { recursive: true });
  });

  it('does not stay locked when the clock was set back, or the date of its owner is in the future', () => {
    const [a, b] = [ownerName(1), ownerName(2)];
    ok(new RunLock(fs, folder, a, () => Date.now() + 3_600_000).acquire());
    const lock = new RunLock(fs, folder, b);
    deepStrictEqual([lock.heldBy(), lock.acquire(), lock.heldBy()], [undefined, true, b]);
  });

  it('gives the reason when the disk refuses, and says only of a lock that is there that it is held', () => {
    for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
      const system = intercepted(fs, ({ name, make }) => {
        if (name === 'renameSync') throw Object.assign(new Error(`${code}: refused`), { code });
        return make();
      });
      throws(() => new RunLock(system, folder).acquire(), { code });
      deepStrictEqual(fs.readdirSync(folder), []);
      const held = new RunLock(fs, folder);
      ok(held.acquire());
      strictEqual(new RunLock(system, folder).acquire(), false);
      held.release();
    }
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
        const make = (path: string): void => makeFolder(disk.system, path);
        if (begin !== 'free') make('/run/owner');
        if (begin === 'stale') make(`/run/owner/${ownerName(9)}`);
        disk.now = 20_000;
        if (begin === 'dead') make(`/run/owner/${newOwner().replace(/ \d+ /, ' 99999999 ')}`);
        const all = Array.from({ length: contenders }, (_, i) => new Contender(disk, ownerName(i)));
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
          const late = new Contender(disk, ownerName(99));
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

function isRefusal(error: unknown): boolean {
  ok(error instanceof InputError, String(error));
  match(error.message, /^[^\n]*owner[^\n]* does not belong to a run and was left alone: take another folder\.$/);
  return true;
}
