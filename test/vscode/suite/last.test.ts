import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { restart, trainAgain } from '../../../src/host/commands/run-commands';
import { SourceWatcher } from '../../../src/host/editor/source-watcher';
import type { Session } from '../../../src/host/session/session';
import { SnapshotStore } from '../../../src/host/session/snapshot-store';
import { presetById } from '../../../src/shared/presets';
import type { Source } from '../../../src/shared/run';
import { canResume, hasModel } from '../../../src/shared/run-state';
import { errorShownBy, extension, idOf, names, options, until, workspaceFolder } from './support';
import { openWindow, type Window } from './window';

const preset = presetById('mlp-five-words');

/** A window that keeps its last pictures. */
interface KeepingWindow extends Window {
  readonly snapshots: SnapshotStore;
}

describe('after a reload', () => {
  const log = vscode.window.createOutputChannel('Makemore: test', { log: true });
  const folder = workspaceFolder();
  const storage = vscode.Uri.joinPath(folder, 'storage');
  const runs = fs.mkdtempSync(join(tmpdir(), 'makemore-last-'));
  let file: vscode.Uri;
  let source: Source;
  let tests = 0;
  const opened: { dispose(): unknown }[] = [];

  /** A window on the storage of the previous one. */
  function open(): KeepingWindow {
    const window = openWindow(runs, log);
    const snapshots = new SnapshotStore({ globalStorageUri: storage, extension: extension() }, window.session, log);
    opened.push(window, snapshots, new SourceWatcher(window.session));
    return { ...window, snapshots };
  }

  async function trainAndPause(): Promise<KeepingWindow> {
    const window = open();
    const { session } = window;
    session.start(source, names, preset, options('tfjs-cpu'));
    await until('it trains', () => session.state.step > 3);
    session.send({ type: 'pause' });
    await until('it is paused', () => session.state.status === 'paused');
    await until('its pictures are written', () => pictures().length === 1);
    return window;
  }

  /** Trains in a window that is then reloaded. */
  async function trainBefore(): Promise<Session> {
    const { session, snapshots } = await trainAndPause();
    await snapshots.leave();
    return session;
  }

  /** The files with last pictures. */
  function pictures(): string[] {
    const kept = join(storage.fsPath, 'last-pictures');
    return fs.existsSync(kept) ? fs.readdirSync(kept).filter(name => !name.startsWith('unfinished')) : [];
  }

  const write = (text: string): Thenable<void> => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  beforeEach(async () => {
    const name = `last-${tests++}.txt`; // VS Code remembers the text of a file for a while after it is gone
    file = vscode.Uri.joinPath(folder, name);
    source = { name, uri: file.toString() };
    await write(names);
  });
  afterEach(async () => {
    for (const disposable of opened.splice(0)) disposable.dispose();
    for (const uri of [file, storage])
      if (await exists(uri)()) await vscode.workspace.fs.delete(uri, { recursive: true });
  });
  after(() => {
    log.dispose();
    fs.rmSync(runs, { recursive: true });
  });

  it('shows the last pictures without a model', async () => {
    const before = await trainBefore();
    const { session, snapshots } = open();
    await snapshots.recall();
    const { status, losses, step, preset: kept, restored } = session.state;
    deepStrictEqual([status, step, restored], ['interrupted', before.state.step, true]);
    deepStrictEqual(losses.values, before.state.losses.values.slice(0, before.state.losses.length));
    deepStrictEqual(kept, preset);
    ok(!hasModel(session.state) && session.taken.is(names));
  });

  it('trains the same model again without a question, on the file as it is now', async () => {
    await trainBefore();
    await write('anna\nbob\n');
    const window = open();
    const { session, snapshots } = window;
    await snapshots.recall();
    await until('the change is noticed', () => session.state.sourceChanged);
    await trainAgain(window);
    strictEqual(session.taken.text, 'anna\nbob\n');
    await until('it trains', () => hasModel(session.state) && session.state.step > 0);
    deepStrictEqual(session.state.preset, preset);
    strictEqual(session.state.info?.names, 2);
  });

  it('restarts with other hyperparameters on the file as it is now', async () => {
    await trainBefore();
    const window = open();
    const { session, snapshots } = window;
    await snapshots.recall();
    await restart({ nHidden: 16 }, window);
    await until('it trains', () => hasModel(session.state) && session.state.step > 0);
    strictEqual(session.state.preset?.hyperparameters.nHidden, 16);
  });

  it('says in a sentence that the file is gone, and keeps the pictures', async () => {
    await trainBefore();
    await vscode.workspace.fs.delete(file);
    const window = open();
    const { session, snapshots } = window;
    await snapshots.recall();
    await rejects(
      trainAgain(window),
      /^InputError: last-\d+\.txt is gone: open a file of names and run Makemore: Train on/,
    );
    strictEqual(session.state.status, 'interrupted');
  });

  it('brings the pictures back if a new run fails to start', async () => {
    await trainBefore();
    await write('\n\n');
    const window = open();
    const { session, snapshots } = window;
    await snapshots.recall();
    await until('the change is noticed', () => session.state.sourceChanged);
    match(await errorShownBy(() => trainAgain(window)), /has no names/);
    await until('they are back', () => session.state.status === 'interrupted' && session.state.losses.length > 0);
  });

  it('keeps nothing of a run that was deleted', async () => {
    const { session } = await trainAndPause();
    await session.close(idOf(session));
    await until('its pictures are gone', () => pictures().length === 0);
  });

  it('ignores damaged pictures', async () => {
    await trainBefore();
    const uri = vscode.Uri.joinPath(storage, 'last-pictures', pictures().join());
    const bytes = await vscode.workspace.fs.readFile(uri);
    const flipped = bytes.with(-10, (bytes.at(-10) ?? 0) ^ 1);
    await vscode.workspace.fs.writeFile(uri, flipped);
    const { session, snapshots } = open();
    await snapshots.recall();
    strictEqual(session.state.status, 'idle');
  });

  it('shows how far the run is stored, which may be further than its pictures, and continues from there', async () => {
    const before = await trainBefore();
    const id = idOf(before);
    const { step } = before.state;
    for (let i = 1; i <= 3; i++) {
      before.send({ type: 'step' });
      await until('it has made a step', () => before.state.keptStep === step + i);
    }
    const losses = before.state.losses.values.slice(0, step + 3);
    await before.close(id);
    const { session, snapshots } = open();
    await snapshots.recall();
    deepStrictEqual([session.state.step, session.state.keptStep], [step, step + 3]);
    await session.resume(id, { paused: true });
    await until('it is there', () => session.state.status === 'paused');
    strictEqual(session.state.step, step + 3);
    deepStrictEqual(session.state.losses.values.slice(0, step + 3), losses);
  });

  it('does not offer to resume a run that has been deleted in the meantime', async () => {
    const before = await trainBefore();
    const id = idOf(before);
    await before.close(id);
    fs.rmSync(join(runs, 'runs', id), { recursive: true });
    const { session, snapshots } = open();
    await snapshots.recall();
    strictEqual(session.state.status, 'interrupted');
    ok(!canResume(session.state));
  });

  it('gives each of two windows on one folder its own pictures', async () => {
    const first = await trainAndPause();
    const second = open();
    await second.snapshots.recall();
    strictEqual(second.session.state.status, 'idle');
    second.session.start(source, names, presetById('bigram-net'), options('tfjs-cpu'));
    await until('it is finished', () => second.session.state.status === 'finished');
    await second.snapshots.leave();
    first.session.send({ type: 'step' });
    await first.snapshots.write();
    const reloaded = open();
    await reloaded.snapshots.recall();
    strictEqual(reloaded.session.state.preset?.id, 'bigram-net');
    await first.snapshots.leave();
    const last = open();
    await last.snapshots.recall();
    deepStrictEqual(last.session.state.preset, preset);
  });

  it('waits for a previous window that is still closing', async () => {
    const { snapshots: before } = await trainAndPause();
    const { session, snapshots } = open();
    const recalled = snapshots.recall();
    await before.leave();
    await recalled;
    strictEqual(session.state.status, 'interrupted');
  });

  it('does not replace a run that has started in the meantime', async () => {
    await trainBefore();
    const { session, snapshots } = open();
    session.start(source, names, presetById('mlp-part2'), options('tfjs-cpu'));
    await snapshots.recall();
    strictEqual(session.state.preset?.id, 'mlp-part2');
  });
});

function exists(uri: vscode.Uri): () => Promise<boolean> {
  return async () => {
    try {
      await vscode.workspace.fs.stat(uri);
      return true;
    } catch {
      return false;
    }
  };
}
