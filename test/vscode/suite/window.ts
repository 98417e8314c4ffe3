import fs from 'node:fs';
import * as vscode from 'vscode';
import type { CommandContext } from '../../../src/host/commands/command-context';
import { showFailures } from '../../../src/host/commands/failures';
import { RunQueue } from '../../../src/host/session/queue';
import { Session } from '../../../src/host/session/session';
import { RunStorage } from '../../../src/store/run-storage';
import { extension } from './support';

/** What a window has of Makemore, without its views. Several can share a storage, as real windows do. */
export interface Window extends CommandContext {
  readonly storage: RunStorage;
  readonly dispose: () => void;
}

/** @param root the folder of the storage */
export function openWindow(root: string, log: vscode.LogOutputChannel): Window {
  const storage = new RunStorage(fs, root);
  const session = new Session(vscode.Uri.joinPath(extension().extensionUri, 'dist', 'worker.js').fsPath, storage, log);
  const queue = new RunQueue(session, storage);
  const context: CommandContext = {
    session,
    queue,
    memory: { get: () => undefined, update: () => Promise.resolve() },
    inspector: {
      show: () => undefined,
      look: () => undefined,
      looked: undefined,
      isVisible: false,
      prepare: () => new vscode.Disposable(() => undefined),
      takePicture: () => undefined,
    },
  };
  const parts = vscode.Disposable.from(showFailures(context, log), queue, session);
  return { ...context, storage, dispose: () => void parts.dispose() };
}
