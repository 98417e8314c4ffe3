import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sweep, type SweepContext } from '../../../src/host/commands/sweep-command';
import { hasEnded, type QueuedRun } from '../../../src/host/session/queue';
import { QueueStore } from '../../../src/host/session/queue-store';
import { InputError } from '../../../src/shared/errors';
import { hyperparameters } from '../../../src/shared/hyperparameters';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { idle } from '../../../src/shared/run-state';
import { isDamaged } from '../../../src/store/run-entry';
import { answering, closeAll, idOf, names, openText, options, until } from './support';
import { openWindow } from './window';

const source = { name: 'names.txt', uri: 'untitled:names.txt' };
const long = withHyperparameters(presetById('mlp-part2'), { nHidden: 8, maxSteps: 10_000_000 });

describe('the queue', () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-queue-'));
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  it('starts the next run when one has ended, in order, under its title', async () => {
    const log = vscode.window.createOutputChannel('Makemore: test of the queue', { log: true });
    const window = openWindow(root, log);
    const { storage, session, queue } = window;
    const run = (title: string, maxSteps: number): Omit<QueuedRun, 'id'> => {
      const preset = withHyperparameters(long, { maxSteps });
      return { title, source, text: names, preset, options: options('tfjs-cpu') };
    };
    queue.add([run('first', 20), run('second', 21), run('third', 22), run('never', 23)]);
    const third = queue.runs.at(2);
    const never = queue.runs.at(3);
    ok(third && never);
    queue.move(third.id, -1);
    queue.remove([never.id]);
    const order: (number | undefined)[] = [];
    session.onEvent(({ type }) => {
      if (type === 'starting') order.push(session.state.preset?.hyperparameters.maxSteps);
    });
    const titles = (): string[] => storage.list().flatMap(({ details: { title } }) => title ?? []);
    await until(
      'all are done',
      () => titles().length === 3 && queue.runs.length === 0 && hasEnded(session.state),
      30_000,
    );
    deepStrictEqual(order, [20, 22, 21]);
    deepStrictEqual(titles().toSorted(), ['first', 'second', 'third']);
    for (const entry of storage.list()) {
      ok(!isDamaged(entry) && entry.summary.status === 'finished');
      ok(entry.summary.evaluations.at(-1)?.train !== undefined, 'none was cut off before its last evaluation');
    }
    await session.close(idOf(session));
    window.dispose();
    log.dispose();
  });
});

describe('the queue of a window that is reloaded', () => {
  let root: string;
  const log = vscode.window.createOutputChannel('Makemore: test of kept queues', { log: true });
  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-kept-queue-'));
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));
  after(() => log.dispose());

  it('waits in the next window, which says so and starts nothing unasked', async () => {
    const before = openWindow(root, log);
    const keptBefore = new QueueStore(root, before.queue, log);
    before.session.start(source, names, long, options('tfjs-cpu'));
    await until('it trains', () => before.session.state.step > 0);
    const preset = withHyperparameters(long, { maxSteps: 20 });
    const run = (title: string): Omit<QueuedRun, 'id'> => {
      return { title, source, text: names, preset, options: options('tfjs-cpu') };
    };
    before.queue.add([run('first'), run('second'), run('third')]);
    const waiting = before.queue.runs;
    await keptBefore.leave();
    before.dispose();

    const window = openWindow(root, log);
    const kept = new QueueStore(root, window.queue, log);
    let said = '';
    let begin = (): void => undefined;
    const answer = (message: string, offer: string): Promise<string> => {
      said = message;
      return new Promise(resolve => (begin = () => resolve(offer)));
    };
    await answering('showInformationMessage', answer, () => kept.recall());
    strictEqual(said, '3 runs wait in the queue since before the window was reloaded.');
    deepStrictEqual(window.queue.runs, waiting);
    strictEqual(window.session.state.status, 'idle');
    begin();
    await until('all are done', () => window.queue.runs.length === 0 && hasEnded(window.session.state), 30_000);
    strictEqual(window.session.state.preset?.hyperparameters.maxSteps, 20);
    await window.session.close(idOf(window.session));
    kept.dispose();
    window.dispose();
  });
});

