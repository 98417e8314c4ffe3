import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Session } from '../../../src/host/session/session';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { canResume } from '../../../src/shared/run-state';
import { isDamaged } from '../../../src/store/run-entry';
import { RunLock } from '../../../src/store/run-lock';
import { RunStorage } from '../../../src/store/run-storage';
import { rowOf, type RunRow } from '../../../src/host/runs/row';
import {
  answering,
  closeAll,
  errorShownBy,
  makemore,
  names,
  openText,
  options,
  provideMemoryFiles,
  train,
  until,
  untilState,
} from './support';

const extension = vscode.extensions.getExtension('makemore.makemore')!;
const source = { name: 'names.txt', uri: 'untitled:names.txt' };
const long = withHyperparameters(presetById('mlp-part2'), { nHidden: 8, maxSteps: 10_000_000 });

/** What a window has of the runs, without its views. */
interface Window {
  readonly storage: RunStorage;
  readonly session: Session;
}

describe('runs that last', () => {
  const log = vscode.window.createOutputChannel('Makemore: test of runs', { log: true });
  let root: string;
  const windows: Window[] = [];

  function openWindow(): Window {
    const storage = new RunStorage(fs, root);
    const session = new Session(join(extension.extensionPath, 'dist', 'worker.js'), storage, log);
    const window = { storage, session };
    windows.push(window);
    return window;
  }

  async function trainIn({ session }: Window, preset = long): Promise<string> {
    session.start(source, names, preset, options('tfjs-cpu'));
    await until('a checkpoint is written', () => (session.state.keptStep ?? 0) > 0);
    return session.state.id!;
  }

  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-runs-'));
  });
  afterEach(async () => {
    for (const { session } of windows.splice(0)) {
      if (session.state.id !== undefined) await session.close(session.state.id);
      session.dispose();
    }
    fs.rmSync(root, { recursive: true });
  });
  after(() => log.dispose());

  it('a run is kept as it goes, and another window sees whose it is', async () => {
    const window = openWindow();
    const id = await trainIn(window);
    const [entry] = window.storage.list();
    ok(!isDamaged(entry) && entry.summary.step > 0);
    deepStrictEqual([entry.id, entry.owner, entry.record.source], [id, 'us', source]);
    deepStrictEqual(entry.record.preset, long);
    strictEqual(openWindow().storage.list()[0].owner, 'others');
  });

  it('an experiment is not', async () => {
    const { session, storage } = openWindow();
    session.start(source, names, presetById('mlp-five-words'), { ...options('tfjs-cpu'), purpose: 'overfit' });
    await until('it trains', () => session.state.step > 10);
    deepStrictEqual(storage.list(), []);
    strictEqual(session.state.id, undefined);
    session.dispose();
  });

  it('goes on from the last checkpoint when its thread was killed', async () => {
    const window = openWindow();
    const { session, storage } = window;
    const id = await trainIn(window);
    const shown = await errorShownBy(() => killThread(session));
    match(shown, /The training thread died .* resume it or train again/);
    ok(session.state.status === 'failed' && canResume(session.state));
    await until('the lock is let go', () => storage.list()[0].owner === 'nobody');
    const { keptStep, losses } = session.state;
    const told = Math.min(keptStep!, losses.length); // the last ones may have died with the thread
    const before = losses.values.slice(0, told);
    await session.resume(id, { paused: false });
    await until('it goes on', () => session.state.status === 'running' && session.state.step > keptStep! + 10);
    deepStrictEqual(session.state.losses.values.slice(0, told), before);
  });

  it('goes on in the next window, or is only looked at', async () => {
    const first = openWindow();
    const id = await trainIn(first);
    await first.session.close(id);
    const { session } = openWindow();
    await session.resume(id, { paused: true });
    await until('it is there', () => session.state.status === 'paused');
    const { step } = session.state;
    ok(step > 0 && session.state.losses.length === step && session.taken.is(names));
    session.send({ type: 'resume' });
    await until('it goes on', () => session.state.step > step);
  });

  it('is refused to a second window while the first one is at it', async () => {
    const id = await trainIn(openWindow());
    const { session } = openWindow();
    match(await errorShownBy(() => session.resume(id, { paused: false })), /Another window or terminal is writing/);
  });

  it('that was finished can be sampled again', async () => {
    const window = openWindow();
    const { session } = window;
    session.start(source, names, withHyperparameters(long, { maxSteps: 50 }), options('tfjs-cpu'));
    await until('it is finished', () => session.state.status === 'finished');
    await until('it is evaluated', () => session.state.evaluations.at(-1)?.train !== undefined);
    const { id, evaluations } = session.state;
    session.sample({});
    await until('names are drawn', () => session.state.samples !== undefined);
    const { samples } = session.state;
    await session.close(id!);
    await session.resume(id!, { paused: false });
    await until('it is back', () => session.state.status === 'finished');
    session.sample({});
    await until('names are drawn', () => session.state.samples !== undefined);
    deepStrictEqual(session.state.samples, samples);
    deepStrictEqual(session.state.evaluations, evaluations);
  });
});

