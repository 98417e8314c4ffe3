import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Session } from '../../../src/session';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { canResume } from '../../../src/shared/run-state';
import { isDamaged } from '../../../src/store/run-entry';
import { RunStorage } from '../../../src/store/run-storage';
import { errorShownBy, names, options, until } from './support';

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

/** As running out of memory would. */
async function killThread(session: Session): Promise<unknown> {
  const { worker } = session as unknown as { worker: { thread: { terminate(): Promise<number> } } };
  return worker.thread.terminate();
}
