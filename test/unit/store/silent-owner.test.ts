import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newOwner } from '../../../src/store/owner';
import { RunLock } from '../../../src/store/run-lock';
import { waitForSilentOwner, type Clock } from '../../../src/store/silent-owner';

const elsewhere = 'another-machine 1 a';

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

  it('ends after 10 seconds though the clock of the other machine is ahead', async () => {
    ok(new RunLock(fs, folder, elsewhere, () => clock.now() + 3_600_000).acquire());
    const { waited, told } = await wait();
    deepStrictEqual(told, [10_000]);
    ok(waited >= 10_000 && waited < 10_500, `${waited}`);
  });
});

/** Time passes only where somebody sleeps. */
class FakeClock implements Clock {
  readonly start = Date.now();
  onAdvance = (_now: number): void => undefined;
  private time = this.start;

  readonly now = (): number => this.time;

  advance(milliseconds: number): void {
    this.time += milliseconds;
    this.onAdvance(this.time);
  }

  readonly sleep = (milliseconds: number): Promise<void> => {
    this.advance(milliseconds);
    return Promise.resolve();
  };
}