describe('the commands of the list of runs', () => {
  afterEach(async () => {
    const { session, storage } = await makemore();
    await closeAll();
    if (session.state.id !== undefined) await session.close(session.state.id);
    for (const { id, owner } of storage.list()) if (owner === 'nobody') storage.moveToTrash(id);
  });

  /** The row of the run that trains, once it is kept. */
  async function trained(): Promise<RunRow> {
    await openText(names);
    await train('mlp-part2');
    const { session } = await makemore();
    await until('it is kept', () => (session.state.keptStep ?? 0) > 0);
    return row(session.state.id!);
  }

  async function row(id: string): Promise<RunRow> {
    const { storage, session } = await makemore();
    return rowOf(
      storage.list().find(entry => entry.id === id)!,
      session.state,
    );
  }

  const execute = (command: string, ...args: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`makemore.${command}`, ...args);

  it('pin, rename and unpin', async () => {
    const run = await trained();
    await execute('pinRun', run.id);
    await answering('showInputBox', ' wider ', () => execute('renameRun', run.id));
    strictEqual((await row(run.id)).title, 'wider');
    await execute('pinRun', run.id);
    deepStrictEqual((({ title, pinned }) => [title, pinned])(await row(run.id)), ['wider', true]);
    await execute('unpinRun', run.id);
    await answering('showInputBox', '', async () => execute('renameRun', run.id));
    deepStrictEqual((({ title, pinned }) => [title, pinned])(await row(run.id)), [undefined, false]);
  });

  it('delete a run that trains, and undo it', async () => {
    const run = await trained();
    const { session, storage } = await makemore();
    await answering('showInformationMessage', 'Undo', () => execute('deleteRuns', run.id));
    strictEqual(session.state.status, 'idle');
    await until('it is back', () => storage.list().some(({ id }) => id === run.id));
    strictEqual((await row(run.id)).status, 'interrupted');
    await execute('resumeRun', run.id);
    await until('it goes on', () => session.state.status === 'running' && session.state.step > run.run!.step);
  });

  it('delete all runs but pinned ones, when a person has agreed', async () => {
    const kept = await trained();
    await execute('pinRun', kept.id);
    const { session, storage } = await makemore();
    await session.close(kept.id);
    await trained();
    await answering('showWarningMessage', undefined, () => execute('deleteAllRuns'));
    strictEqual(storage.list().length, 2);
    await answering('showWarningMessage', 'Delete All', () => execute('deleteAllRuns'));
    deepStrictEqual(
      storage.list().map(({ id }) => id),
      [kept.id],
    );
  });

  it('open a run without training on, and sample it', async () => {
    const run = await trained();
    const { session } = await makemore();
    await session.close(run.id);
    await execute('sampleRun', run.id);
    await until('names are drawn', () => session.state.samples !== undefined);
    strictEqual(session.state.status, 'paused');
  });

  it('ask nothing where one that is only looked at gives way to another one, and leave it what it was', async () => {
    const { session } = await makemore();
    const ids: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { id } = await trained();
      await session.close(id);
      ids.push(id);
    }
    let asked = 0;
    await answering(
      'showInformationMessage',
      () => {
        asked++;
      },
      async () => {
        for (const id of ids) {
          await execute('openRun', id);
          await untilState('it is open', state => state.id === id && state.status === 'paused');
        }
      },
    );
    strictEqual(asked, 0);
    strictEqual((await row(ids[0])).status, 'interrupted');
    strictEqual((await row(ids[1])).status, 'interrupted');
  });

  it('delete what can be deleted, and tell of the rest', async () => {
    const { session, storage } = await makemore();
    const mine = await trained();
    await session.close(mine.id);
    const held = await trained();
    await session.close(held.id);
    const lock = new RunLock(fs, held.folder);
    ok(lock.acquire());
    const refusal = await errorShownBy(async () => execute('deleteRuns', mine.id, [mine.id, held.id]));
    match(refusal, /^".*" was not deleted: .*stop it in its window/);
    deepStrictEqual(
      storage.list().map(({ id }) => id),
      [held.id],
    );
    lock.release();
  });

  it('ask, where a run trains, whether another one is to wait, which then begins when that one has ended', async () => {
    const run = await trained();
    const { session } = await makemore();
    let question = '';
    const answer = (said: string): string => {
      question = said;
      return 'Add to the Queue';
    };
    await answering('showInformationMessage', answer, () => train('bigram-net', { awaitLoss: false }));
    match(question, /^MLP is training on .* \(step [\d,]+\)\. Stop it and start anew\?$/);
    deepStrictEqual([session.state.id, session.state.status], [run.id, 'running']);
    session.send({ type: 'stop' });
    await untilState('the other one begins', ({ preset }) => preset?.id === 'bigram-net');
    await untilState('it ends', ({ status }) => status === 'finished');
    strictEqual((await row(run.id)).status, 'stopped');
  });

  it('open a run while others wait: they go on waiting, and a person is told', async () => {
    await openText(names);
    await train('mlp-five-words');
    const { id: finished } = await untilState('it is finished', ({ status }) => status === 'finished');
    await trained();
    const { session } = await makemore();
    await answering('showInformationMessage', 'Add to the Queue', () => train('bigram-net', { awaitLoss: false }));
    const said: string[] = [];
    let begin = (): void => undefined;
    const answer = (message: string, ...offered: string[]): Promise<string> | string => {
      said.push(message);
      return said.length === 1
        ? 'Stop and Start'
        : new Promise<string>(resolve => {
            begin = () => resolve(offered[0]);
          });
    };
    await answering('showInformationMessage', answer, async () => execute('openRun', finished!));
    match(said[1], /^One run waits in the queue while "MLP on five words on .*" is open\.$/);
    await untilState('it is there', ({ status }) => status === 'finished');
    session.sample({});
    await untilState('it can be sampled', ({ samples }) => samples !== undefined);
    strictEqual(session.state.id, finished);
    begin();
    await untilState('the next begins', ({ preset }) => preset?.id === 'bigram-net');
    await untilState('it ends', ({ status }) => status === 'finished');
  });

  it('export a run into a folder', async () => {
    const run = await trained();
    const { session } = await makemore();
    await session.close(run.id);
    const parent = vscode.Uri.file(fs.mkdtempSync(join(tmpdir(), 'makemore-export-')));
    const said: string[] = [];
    await answering('showOpenDialog', [parent], () =>
      answering(
        'showInformationMessage',
        (message: string) => void said.push(message),
        () => execute('exportRun', run.id),
      ),
    );
    const [folder] = fs.readdirSync(parent.fsPath);
    match(said[0], new RegExp(`^The run is exported to ${folder}\\. `));
    const config = fs.readFileSync(join(parent.fsPath, folder, 'config.json'), 'utf8');
    match(config, /"mlp-part2"/);
    const losses = fs
      .readFileSync(join(parent.fsPath, folder, 'losses.csv'), 'utf8')
      .trim()
      .split('\n');
    strictEqual(losses.length - 1, (await row(run.id)).run!.step);
    fs.rmSync(parent.fsPath, { recursive: true });
  });

  it('put runs side by side', async () => {
    const run = await trained();
    const { session } = await makemore();
    await execute('compareRuns', run.id, [run.id]);
    deepStrictEqual(
      session.state.compared.map(({ id, losses }) => [id, losses.length > 0]),
      [[run.id, true]],
    );
    session.compare([]);
  });
});

