import fs from 'node:fs';
import * as vscode from 'vscode';
import { registerCommands } from './commands/commands';
import { InspectorPanel } from './inspector/inspector';
import { PlaceMarks } from './editor/place-marks';
import type { RunParts } from './commands/run-commands';
import { RunQueue } from './session/queue';
import { showRuns } from './runs/runs';
import { provideSampleNames } from './editor/sample-names';
import { Session } from './session/session';
import { SnapshotStore } from './session/snapshot-store';
import { RunStorage } from '../store/run-storage';
import { SourceWatcher } from './editor/source-watcher';
import { showStatus } from './status';

/** What tests in the extension host may look at. */
export interface MakemoreApi {
  readonly storage: RunStorage;
  readonly session: Session;
  readonly inspector: InspectorPanel;
  readonly snapshots: SnapshotStore;
  /** What `activate` itself took. */
  readonly activationMilliseconds: number;
}

let snapshots: SnapshotStore | undefined;

/** Wires the pieces. TensorFlow.js is loaded by the worker thread alone, so this is quick. */
export function activate(context: vscode.ExtensionContext): MakemoreApi {
  const start = performance.now();
  const log = vscode.window.createOutputChannel('Makemore', { log: true });
  const storage = new RunStorage(fs, context.globalStorageUri.fsPath);
  const session = new Session(vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.js').fsPath, storage, log);
  snapshots = new SnapshotStore(context, session, log);
  const marks = new PlaceMarks(session);
  const inspector = new InspectorPanel(context, session, marks, snapshots.recall(), log);
  const queue = new RunQueue(session, storage);
  const parts: RunParts = { memory: context.globalState, session, queue, inspector };
  context.subscriptions.push(
    log,
    session,
    queue,
    snapshots,
    marks,
    inspector,
    new SourceWatcher(session),
    showStatus(session),
    provideSampleNames(context.extensionUri),
    registerCommands(parts, log),
    showRuns(storage, parts, log),
  );
  return { storage, session, inspector, snapshots, activationMilliseconds: performance.now() - start };
}

/** The window closes or is reloaded. */
export async function deactivate(): Promise<void> {
  await snapshots?.leave();
}
