import fs from 'node:fs';
import * as vscode from 'vscode';
import type { CommandContext } from './commands/command-context';
import { inspectorActions, registerCommands } from './commands/commands';
import { tellEnds } from './end-message';
import { InspectorPanel } from './inspector/inspector';
import { serveInspector } from './inspector/serve';
import { followMoves } from './session/follow-moves';
import { RunQueue } from './session/queue';
import { QueueStore } from './session/queue-store';
import { showRuns } from './runs/runs';
import { provideSampleNames } from './editor/sample-names';
import { Session } from './session/session';
import { noteStepTimes } from './session/step-times';
import { SnapshotStore } from './session/snapshot-store';
import { RunStorage } from '../store/run-storage';
import { SourceWatcher } from './editor/source-watcher';
import { showStatus } from './status';
import { DocumentMoves } from './text/document-moves';

/** For tests in the extension host. */
export interface MakemoreApi {
  readonly storage: RunStorage;
  readonly session: Session;
  readonly inspector: InspectorPanel;
  readonly snapshots: SnapshotStore;
  /** How long `activate` took. */
  readonly activationMilliseconds: number;
}

/** What has work left when VS Code has disposed of everything else: it does so as soon as it has called `deactivate`. */
let lasting:
  | {
      readonly session: Session;
      readonly snapshots: SnapshotStore;
      readonly kept: QueueStore;
      readonly log: vscode.LogOutputChannel;
    }
  | undefined;

/** Wires the parts together. Only the worker thread loads TensorFlow.js, so this is quick. */
export function activate(context: vscode.ExtensionContext): MakemoreApi {
  const start = performance.now();
  const { extensionUri, globalStorageUri, globalState: memory } = context;
  const log = vscode.window.createOutputChannel('Makemore', { log: true });
  const storage = new RunStorage(fs, globalStorageUri.fsPath);
  const session = new Session(vscode.Uri.joinPath(extensionUri, 'dist', 'worker.js').fsPath, storage, log);
  const snapshots = new SnapshotStore(context, session, log);
  const inspector = new InspectorPanel(extensionUri, snapshots.recall(), log);
  const queue = new RunQueue(session, storage);
  const kept = new QueueStore(globalStorageUri.fsPath, queue, log);
  const moves = new DocumentMoves();
  const commandContext: CommandContext = { memory, session, queue, inspector };
  context.subscriptions.push(
    session,
    queue,
    kept,
    snapshots,
    inspector,
    serveInspector(inspector, { session, memory, actions: inspectorActions(commandContext, log) }),
    moves,
    followMoves(moves, { session, queue, storage }, log),
    new SourceWatcher(session),
    showStatus(session),
    noteStepTimes(session, memory),
    tellEnds(session, queue, inspector),
    provideSampleNames(extensionUri),
    registerCommands(commandContext, log),
    showRuns(storage, commandContext, log),
  );
  lasting = { session, snapshots, kept, log };
  void kept.recall();
  return { storage, session, inspector, snapshots, activationMilliseconds: performance.now() - start };
}

/** The window is closing or reloading. */
export async function deactivate(): Promise<void> {
  if (!lasting) return;
  const { session, snapshots, kept, log } = lasting;
  await session.leave(); // first: the last pictures are of the last step
  await Promise.all([snapshots.leave(), kept.leave()]);
  log.dispose();
}