describe('a run on a document of another extension', () => {
  const files = provideMemoryFiles();
  afterEach(closeAll);

  it('is kept, and goes on when its document is gone; to train it again takes the document', async () => {
    const uri = files.add('/passing.txt', names);
    await train('mlp-part2', { uri });
    const { session, storage } = await makemore();
    await untilState('it is kept', ({ keptStep = 0 }) => keptStep > 0);
    const id = session.state.id!;
    await session.close(id);
    strictEqual(storage.read(id).record.source.uri, 'memory:/passing.txt');
    files.remove('/passing.txt');

    const kept = storage.summaryOf(id)!.step;
    await vscode.commands.executeCommand('makemore.resumeRun', id);
    await untilState('it goes on', ({ status, step }) => status === 'running' && step > kept);
    ok(session.state.losses.length > kept && session.taken.is(names));
    session.send({ type: 'stop' });
    await untilState('it has stopped', ({ status }) => status === 'stopped');

    strictEqual(await refusal(), 'passing.txt is gone: open a file of names and run Makemore: Train on this file.');
    strictEqual(session.state.id, id);
  });

  it('cannot be trained again when that extension is gone, too: that is told in a sentence', async () => {
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

/** As running out of memory would. */
async function killThread(session: Session): Promise<unknown> {
  const { worker } = session as unknown as { worker: { thread: { terminate(): Promise<number> } } };
  return worker.thread.terminate();
}