describe('sweeping hyperparameters', () => {
  const { label: width } = hyperparameters.nHidden;
  const { label: rate } = hyperparameters.learningRate;
  const added: Omit<QueuedRun, 'id'>[] = [];
  let shown = 0;
  const context: SweepContext = {
    memory: { get: () => undefined, update: () => Promise.resolve() },
    session: { state: idle },
    queue: { add: runs => void added.push(...runs) },
    inspector: {
      show: () => {
        shown++;
      },
    },
  };
  afterEach(async () => {
    added.length = 0;
    shown = 0;
    await closeAll();
  });

  /** Sweeps with a preset, the hyperparameters with these labels, and a text for each; undefined is Escape. */
  async function sweepWith(preset: string | undefined, labels?: string[], values: (string | undefined)[] = []) {
    const boxes: vscode.InputBoxOptions[] = [];
    const pick = (items: readonly vscode.QuickPickItem[], { canPickMany = false }: vscode.QuickPickOptions): unknown =>
      canPickMany
        ? labels && items.filter(({ label }) => labels.includes(label))
        : items.find(({ description }) => description === preset);
    const type = (box: vscode.InputBoxOptions): string | undefined => values.at(boxes.push(box) - 1);
    await answering('showQuickPick', pick, () => answering('showInputBox', type, () => sweep(undefined, context)));
    return boxes;
  }

  it('queues a run for every combination of the values of two hyperparameters', async () => {
    await openText(names);
    const boxes = await sweepWith('mlp-part2', [width, rate], ['32, 64', '0.1, 0.05']);
    strictEqual(shown, 1); // nothing trains, so the first of them starts at once
    deepStrictEqual(
      boxes.map(({ title }) => title),
      [`Values of ${width}`, `Values of ${rate}`],
    );
    deepStrictEqual(
      added.map(({ title, text, preset: { hyperparameters: h } }) => [title, text, h.nHidden, h.learningRate]),
      [
        ['MLP: n_embd2 32, learning rate 0.1', names, 32, 0.1],
        ['MLP: n_embd2 32, learning rate 0.05', names, 32, 0.05],
        ['MLP: n_embd2 64, learning rate 0.1', names, 64, 0.1],
        ['MLP: n_embd2 64, learning rate 0.05', names, 64, 0.05],
      ],
    );
  });

  it('says what is wrong with a value while it is typed', async () => {
    await openText(names);
    const box = (await sweepWith('mlp-part2', [width], ['32'])).at(0);
    ok(box);
    strictEqual(box.validateInput?.('32, 64'), undefined);
    match(JSON.stringify(box.validateInput?.('32, 0')), /hidden width .* must be a whole number from 1/);
    match(JSON.stringify(box.validateInput?.(' , ')), /Type values with commas between them/);
  });

  it('queues nothing if the person cancels any of the questions', async () => {
    await openText(names);
    await sweepWith(undefined);
    await sweepWith('mlp-part2');
    await sweepWith('mlp-part2', []);
    await sweepWith('mlp-part2', [width, rate], ['32', undefined]);
    deepStrictEqual(added, []);
  });

  it('refuses more than two hyperparameters, too many runs, and a missing file, each in a sentence', async () => {
    const refusal = async (sweeping: Promise<unknown>): Promise<string> => {
      const error: unknown = await sweeping.catch((thrown: unknown) => thrown);
      ok(error instanceof InputError);
      return error.message;
    };
    match(await refusal(sweepWith('mlp-part2')), /^There is no file to train on: open one/);
    await openText(names);
    const three = [width, rate, hyperparameters.seed.label];
    match(await refusal(sweepWith('mlp-part2', three)), /^Choose one or two hyperparameters/);
    const seeds = Array.from({ length: 65 }, (_, seed) => seed).join();
    match(
      await refusal(sweepWith('mlp-part2', [hyperparameters.seed.label], [seeds])),
      /^These are 65 runs, and 64 are the most/,
    );
    deepStrictEqual(added, []);
  });
});
