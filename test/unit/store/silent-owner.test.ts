import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newOwner } from '../../../src/store/owner';
import { RunLock } from '../../../src/store/run-lock';
import { waitForSilentOwner } from '../../../src/store/silent-owner';
import { FakeClock } from './fake-clock';
import { ownerName } from './contender';

const elsewhere = `another-machine 1 ${ownerName(1)}`;

describe('waiting for a silent owner', () => {
  let folder: string;
  let clock: FakeClock;
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-silent-'));
    clock = new FakeClock();
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const lockOf = (owner: string): RunLock => new RunLock(fs, folder, owner, clock.now);

  /** @returns for how long it waited, what it said, and whether the run was ours then */
  async function wait(): Promise<{ waited: number; told: number[]; acquired: boolean }> {
    const start = clock.now();
    const told: number[] = [];
    const lock = lockOf(newOwner());
    await waitForSilentOwner(lock, milliseconds => told.push(Math.round(milliseconds)), clock);
    return { waited: clock.now() - start, told, acquired: lock.acquire() };
  }

  it('takes no time, and says nothing, where nobody owns the run', async () => {
    deepStrictEqual(await wait(), { waited: 0, told: [], acquired: true });
  });

  it('takes no time where the owner is known to live: it is refused at once', async () => {
    ok(lockOf(newOwner()).acquire());
    deepStrictEqual(await wait(), { waited: 0, told: [], acquired: false });
  });

  it('ends when an owner on another machine has been silent for 10 seconds, which is told once', async () => {
    ok(lockOf(elsewhere).acquire());
    clock.advance(3000);
    const { waited, told, acquired } = await wait();
    deepStrictEqual([told, acquired], [[7000], true]);
    ok(waited >= 7000 && waited < 7500, `${waited}`);
  });

  it('ends when an owner whose process lives has missed its beats for 10 seconds', async () => {
    ok(lockOf(newOwner()).acquire());
    clock.advance(5000);
    const { waited, told, acquired } = await wait();
    deepStrictEqual([told, acquired], [[5000], true]);
    ok(waited >= 5000 && waited < 5500, `${waited}`);
  });

  it('ends with a refusal as soon as the owner is heard of again', async () => {
    const owner = lockOf(elsewhere);
    ok(owner.acquire());
    clock.onAdvance = now => {
      if (now >= clock.start + 1500) owner.beat();
    };
    const { waited, told, acquired } = await wait();
    deepStrictEqual([told.length, acquired], [1, false]);
    ok(waited >= 1500 && waited < 2000, `${waited}`);
    ok(owner.isOwn());
  });

  it('ends as soon as the owner lets go', async () => {
    const owner = lockOf(elsewhere);
    ok(owner.acquire());
    clock.onAdvance = now => {
      if (now >= clock.start + 1500) owner.release();
    };
    const { waited, acquired } = await wait();
    strictEqual(acquired, true);
    ok(waited >= 1500 && waited < 2000, `${waited}`);
  });

  it('ends though the clock of the other machine is a little ahead', async () => {
    ok(new RunLock(fs, folder, elsewhere, () => clock.now() + 4000).acquire());
    const { waited, told, acquired } = await wait();
    deepStrictEqual([told, acquired], [[14_000], true]);
    ok(waited >= 14_000 && waited < 14_500, `${waited}`);
  });

  it('takes no time where the date of the owner is an hour ahead', async () => {
    ok(new RunLock(fs, folder, elsewhere, () => clock.now() + 3_600_000).acquire());
    deepStrictEqual(await wait(), { waited: 0, told: [], acquired: true });
  });
});
