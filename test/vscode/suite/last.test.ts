import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { InspectorPanel } from '../../../src/host/inspector/inspector';
import { restart, trainAgain, type RunParts } from '../../../src/host/commands/run-commands';
import { RunQueue } from '../../../src/host/session/queue';
import { Session } from '../../../src/host/session/session';
import { presetById } from '../../../src/shared/presets';
import type { Source } from '../../../src/shared/run';
import { canResume, hasModel } from '../../../src/shared/run-state';
import { SnapshotStore } from '../../../src/host/session/snapshot-store';
import { SourceWatcher } from '../../../src/host/editor/source-watcher';
import { RunStorage } from '../../../src/store/run-storage';
import { closeAll, errorShownBy, makemore, names, openText, options, train, until, untilState } from './support';

const extension = vscode.extensions.getExtension('makemore.makemore')!;
const preset = presetById('mlp-five-words');

interface Window {
  readonly session: Session;
  readonly snapshots: SnapshotStore;
  readonly parts: RunParts;
}

describe('after a reload', () => {
  const log = vscode.window.createOutputChannel('Makemore: test', { log: true });
  const folder = vscode.workspace.workspaceFolders![0].uri;
  const storage = vscode.Uri.joinPath(folder, 'storage');
  const runs = fs.mkdtempSync(join(tmpdir(), 'makemore-last-'));
  let file: vscode.Uri;
  let source: Source;
  let tests = 0;
  const opened: { dispose(): unknown }[] = [];

  /** What a window has, on the storage of the window before. */
  function openWindow(): Window {
    const worker = join(extension.extensionPath, 'dist', 'worker.js');
    const runStorage = new RunStorage(fs, runs);
    const session = new Session(worker, runStorage, log);
    const queue = new RunQueue(session, runStorage);
    const context = { globalStorageUri: storage, extension };
    const snapshots = new SnapshotStore(context, session, log);
    opened.push(session, queue, snapshots, new SourceWatcher(session));
    const inspector = { show: () => undefined } as unknown as InspectorPanel;
    return { session, snapshots, parts: { session, queue, inspector, memory: {} as vscode.Memento } };
  }

  async function trainAndPause(): Promise<Window> {
    const window = openWindow();
    const { session } = window;
    session.start(source, names, preset, options('tfjs-cpu'));
    await until('it trains', () => session.state.step > 3);
    session.send({ type: 'pause' });
    await until('it is paused', () => session.state.status === 'paused');
    await until('its pictures are written', () => pictures().length === 1);
    return window;
  }

  /** Trains in a window, which is then reloaded. */
  async function trainBefore(): Promise<Session> {
    const { session, snapshots } = await trainAndPause();
    await snapshots.leave();
    return session;
  }

  /** The files of the last pictures. */
  function pictures(): string[] {
    const kept = join(storage.fsPath, 'last-pictures');
    return fs.existsSync(kept) ? fs.readdirSync(kept).filter(name => !name.startsWith('unfinished')) : [];
  }

  const write = (text: string): Thenable<void> => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  beforeEach(async () => {
    const name = `last-${tests++}.txt`; // VS Code knows the text of a file for a while longer than the file is there
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

  it('the last pictures are there, the model is not', async () => {
    const before = await trainBefore();
    const { session, snapshots } = openWindow();
    await snapshots.recall();
    const { status, losses, step, preset: kept, restored } = session.state;
    deepStrictEqual([status, step, restored], ['interrupted', before.state.step, true]);
    deepStrictEqual(losses.values, before.state.losses.values.slice(0, before.state.losses.length));
    deepStrictEqual(kept, preset);
    ok(!hasModel(session.state) && session.taken.is(names));
  });

  it('the same trains again without a question, on the file as it is now', async () => {
    await trainBefore();
    await write('anna\nbob\n');
    const { session, snapshots, parts } = openWindow();
    await snapshots.recall();
    await until('the change is told', () => session.state.sourceChanged);
    await trainAgain(parts);
    strictEqual(session.taken.text, 'anna\nbob\n');
    await until('it trains', () => hasModel(session.state) && session.state.step > 0);
    deepStrictEqual(session.state.preset, preset);
    strictEqual(session.state.info?.names, 2);
  });

  it('other hyperparameters take the file as it is now, too', async () => {
    await trainBefore();
    const { session, snapshots, parts } = openWindow();
    await snapshots.recall();
    await restart({ nHidden: 16 }, parts);
    await until('it trains', () => hasModel(session.state) && session.state.step > 0);
    strictEqual(session.state.preset?.hyperparameters.nHidden, 16);
  });

  it('a file that is gone is told in a sentence, and the pictures stay', async () => {
    await trainBefore();
    await vscode.workspace.fs.delete(file);
    const { session, snapshots, parts } = openWindow();
    await snapshots.recall();
    await rejects(
      trainAgain(parts),
      /^InputError: last-\d+\.txt is gone: open a file of names and run Makemore: Train on/,
    );
    strictEqual(session.state.status, 'interrupted');
  });

  it('a start that fails leaves the pictures where they were', async () => {
    await trainBefore();
    await write('\n\n');
    const { session, snapshots, parts } = openWindow();
    await snapshots.recall();
    await until('the change is told', () => session.state.sourceChanged);
    match(await errorShownBy(() => trainAgain(parts)), /has no names/);
    await until('they are back', () => session.state.status === 'interrupted' && session.state.losses.length > 0);
  });

  it('nothing is left of a run that was deleted', async () => {
    const { session } = await trainAndPause();
    await session.close(session.state.id!);
    await until('its pictures are gone', () => pictures().length === 0);
  });

  it('a damaged file is as good as none', async () => {
    await trainBefore();
    const uri = vscode.Uri.joinPath(storage, 'last-pictures', pictures()[0]);
    const bytes = Uint8Array.from(await vscode.workspace.fs.readFile(uri));
    bytes[bytes.length - 10] ^= 1;
    await vscode.workspace.fs.writeFile(uri, bytes);
    const { session, snapshots } = openWindow();
    await snapshots.recall();
    strictEqual(session.state.status, 'idle');
  });

  it('tells how far the run is kept, which may be further than its pictures, and goes on from there', async () => {
    const before = await trainBefore();
    const { id, step } = before.state;
    for (let i = 1; i <= 3; i++) {
      before.send({ type: 'step' });
      await until('it has made a step', () => before.state.keptStep === step + i);
    }
    const losses = before.state.losses.values.slice(0, step + 3);
    await before.close(id!);
    const { session, snapshots } = openWindow();
    await snapshots.recall();
    deepStrictEqual([session.state.step, session.state.keptStep], [step, step + 3]);
    await session.resume(id!, { paused: true });
    await until('it is there', () => session.state.status === 'paused');
    strictEqual(session.state.step, step + 3);
    deepStrictEqual(session.state.losses.values.slice(0, step + 3), losses);
  });

  it('a run that is gone meanwhile is not offered to be resumed', async () => {
    const before = await trainBefore();
    const { id } = before.state;
    await before.close(id!);
    fs.rmSync(join(runs, 'runs', id!), { recursive: true });
    const { session, snapshots } = openWindow();
    await snapshots.recall();
    strictEqual(session.state.status, 'interrupted');
    ok(!canResume(session.state));
  });

  it('two windows on one folder keep to their own pictures', async () => {
    const first = await trainAndPause();
    const second = openWindow();
    await second.snapshots.recall();
    strictEqual(second.session.state.status, 'idle');
    second.session.start(source, names, presetById('bigram-net'), options('tfjs-cpu'));
    await until('it is finished', () => second.session.state.status === 'finished');
    await second.snapshots.leave();
    first.session.send({ type: 'step' });
    await first.snapshots.write();
    const reloaded = openWindow();
    await reloaded.snapshots.recall();
    strictEqual(reloaded.session.state.preset?.id, 'bigram-net');
    await first.snapshots.leave();
    const last = openWindow();
    await last.snapshots.recall();
    deepStrictEqual(last.session.state.preset, preset);
  });

  it('the window before may still be on its way out', async () => {
    const { snapshots: before } = await trainAndPause();
    const { session, snapshots } = openWindow();
    const recalled = snapshots.recall();
    await before.leave();
    await recalled;
    strictEqual(session.state.status, 'interrupted');
  });

  it('a run that goes on is left alone', async () => {
    await trainBefore();
    const { session, snapshots } = openWindow();
    session.start(source, names, presetById('mlp-part2'), options('tfjs-cpu'));
    await snapshots.recall();
    strictEqual(session.state.preset?.id, 'mlp-part2');
  });
});

describe('the inspector', () => {
  afterEach(closeAll);

  it('takes over the tab of the window before, and there is only one', async () => {
    await openText(names);
    await train('mlp-five-words');
    const { inspector } = await makemore();
    const panel = vscode.window.createWebviewPanel('makemore.inspector', 'Makemore', vscode.ViewColumn.Two);
    await (inspector as unknown as { adopt(panel: vscode.WebviewPanel): Promise<void> }).adopt(panel);
    match(panel.webview.html, /<main id="inspector">/);
    strictEqual(panel.webview.options.enableScripts, true);
    const tabs = (): number =>
      vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(tab => tab.label === 'Makemore').length;
    await until('the other one is closed', () => tabs() === 1);
  });

  it('is declared to come back by itself', () => {
    const { activationEvents } = extension.packageJSON as { activationEvents: string[] };
    deepStrictEqual(activationEvents, ['onWebviewPanel:makemore.inspector']);
  });
});

describe('training again', () => {
  afterEach(closeAll);

  it('takes the text of the document as it is now', async () => {
    const document = await openText(names);
    await train('mlp-five-words');
    await untilState('it has finished', state => state.status === 'finished');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'zoe\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('makemore.trainAgain');
    const { session } = await makemore();
    strictEqual(session.taken.text, `zoe\n${names}`);
    await untilState('it has finished again', state => state.status === 'finished');
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
