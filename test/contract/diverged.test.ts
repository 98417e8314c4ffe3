import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../src/shared/at';
import type { Hyperparameters } from '../../src/shared/hyperparameters';
import { watchNothing } from '../../src/shared/inspection';
import { presetById, withHyperparameters } from '../../src/shared/presets';
import type { WorkerCommand, WorkerEvent } from '../../src/shared/protocol';
import { defaultMemoryLimit } from '../../src/shared/limits';
import { defaultPace, defaultRunOptions } from '../../src/shared/run';
import { defaultSampleRequest } from '../../src/shared/sampling';
import { newOwner } from '../../src/store/owner';
import { RunFolder } from '../../src/store/run-folder';
import { RunLock } from '../../src/store/run-lock';
import { serveRun } from '../../src/worker/serve-run';
import { names } from './small';

interface Line {
  readonly type: string;
  readonly [field: string]: unknown;
}

const text = names.join('\n');
/** A batch of one has no deviation, so that the first loss is not a number. */
const broken = withHyperparameters(presetById('mlp-part3-batchnorm'), { nHidden: 8, batchSize: 1, maxSteps: 50 });

describe('a run whose loss is not a number', () => {
  let folder: string;
  let run: string;
  let training: string[];
  const cli = (...args: string[]) => spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
  const linesOf = (stdout: string): Line[] =>
    stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Line);
  before(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-diverged-'));
    const input = join(folder, 'names.txt');
    fs.writeFileSync(input, text);
    run = join(folder, 'run');
    training = ['-i', input, '--preset', broken.id, '--n-embd2', '8', '--batch-size', '1', '--max-steps', '50'];
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it('ends on the command line with status 3 and the cause, without names', () => {
    const { status, stdout, stderr } = cli(...training, '--evaluate', '--diagnostics', '--json');
    deepStrictEqual([status, stderr], [3, '']);
    const lines = linesOf(stdout);
    deepStrictEqual(
      lines.map(({ type }) => type),
      ['started', 'diverged', 'stopped'],
    );
    const { step, loss, reason } = at(lines, 1);
    deepStrictEqual([step, loss], [0, 'NaN']);
    match(String(reason), /batch of 1 has none: train with a batch size of 32\.$/);
  });

  it('is told in one sentence for people on stderr', () => {
    const { status, stderr } = cli(...training);
    strictEqual(status, 3);
    match(stderr, /^The run ended at step 0, where the loss is not a number \(NaN\)\. .* of 32\.\n$/);
  });

  it('is kept at its last finite checkpoint, and goes on from there with another learning rate and batch size', () => {
    strictEqual(cli(...training, '-o', run, '--json').status, 3);
    const kept = new RunFolder(fs, run).read();
    deepStrictEqual([kept.checkpoint.status, kept.checkpoint.step], ['diverged', 0]);
    const resumed = cli('-o', run, '--resume', '--learning-rate', '0.01', '--batch-size', '8', '--json');
    strictEqual(resumed.status, 0, resumed.stderr);
    const { notes } = at(linesOf(resumed.stdout), 0);
    deepStrictEqual((notes as string[]).slice(0, 2), [
      'From step 0 on the batch size is 8.',
      'From step 0 on the learning rate is 0.01.',
    ]);
    const { record, checkpoint } = new RunFolder(fs, run).read();
    const { batchSize, learningRate } = record.preset.hyperparameters;
    deepStrictEqual([batchSize, learningRate, checkpoint.status, checkpoint.step], [8, 0.01, 'finished', 50]);
  });

  it('ends in the editor with the remedy, is kept, and refuses to draw names', async () => {
    const path = join(folder, 'served');
    const events: WorkerEvent[] = [];
    let command: (command: WorkerCommand) => void = () => undefined;
    let wake = (): void => undefined;
    const post = (event: WorkerEvent): void => {
      events.push(event);
      wake();
    };
    serveRun({ post, onMessage: handler => (command = handler) }, () => undefined);
    const next = async (fits: (event: WorkerEvent) => boolean): Promise<void> => {
      while (!events.some(fits)) await new Promise<void>(resolve => (wake = resolve));
    };
    command({
      type: 'start',
      id: 'a',
      text,
      source: { name: 'names.txt', uri: 'file:///names.txt' },
      preset: broken,
      options: defaultRunOptions,
      watch: watchNothing,
      pace: defaultPace,
      memoryLimit: defaultMemoryLimit,
      place: { folder: path, owner: newOwner() },
    });
    await next(event => event.type === 'status' && event.status === 'diverged');
    const told = events.flatMap(event => (event.type === 'diverged' ? [event.divergence] : []));
    deepStrictEqual(
      told.map(({ step, remedy }) => ({ step, remedy })),
      [{ step: 0, remedy: { batchSize: 32 } }],
    );
    strictEqual(new RunFolder(fs, path).readSummary().status, 'diverged');
    command({ type: 'sample', request: defaultSampleRequest });
    await next(event => event.type === 'sampleRefused' && event.reason.startsWith('The weights are not numbers'));
    strictEqual(events.filter(({ type }) => type === 'evaluated').length, 0);
  });

  it('has its reason when it is opened again, and goes on with the remedy from its last checkpoint', async () => {
    const path = join(folder, 'opened');
    const place = { folder: path, owner: newOwner() };
    const thrown = ['-i', join(folder, 'names.txt'), '--preset', 'makemore-mlp', '--learning-rate', '1000'];
    strictEqual(cli(...thrown, '--max-steps', '100', '-o', path).status, 3);
    const { checkpoint, record } = new RunFolder(fs, path).read();
    const { step = NaN, loss } = checkpoint.broken ?? {};
    deepStrictEqual([loss, step > checkpoint.step], [NaN, true]);

    const serve = async (paused: boolean, changes?: Hyperparameters, end = 'paused'): Promise<WorkerEvent[]> => {
      const events: WorkerEvent[] = [];
      let command: (command: WorkerCommand) => void = () => undefined;
      await new Promise<void>(resolve => {
        const post = (event: WorkerEvent): void => {
          events.push(event);
          if (event.type === 'status' && event.status === end) resolve();
        };
        serveRun({ post, onMessage: handler => (command = handler) }, () => undefined);
        const beginning = { watch: watchNothing, pace: defaultPace, memoryLimit: defaultMemoryLimit };
        const restore = { place, engine: defaultRunOptions.engine, paused, ...beginning };
        command({ type: 'restore', ...restore, ...(changes && { changes }) });
      });
      new RunLock(fs, path, place.owner).release(); // as the extension host does when the thread has ended
      return events;
    };
    const told = (await serve(true)).flatMap(event => (event.type === 'diverged' ? [event.divergence] : []));
    const remedy = { learningRate: 100 };
    deepStrictEqual(
      told.map(({ step, remedy }) => ({ step, remedy })),
      [{ step, remedy }],
    );
    ok(at(told, 0).reason.startsWith('The learning rate of 1000 is too high'));

    const events = await serve(false, { learningRate: 0.001 }, 'finished');
    strictEqual(events.filter(({ type }) => type === 'diverged').length, 0);
    const after = new RunFolder(fs, path).read();
    deepStrictEqual(
      [after.record.preset.hyperparameters.learningRate, after.record.id, after.checkpoint.broken],
      [0.001, record.id, undefined],
    );
  });

  it('tells an update of zero as such', () => {
    const input = join(folder, 'names.txt');
    const still = ['-i', input, '--preset', 'mlp-part2', '--n-embd2', '8', '--max-steps', '2', '--learning-rate', '0'];
    const quiet = [...still, '--num-samples', '0', '--diagnostics'];
    const diagnostics = linesOf(cli(...quiet, '--json').stdout).find(({ type }) => type === 'diagnostics');
    const parameters = diagnostics?.parameters as { log10UpdateToData: unknown }[];
    const ratios = parameters.map(({ log10UpdateToData }) => log10UpdateToData);
    deepStrictEqual(new Set(ratios), new Set(['-Infinity']));
    match(cli(...quiet).stdout, /log10 update:data no update \(0\)/);
  });

  it('is told from a finite loss far above a uniform guess, which only gets a note', () => {
    const input = join(folder, 'names.txt');
    const args = ['-i', input, '--preset', 'mlp-part3-kaiming', '--n-embd2', '50', '--max-steps', '200'];
    const { status, stdout } = cli(...args, '--learning-rate', '10');
    strictEqual(status, 0);
    match(stdout, /note: The loss is .* times a uniform guess's \(.*\): lower the learning rate\./);
  });
});
