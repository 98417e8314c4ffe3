import { deepStrictEqual, match, rejects, strictEqual, throws } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TorchGenerator } from '../../src/makemore/random';
import { InputError } from '../../src/shared/errors';
import { isCounting, presetById, presets, type Preset } from '../../src/shared/presets';
import { defaultRunOptions, type EngineId, type Purpose } from '../../src/shared/run';
import { RunFolder } from '../../src/store/run-folder';
import { createRun, type Run } from '../../src/worker/create-run';
import { ownFolder, restoreRun } from '../../src/worker/stored-run';
import { seed } from '../seed';
import { lossesOf, names, smallPreset } from './small';

const text = names.join('\n');
const steps = 12;
const random = new TorchGenerator(seed);

/** Small, but with the preset's own split: a run's record names only the preset. */
function ownSplit(preset: Preset): Preset {
  return { ...smallPreset(preset), split: preset.split };
}

describe('a run that is resumed from the disk', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(join(tmpdir(), 'makemore-run-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const begin = (preset: Preset, engine: EngineId, purpose: Purpose): Promise<Run> =>
    createRun(text, 'names.txt', preset, engine, { engine, boundary: '.', purpose });

  /** Trains so many steps, stores the run, and restores it from the disk alone. */
  async function interrupted(preset: Preset, engine: EngineId, purpose: Purpose, after: number): Promise<Run> {
    const { trainer } = await begin(preset, engine, purpose);
    const { folder: store, lock } = ownFolder(folder);
    const options = { ...defaultRunOptions, engine, purpose };
    const source = { name: 'names.txt', uri: 'file:///names.txt' };
    const { id } = store.create({ id: 'a', source, preset, options, created: 0 }, text);
    const losses = Float32Array.from(lossesOf(trainer, after));
    const model = trainer.save();
    store.writeCheckpoint({
      id,
      step: after,
      status: 'paused',
      flavor: trainer.flavor,
      losses,
      evaluations: [],
      model,
    });
    trainer.dispose();
    lock.release();
    const { run, stored } = await restoreRun(new RunFolder(fs, folder).read());
    deepStrictEqual(stored.checkpoint.losses, losses);
    return run;
  }

  async function compare(preset: Preset, engine: EngineId, purpose: Purpose = 'train'): Promise<void> {
    const after = 1 + random.randint(steps - 2);
    const counts = isCounting(preset);
    const whole = await begin(preset, engine, purpose);
    const again = await interrupted(preset, engine, purpose, counts ? 0 : after);
    if (!counts) {
      const losses = lossesOf(whole.trainer, steps);
      deepStrictEqual(lossesOf(again.trainer, steps - after), losses.slice(after), `interrupted after ${after} steps`);
    }
    deepStrictEqual(again.trainer.save(), whole.trainer.save(), `interrupted after ${after} steps`);
    deepStrictEqual(again.info, whole.info);
    whole.trainer.dispose();
    again.trainer.dispose();
  }

  for (const preset of presets)
    it(`has the same weights to the last bit as one that never stopped (${preset.id})`, async () => {
      await compare(isCounting(preset) ? preset : ownSplit(preset), 'compiled');
    });

  it('has the same weights on the other engines, in a range test and while one batch is fitted', async () => {
    for (const id of ['mlp-part3-batchnorm', 'makemore-transformer'])
      for (const engine of ['tfjs-wasm', 'tfjs-cpu'] as const) await compare(ownSplit(presetById(id)), engine);
    const mlp = ownSplit(presetById('mlp-part2'));
    for (const purpose of ['rangeTest', 'overfit'] as const) await compare(mlp, 'compiled', purpose);
  });

  it('has a note if it goes on with another engine', async () => {
    await interrupted(ownSplit(presetById('mlp-part2')), 'compiled', 'train', 3);
    const { run } = await restoreRun(new RunFolder(fs, folder).read(), 'tfjs-cpu');
    match(run.info.notes.join(), /began on another engine \(compiled, \w+\) than it goes on with \(tfjs-cpu\)/);
  });

  it('is refused with the weights of another model, or with random numbers that are none', async () => {
    await interrupted(ownSplit(presetById('mlp-part2')), 'compiled', 'train', 3);
    const stored = new RunFolder(fs, folder).read();
    const preset = ownSplit(presetById('mlp-part3-batchnorm'));
    await rejects(restoreRun({ ...stored, record: { ...stored.record, preset } }), /weights of another model/);
    const model = { ...stored.checkpoint.model, generator: new Uint32Array(5) };
    const drawn = { ...stored, checkpoint: { ...stored.checkpoint, model } };
    await rejects(
      restoreRun(drawn),
      (error: unknown) => error instanceof InputError && error.message.includes('random numbers'),
    );
  });

  it('belongs to one owner at a time', () => {
    const { lock } = ownFolder(folder);
    throws(() => ownFolder(folder), /Another window or terminal is writing/);
    lock.release();
    ownFolder(folder).lock.release();
  });
});

it('a generator goes on with the numbers that follow what it saved, the spare normal one included', () => {
  const g = new TorchGenerator(5);
  g.randn(5);
  const other = new TorchGenerator(0);
  other.restore(g.save());
  deepStrictEqual(other.randn(21), g.randn(21));
  strictEqual(other.r32(), g.r32());
});
