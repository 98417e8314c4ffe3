import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sweep, type SweepContext } from '../../../src/host/commands/sweep-command';
import type { QueuedRun } from '../../../src/host/session/queue';
import { QueueStore } from '../../../src/host/session/queue-store';
import { hyperparameters } from '../../../src/shared/hyperparameters';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { hasEnded, idle } from '../../../src/shared/run-state';
import { isDamaged } from '../../../src/store/run-entry';
import { answering, closeAll, idOf, names, openText, options, until } from './support';
import { answeringSteps, type StepInput } from './step-input';
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
  const memory = new Map<string, unknown>();
  const context: SweepContext = {
    memory: { get: key => memory.get(key), update: (key, value) => Promise.resolve(void memory.set(key, value)) },
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
    memory.clear();
    await closeAll();
  });

  /**
   * Sweeps with a preset, the hyperparameters with these labels, and a text for each field in turn; undefined is Escape,
   * and null is Back.
   */
  async function sweepWith(preset: string | undefined, labels?: string[], values: (string | null | undefined)[] = []) {
    const left = [...values];
    const answer = (input: StepInput): void => {
      if (input.kind === 'one') {
        input.take(preset);
        return;
      }
      if (input.kind === 'several') {
        if (!labels) {
          input.escape();
          return;
        }
        input.choose(labels);
        input.accept();
        return;
      }
      const text = left.shift();
      if (text === null) {
        input.goBack();
        return;
      }
      if (text === undefined) {
        input.escape();
        return;
      }
      input.type(text);
      input.accept();
      input.escape(); // if it would not be accepted
    };
    const steps = await answeringSteps(answer, () => sweep(undefined, context));
    return steps.filter(({ kind }) => kind === 'field');
  }

  it('queues a run for every combination of the values of two hyperparameters', async () => {
    await openText(names);
    const boxes = await sweepWith('mlp-part2', [width, rate], ['0.1; 0.05', '32 64']);
    strictEqual(shown, 1); // nothing trains, so the first of them starts at once
    deepStrictEqual(
      boxes.map(({ shown: { title, step, totalSteps, ignoreFocusOut } }) => [title, step, totalSteps, ignoreFocusOut]),
      [
        [`Values of ${rate}`, 3, 4, true],
        [`Values of ${width}`, 4, 4, true],
      ],
    );
    deepStrictEqual(
      added.map(({ title, text, preset: { hyperparameters: h } }) => [title, text, h.nHidden, h.learningRate]),
      [
        ['MLP: learning rate 0.1, n_hidden 32', names, 32, 0.1],
        ['MLP: learning rate 0.1, n_hidden 64', names, 64, 0.1],
        ['MLP: learning rate 0.05, n_hidden 32', names, 32, 0.05],
        ['MLP: learning rate 0.05, n_hidden 64', names, 64, 0.05],
      ],
    );
  });

  it('says what the values come to, or what is wrong with one, while they are typed', async () => {
    await openText(names);
    const box = (await sweepWith('mlp-part2', [rate], [undefined])).at(0);
    ok(box);
    const said = (text: string): unknown => {
      box.type(text);
      return [box.told.message, box.told.severity];
    };
    const { Info, Error } = vscode.InputBoxValidationSeverity;
    deepStrictEqual(said('0,05'), ['2 runs: 0 and 5', Info]);
    deepStrictEqual(said('0.1, many'), ['learning rate must be a number from 0 to 1,000, but it is "many".', Error]);
    match(JSON.stringify(said(' , ')), /Type values with commas between them/);
    match(
      JSON.stringify(said(Array.from({ length: 65 }, (_, i) => i).join())),
      /These are 65 runs, and 64 are the most/,
    );
  });

  it('tells how long it takes, if the time of a step is known', async () => {
    await openText(names);
    memory.set('microsecondsPerStep', { 'mlp-part2': 100 });
    const box = (await sweepWith('mlp-part2', [rate], [undefined])).at(0);
    ok(box);
    box.type('0.1, 0.2, 0.3');
    const { maxSteps = 0 } = presetById('mlp-part2').hyperparameters;
    strictEqual(box.told.message, `3 runs, about ${Math.round((3 * maxSteps * 100) / 60e6)} min: 0.1, 0.2 and 0.3`);
  });

  it('leads back, and keeps what was typed', async () => {
    await openText(names);
    const boxes = await sweepWith('mlp-part2', [width, rate], ['0.1, 0.2', null, undefined]);
    deepStrictEqual(
      boxes.map(({ shown: { title } }) => title),
      [`Values of ${rate}`, `Values of ${width}`, `Values of ${rate}`],
    );
    strictEqual(boxes.at(-1)?.shown.value, '0.1, 0.2');
    const [again] = await sweepWith('mlp-part2', [rate], [undefined]);
    deepStrictEqual([again?.shown.value, again?.shown.valueSelection], ['0.1, 0.2', [8, 8]]);
    deepStrictEqual(added, []);
  });

  it('leads back to the hyperparameters that were chosen', async () => {
    await openText(names);
    const lists: unknown[] = [];
    await answeringSteps(
      input => {
        if (input.kind === 'one') {
          input.take('mlp-part2');
          return;
        }
        if (input.kind === 'field') {
          input.goBack();
          return;
        }
        const selected = (input.shown.selectedItems ?? []) as readonly vscode.QuickPickItem[];
        lists.push(selected.map(({ label }) => label));
        if (lists.length === 2) {
          input.escape();
          return;
        }
        input.choose([width, rate]);
        input.accept();
      },
      () => sweep(undefined, context),
    );
    deepStrictEqual(lists, [[], [rate, width]]);
  });

  it('begins with the learning rate, and lets no more than two hyperparameters be chosen', async () => {
    await openText(names);
    const [, list] = await answeringSteps(
      input => {
        if (input.kind === 'one') {
          input.take('mlp-part2');
          return;
        }
        if (input.kind === 'field') {
          input.escape();
          return;
        }
        input.choose([width, rate]);
        input.choose([width, rate, hyperparameters.seed.label]);
        input.accept();
      },
      () => sweep(undefined, context),
    );
    strictEqual(list?.items.at(0)?.label, rate);
    deepStrictEqual(
      (list.shown.selectedItems as vscode.QuickPickItem[]).map(({ label }) => label).toSorted(),
      [rate, width].toSorted(),
    );
  });

  it('says of each question which step it is, and leads back from each but the first', async () => {
    await openText(names);
    const steps = await answeringSteps(
      input => {
        if (input.kind === 'one') input.take('mlp-part2');
        else input.escape();
      },
      () => sweep(undefined, context),
    );
    deepStrictEqual(
      steps.map(({ shown: { title, step, totalSteps, buttons } }) => [title, step, totalSteps, buttons !== undefined]),
      [
        ['Sweep a model on Untitled-1', 1, 3, false],
        ['Sweep MLP', 2, 3, true],
      ],
    );
  });

  it('queues nothing if the person cancels any of the questions', async () => {
    await openText(names);
    await sweepWith(undefined);
    await sweepWith('mlp-part2');
    await sweepWith('mlp-part2', [width, rate], ['0.1', undefined]);
    deepStrictEqual(added, []);
  });

  it('needs a file', async () => {
    const asked: string[] = [];
    const note = (message: string, ...offers: string[]): void => void asked.push(message, ...offers);
    await answering('showInformationMessage', note, () => sweepWith('mlp-part2'));
    match(asked.join(), /^There is no file to train on: open one .*,Browse…,Open Sample Names$/);
    deepStrictEqual(added, []);
  });
});
