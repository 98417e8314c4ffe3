import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { goOn } from '../../../src/host/commands/run-commands';
import { lastLoss } from '../../../src/shared/comparison';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { canResume } from '../../../src/shared/run-state';
import { isDamaged } from '../../../src/store/run-entry';
import { provideMemoryFiles } from './memory-files';
import { closeAll, errorShownBy, idOf, makemore, names, options, train, until, untilState } from './support';
import { killThread } from './thread';
import { openWindow, type Window } from './window';

const source = { name: 'names.txt', uri: 'untitled:names.txt' };
const long = withHyperparameters(presetById('mlp-part2'), { nHidden: 8, maxSteps: 10_000_000 });

describe('stored runs', () => {
  const log = vscode.window.createOutputChannel('Makemore: test of runs', { log: true });
  let root: string;
  const windows: Window[] = [];

  function open(): Window {
    const window = openWindow(root, log);
    windows.push(window);
    return window;
  }

  async function trainIn({ session }: Window, preset = long): Promise<string> {
    session.start(source, names, preset, options('tfjs-cpu'));
    await until('a checkpoint is written', () => (session.state.keptStep ?? 0) > 0);
    return idOf(session);
  }

  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-runs-'));
  });
  afterEach(async () => {
    for (const { session, dispose } of windows.splice(0)) {
      if (session.state.id !== undefined) await session.close(session.state.id);
      dispose();
    }
    fs.rmSync(root, { recursive: true });
  });
  after(() => log.dispose());

  it('are there while they train, and belong to their window', async () => {
    const window = open();
    const id = await trainIn(window);
    const entry = window.storage.list().at(0);
    ok(entry && !isDamaged(entry) && entry.summary.step > 0);
    deepStrictEqual([entry.id, entry.owner, entry.record.source], [id, 'us', source]);
    deepStrictEqual(entry.record.preset, long);
    strictEqual(open().storage.list().at(0)?.owner, 'others');
  });

  it('do not include experiments', async () => {
    const { session, storage } = open();
    session.start(source, names, presetById('mlp-five-words'), { ...options('tfjs-cpu'), purpose: 'overfit' });
    await until('it trains', () => session.state.step > 10);
    deepStrictEqual(storage.list(), []);
    strictEqual(session.state.id, undefined);
  });

  it('continue from the last checkpoint after their thread was killed', async () => {
    const window = open();
    const { session, storage } = window;
    const id = await trainIn(window);
    const shown = await errorShownBy(killThread);
    match(shown, /The training thread died .* resume it or train again/);
    ok(session.state.status === 'failed' && canResume(session.state));
    await until('the lock is let go', () => storage.list().at(0)?.owner === 'nobody');
    const { keptStep = 0, losses } = session.state;
    const received = Math.min(keptStep, losses.length); // the last losses may have been lost with the thread
    const before = losses.values.slice(0, received);
    await session.resume(id, { paused: false });
    await until('it goes on', () => session.state.status === 'running' && session.state.step > keptStep + 10);
    deepStrictEqual(session.state.losses.values.slice(0, received), before);
  });

  it('come back when the one that is opened in their place is deleted meanwhile', async () => {
    const window = open();
    const { session, storage } = window;
    const other = await trainIn(window);
    await session.close(other);
    const id = await trainIn(window);
    await session.resume(other, { paused: true });
    strictEqual(session.state.status, 'starting');
    await session.close(other);
    storage.moveToTrash(other);
    deepStrictEqual([session.state.id, storage.list().at(0)?.owner], [id, 'us']);
    session.sample({});
    await until('names are drawn', () => session.state.samples !== undefined);
    await session.close(id);
    deepStrictEqual([session.state.status, storage.list().at(0)?.owner], ['idle', 'nobody']);
  });

  it('keep their thread when they begin while another one is ended', async () => {
    const window = open();
    const { session } = window;
    const id = await trainIn(window);
    const ended = session.close(id);
    await new Promise(resolve => setImmediate(resolve)); // its thread takes longer to end
    await trainIn(window);
    await ended;
    session.send({ type: 'pause' });
    await until('it is paused', () => session.state.status === 'paused');
  });

  it('go on with the remedy from their last checkpoint when a loss was not a number', async () => {
    const window = open();
    const { session } = window;
    session.onEvent(({ type }) => {
      if (type === 'counts') session.send({ type: 'pause' });
    });
    const thrown = withHyperparameters(presetById('makemore-transformer'), { learningRate: 1000 });
    session.start(source, names, thrown, options('compiled')); // it takes 7 steps
    await until('it is paused', () => session.state.status === 'paused', 45_000);
    session.send({ type: 'step' });
    await until('a step is kept', () => (session.state.keptStep ?? 0) > 0);
    session.send({ type: 'resume' });
    await until('it has diverged', () => session.state.status === 'diverged');
    const { keptStep = 0, divergence } = session.state; // a busy machine may have kept a later step, too
    ok(keptStep > 0 && divergence !== undefined && keptStep <= divergence.step);
    deepStrictEqual(divergence.remedy, { learningRate: 100 });
    await goOn(session);
    await until('it is paused again', () => session.state.status === 'paused', 45_000);
    ok(session.state.step >= keptStep && session.state.divergence === undefined);
    strictEqual(session.state.preset?.hyperparameters.learningRate, 100);
    strictEqual(window.storage.read(idOf(session)).record.preset.hyperparameters.learningRate, 100);
  });

  it('can be looked at in another window, and continue there when they are resumed', async () => {
    const first = open();
    const id = await trainIn(first);
    await first.session.close(id);
    const { session } = open();
    await session.resume(id, { paused: true });
    await until('it is there', () => session.state.status === 'paused');
    const { step } = session.state;
    ok(step > 0 && session.state.losses.length === step && session.taken.is(names));
    session.send({ type: 'resume' });
    await until('it goes on', () => session.state.step > step);
  });

  it('cannot be resumed while another window trains them', async () => {
    const id = await trainIn(open());
    const { session } = open();
    match(await errorShownBy(() => session.resume(id, { paused: false })), /Another window or terminal is writing/);
  });

  it('give the same names again when a finished one is resumed', async () => {
    const window = open();
    const { session } = window;
    session.start(source, names, withHyperparameters(long, { maxSteps: 50 }), options('tfjs-cpu'));
    await until('it is finished', () => session.state.status === 'finished');
    await until('it is evaluated', () => lastLoss(session.state, 'train') !== undefined);
    const id = idOf(session);
    const { evaluations } = session.state;
    session.sample({});
    await until('names are drawn', () => session.state.samples !== undefined);
    const { samples } = session.state;
    await session.close(id);
    await session.resume(id, { paused: false });
    await until('it is back', () => session.state.status === 'finished');
    session.sample({});
    await until('names are drawn', () => session.state.samples !== undefined);
    deepStrictEqual(session.state.samples, samples);
    deepStrictEqual(session.state.evaluations, evaluations);
  });
});

