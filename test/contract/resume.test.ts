import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TorchGenerator } from '../../src/makemore/random';
import { at } from '../../src/shared/at';
import { InputError } from '../../src/shared/errors';
import { presetById, presets, type Preset } from '../../src/shared/presets';
import { defaultRunOptions, type EngineId, type Purpose } from '../../src/shared/run';
import { RunFolder } from '../../src/store/run-folder';
import { createRun, type Run } from '../../src/worker/create-run';
import { ownFolder, restoreRun } from '../../src/worker/stored-run';
import { seed } from '../seed';
import { lossesOf, names, smallPreset } from './small';

const text = names.join('\n');
const steps = 12;
const random = new TorchGenerator(seed);

/** Small, with the split of its preset, which the record of a run does not tell anew. */
function ownSplit(preset: Preset): Preset {
  return { ...smallPreset(preset), split: preset.split };
}

describe('a run that goes on from the disk', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(join(tmpdir(), 'makemore-run-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const begin = (preset: Preset, engine: EngineId, purpose: Purpose): Promise<Run> =>
    createRun(text, 'names.txt', preset, engine, { engine, boundary: '.', purpose });

  /** Stops after so many steps, is stored, forgotten, and made anew from the disk alone. */
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
      engine: trainer.flavor,
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
    const counts = preset.model === 'bigram' || preset.model === 'trigram';
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
    it(`${preset.id} has the same weights to the last bit as one that never stopped`, async () => {
      const { model } = preset;
      await compare(model === 'bigram' || model === 'trigram' ? preset : ownSplit(preset), 'compiled');
    });

  it('the weights are the same on the other engines, in a range test, and while one batch is fitted', async () => {
    for (const preset of presets.filter(({ id }) => ['mlp-part3-batchnorm', 'makemore-transformer'].includes(id)))
      for (const engine of ['tfjs-wasm', 'tfjs-cpu'] as const) await compare(ownSplit(preset), engine);
    const mlp = ownSplit(presetById('mlp-part2'));
    for (const purpose of ['rangeTest', 'overfit'] as const) await compare(mlp, 'compiled', purpose);
  });

  it("says that it goes on with another engine, and refuses another model's weights", async () => {
    const [mlp, other] = [ownSplit(presetById('mlp-part2')), ownSplit(presetById('mlp-part3-batchnorm'))];
    await interrupted(mlp, 'compiled', 'train', 3);
    const stored = new RunFolder(fs, folder).read();
    const { run } = await restoreRun(stored, 'tfjs-cpu');
    match(run.info.notes.at(-1)!, /began on another engine \(compiled, \w+\) than it goes on with \(tfjs-cpu\)/);
    const wrong = { ...stored, record: { ...stored.record, preset: other } };
    await rejects(restoreRun(wrong), /weights of another model/);
    const model = { ...stored.checkpoint.model, generator: new Uint32Array(5) };
    const drawn = { ...stored, checkpoint: { ...stored.checkpoint, model } };
    await rejects(
      restoreRun(drawn),
      (error: unknown) => error instanceof InputError && error.message.includes('random numbers'),
    );
  });

  it('a folder has one owner at a time', () => {
    const { lock } = ownFolder(folder);
    let problem = '';
    try {
      ownFolder(folder);
    } catch (error) {
      problem = String(error);
    }
    match(problem, /Another window or terminal is writing/);
    lock.release();
    ownFolder(folder).lock.release();
  });
});

it('a generator goes on from what it saved, its kept normal included', () => {
  const g = new TorchGenerator(5);
  g.randn(5);
  const other = new TorchGenerator(0);
  other.restore(g.save());
  deepStrictEqual(other.randn(21), g.randn(21));
  strictEqual(other.r32(), g.r32());
});

describe('the command line with a folder', () => {
  let folder: string;
  let input: string;
  const cli = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/cli.js', ...args, '--json'], { encoding: 'utf8' });
  const preset = ['--preset', 'mlp-part2', '--n-embd2', '16', '--num-samples', '3'];
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-folder-'));
    input = join(folder, 'names.txt');
    fs.writeFileSync(input, text.repeat(3).replaceAll('sophiaemma', 'sophia\nemma'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('goes on with a run, and samples from it, without the names file', () => {
    const [whole, halves] = [join(folder, 'whole'), join(folder, 'halves')];
    strictEqual(cli('-i', input, ...preset, '--max-steps', '40', '-o', whole).status, 0);
    strictEqual(cli('-i', input, ...preset, '--max-steps', '25', '-o', halves).status, 0);
    fs.rmSync(input);
    const resumed = cli('-o', halves, '--resume', '--max-steps', '40', '--num-samples', '3');
    strictEqual(resumed.status, 0, resumed.stderr);
    const read = (path: string) => new RunFolder(fs, path).read();
    const [a, b] = [read(whole), read(halves)];
    deepStrictEqual(b.checkpoint.model, a.checkpoint.model);
    deepStrictEqual(b.checkpoint.losses, a.checkpoint.losses);
    deepStrictEqual(b.record.preset, a.record.preset);
    strictEqual(b.checkpoint.status, 'finished');
    const sampledOf = (stdout: string) => stdout.split('\n').filter(line => line.includes('"sampled"'));
    const only = cli('-o', whole, '--sample-only', '--num-samples', '3');
    deepStrictEqual(sampledOf(only.stdout), sampledOf(resumed.stdout));
  });

  it('refuses a damaged checkpoint with status 2 and one line, and sets it aside on --resume', () => {
    const run = join(folder, 'run');
    strictEqual(cli('-i', input, ...preset, '--max-steps', '5', '-o', run).status, 0);
    const file = join(run, 'checkpoint.safetensors');
    const bytes = fs.readFileSync(file);
    bytes[bytes.length - 5]! ^= 1; // it is far longer
    fs.writeFileSync(file, bytes);
    const files = fs.readdirSync(run);
    const refusal = (flag: string): string => {
      const { status, stderr } = cli('-o', run, flag);
      strictEqual(status, 2);
      match(stderr, /^[^\n]*checkpoint\.safetensors is damaged \(its checksum is wrong\)[^\n]*\n$/);
      return stderr;
    };
    refusal('--sample-only');
    deepStrictEqual(fs.readdirSync(run), files, 'which only reads');
    match(refusal('--resume'), /It was kept aside as checkpoint\.safetensors\.damaged; train again\.\n$/);
    strictEqual(fs.existsSync(file), false);
    deepStrictEqual(fs.readFileSync(`${file}.damaged`), bytes);
  });

  it('replaces an existing run and says so, unless the new one cannot begin', () => {
    const run = join(folder, 'run');
    const notesOf = (...args: string[]): string[] => {
      const { status, stdout, stderr } = cli('-i', input, ...preset, '--max-steps', '5', '-o', run, ...args);
      strictEqual(status, 0, stderr);
      const { notes } = JSON.parse(at(stdout.split('\n'), 0)) as { notes: string[] };
      return notes.filter(note => /left out|replaced/.test(note));
    };
    deepStrictEqual(notesOf(), []);
    const { id } = new RunFolder(fs, run).read().record;
    strictEqual(cli('-i', input, ...preset, '-o', run, '--prefix', 'Q').status, 2);
    strictEqual(new RunFolder(fs, run).read().record.id, id);
    deepStrictEqual(notesOf('--n-head', '3'), [
      '--n-head does not concern mlp-part2 and was left out.',
      `The run that was in ${run} was replaced.`,
    ]);
    ok(new RunFolder(fs, run).read().record.id !== id);
  });

  it('a folder belongs to one terminal at a time, and to another as soon as that one is killed', async () => {
    const run = join(folder, 'run');
    const first = spawn(process.execPath, ['dist/cli.js', '-i', input, ...preset, '--max-steps', '1000000', '-o', run]);
    while (!fs.existsSync(join(run, 'checkpoint.safetensors'))) await delay(20);
    for (const args of [['--resume'], ['-i', input, ...preset]]) {
      const { status, stderr } = cli('-o', run, ...args, '--max-steps', '10');
      strictEqual(status, 2);
      match(stderr, /^Another window or terminal is writing [^\n]*: stop the run there, or take another folder\.\n$/);
    }
    const over = new Promise(resolve => first.once('close', resolve));
    first.kill('SIGKILL');
    await over;
    const second = cli('-o', run, '--resume', '--max-steps', '10');
    deepStrictEqual([second.status, second.stderr], [0, '']);
  });

  it('a run that is killed several times ends with the weights of one that never stopped', async function () {
    this.timeout(120_000);
    const kills = 3;
    const run = join(folder, 'killed');
    const length = ['--n-embd2', '128', '--max-steps', '50000'];
    const args = ['-i', input, ...preset, ...length, '-o', run, '--json'];
    let step = -1;
    let killed = 0;
    for (let i = 0; i < kills; i++) {
      const begun = fs.existsSync(join(run, 'checkpoint.safetensors'));
      const child = spawn(process.execPath, ['dist/cli.js', ...(begun ? ['-o', run, '--resume', '--json'] : args)]);
      const over = new Promise<NodeJS.Signals | null>(resolve => child.once('close', (_, signal) => resolve(signal)));
      const timer = setTimeout(() => child.kill('SIGKILL'), 1000 + random.randint(500));
      if ((await over) === 'SIGKILL') killed++;
      clearTimeout(timer);
      if (!fs.existsSync(join(run, 'checkpoint.safetensors'))) continue;
      const { checkpoint } = new RunFolder(fs, run).read();
      ok(checkpoint.step >= step, 'a kill takes nothing back that was written');
      step = checkpoint.step;
    }
    const last = spawnSync(process.execPath, ['dist/cli.js', '-o', run, '--resume', '--json'], { encoding: 'utf8' });
    strictEqual(last.status, 0, last.stderr);
    const whole = join(folder, 'whole');
    cli('-i', input, ...preset, ...length, '-o', whole);
    deepStrictEqual(new RunFolder(fs, run).read().checkpoint.model, new RunFolder(fs, whole).read().checkpoint.model);
    console.log(`        killed ${killed} times of ${kills}, last at step ${step}`);
    ok(killed > 0);
  });
});
