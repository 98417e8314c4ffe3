import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { patient } from '../../../src/store/patience';
import { RunFolder } from '../../../src/store/run-folder';
import { RunLock } from '../../../src/store/run-lock';
import { Keeper } from '../../../src/worker/keeper';
import { checkpoint, record } from '../store/examples';
import { FakeClock } from '../store/fake-clock';
import { intercepted } from '../store/intercepted';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

describe('what keeps a run on the disk', () => {
  let folder: string;
  let keeper: Keeper;
  /** Why the disk refuses to replace a checkpoint now. */
  let refusal: string | undefined;
  const clock = new FakeClock();
  let told: (string | undefined)[];
  let trainer: Writable<ConstructorParameters<typeof Keeper>[3]>;
  let onTold = (): void => undefined;

  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-keeper-'));
    refusal = undefined;
    told = [];
    const system = intercepted(fs, ({ name, args: [, to], make }) => {
      if (name === 'renameSync' && String(to).endsWith('.safetensors') && refusal !== undefined)
        throw Object.assign(new Error(`${refusal}: refused, rename '${String(to)}'`), {
          code: refusal,
          syscall: 'rename',
        });
      return make();
    });
    const run = new RunFolder(patient(system, clock), folder);
    run.create(record, 'emma\n');
    const lock = new RunLock(fs, folder);
    ok(lock.acquire());
    const { step, flavor, losses, evaluations } = checkpoint;
    const model = { step, variables: { b: { shape: [], values: Float32Array.of(7) } } }; // what is not finite is not kept
    const onKept = (problem?: string): void => {
      told.push(problem);
      onTold();
    };
    trainer = { step, flavor, save: () => model };
    keeper = new Keeper(run, lock, 'a', trainer, onKept, { losses, evaluations });
  });
  afterEach(() => {
    keeper.close();
    fs.rmSync(folder, { recursive: true });
  });
  const kept = (): string => new RunFolder(fs, folder).read().checkpoint.status;

  for (const code of ['EBUSY', 'ENOSPC'])
    it(`writes what a stopped run could not write (${code}) as soon as the disk takes it, and tells a problem once`, async () => {
      keeper.write('running');
      refusal = code;
      keeper.write('stopped');
      strictEqual(kept(), 'running');
      keeper.write('stopped');
      refusal = undefined;
      await new Promise<void>(resolve => (onTold = resolve));
      strictEqual(kept(), 'stopped');
      strictEqual(told.length, 3);
      deepStrictEqual([told[0], told[2]], [undefined, undefined]);
      match(String(told[1]), new RegExp(`^No checkpoint could be written \\(${code}: refused\\): `));
    });

  it('tells which steps are lost where a run that has stopped cannot be written, and not that it goes on', () => {
    keeper.write('running');
    refusal = 'ENOSPC';
    trainer.step = 42_523;
    keeper.write('running');
    keeper.write('stopped');
    deepStrictEqual(told.slice(1), [
      'No checkpoint could be written (ENOSPC: refused): the run goes on, and the one before stays.',
      'No checkpoint could be written (ENOSPC: refused): steps 4 to 42,523 are lost when this window closes.',
    ]);
  });

  it('gives the last checkpoint a minute, and says what is lost if that is not enough', async () => {
    keeper.write('running');
    const waits: unknown[] = [];
    const held = new FakeClock();
    held.onAdvance = now => {
      if (now - held.start >= 5_000) refusal = undefined;
    };
    const waiting = { clock: held, onWait: (reason: unknown) => waits.push(reason) };
    refusal = 'EBUSY';
    deepStrictEqual([await keeper.writeLast('finished', waiting), kept(), waits.length], [true, 'finished', 1]);
    refusal = 'EBUSY';
    held.onAdvance = () => undefined;
    strictEqual(await keeper.writeLast('stopped', { ...waiting, most: 10_000 }), false);
    strictEqual(kept(), 'finished');
    strictEqual(
      told.at(-1),
      'The last checkpoint could not be written (EBUSY: refused): the run is kept as it was at step 3 of 3.',
    );
  });
});