describe('a run on a document of another extension', () => {
  const files = provideMemoryFiles();
  afterEach(closeAll);

  it('continues when its document is gone, but cannot be trained again then', async () => {
    const uri = files.add('/passing.txt', names);
    await train('mlp-part2', { uri });
    const { session, storage } = await makemore();
    await untilState('it is kept', ({ keptStep = 0 }) => keptStep > 0);
    const id = idOf(session);
    await session.close(id);
    strictEqual(storage.read(id).record.source.uri, 'memory:/passing.txt');
    files.remove('/passing.txt');

    const kept = storage.summaryOf(id)?.step ?? Infinity;
    await vscode.commands.executeCommand('makemore.resumeRun', id);
    await untilState('it goes on', ({ status, step }) => status === 'running' && step > kept);
    ok(session.state.losses.length > kept && session.taken.is(names));
    session.send({ type: 'stop' });
    await untilState('it has stopped', ({ status }) => status === 'stopped');

    strictEqual(await refusal(), 'passing.txt is gone: open a file of names and run Makemore: Train on This File.');
    strictEqual(session.state.id, id);
  });

  it('says in a sentence that it cannot be trained again when the extension is gone', async () => {
    const { session } = await makemore();
    const gone = { name: 'gone.txt', uri: 'nowhere:/gone.txt' };
    session.start(gone, names, presetById('bigram-net'), options('tfjs-cpu'));
    const { id } = await untilState('it is finished', ({ status }) => status === 'finished');
    match(await refusal(), /^gone\.txt cannot be read \(.+\): open a text file with one name per line\.$/);
    strictEqual(session.state.id, id);
  });

  const refusal = (): Promise<string> =>
    errorShownBy(async () => vscode.commands.executeCommand('makemore.trainAgain'));
});
