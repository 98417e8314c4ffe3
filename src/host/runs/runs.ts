import * as vscode from 'vscode';
import { commandsOfRuns } from './commands';
import { registerAll } from '../register-commands';
import type { RunParts } from '../commands/run-commands';
import { RunsView } from './view';
import { mostRuns } from '../settings';
import { messageOf } from '../../shared/errors';
import type { RunStorage } from '../../store/run-storage';

/** What was deleted can be had back for so long. */
const trashMilliseconds = 7 * 24 * 60 * 60 * 1000;
/** The trash is no reason to be slow at the start. */
const trashDelay = 30_000;

/** The view of all runs, its commands, and what keeps the storage from growing. */
export function showRuns(storage: RunStorage, parts: RunParts, log: vscode.LogOutputChannel): vscode.Disposable {
  const { session, queue, memory } = parts;
  const view = new RunsView(storage, session, queue, memory);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.warn(`Old runs could not be cleared away: ${messageOf(error)}`);
    }
  };
  const timer = setTimeout(() => attempt(() => storage.emptyTrash(trashMilliseconds)), trashDelay);
  return vscode.Disposable.from(
    view,
    registerAll(commandsOfRuns(view, storage, parts), log),
    new vscode.Disposable(() => clearTimeout(timer)),
    session.onEvent(event => {
      const { id } = session.state;
      if (event.type === 'started' && id !== undefined) attempt(() => storage.prune(mostRuns(), [id]));
    }),
  );
}
