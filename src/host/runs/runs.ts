import * as vscode from 'vscode';
import { commandsOfRuns, compareRows } from './commands';
import { attempt, registerAll, showProblem } from '../register-commands';
import type { CommandContext } from '../commands/command-context';
import { RunsView } from './view';
import { mostRuns } from '../settings';
import { messageOf, SettingError } from '../../shared/errors';
import { hasEnded } from '../../shared/run-state';
import type { RunStorage } from '../../store/run-storage';

/** How long deleted runs can be recovered. */
const trashMilliseconds = 7 * 24 * 60 * 60 * 1000;
/** Emptying the trash must not slow down the start. */
const trashDelay = 30_000;

/** The view of all runs with its commands. Also keeps the storage from growing without bounds. */
export function showRuns(
  storage: RunStorage,
  context: CommandContext,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const { session, queue, memory } = context;
  const view = new RunsView(storage, session, queue, memory);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.warn(`Old runs could not be cleared away: ${messageOf(error)}`);
      if (error instanceof SettingError) void showProblem(error);
    }
  };
  const timer = setTimeout(() => attempt(() => storage.emptyTrash(trashMilliseconds)), trashDelay);
  return vscode.Disposable.from(
    view,
    registerAll(commandsOfRuns(view, storage, context), log),
    new vscode.Disposable(() => clearTimeout(timer)),
    compareAtEnd(view, storage, context, log),
    callDistinctly(view, context),
    session.onEvent(event => {
      const { id } = session.state;
      if (event.type === 'started' && id !== undefined) attempt(() => storage.prune(mostRuns(), [id]));
    }),
  );
}

/** Has the inspector name the folder of a file whose name another run's file has. */
function callDistinctly(view: RunsView, { session, queue }: CommandContext): vscode.Disposable {
  const call = (): void => {
    const { source } = session.state;
    if (source) session.callSource(view.calledBeside(source));
  };
  return vscode.Disposable.from(
    queue.onDidChange(call),
    session.onEvent(({ type }) => {
      if (type === 'started' || type === 'hydrate' || type === 'moved') call();
    }),
  );
}

/** Compares the runs of a sweep when the last of them has ended, and shows that if the inspector is in sight. */
function compareAtEnd(
  view: RunsView,
  storage: RunStorage,
  { session, inspector }: CommandContext,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const compared = new Set<string>();
  const compare = (): void => {
    const { id } = session.state;
    const sweep = [...view.sweepRows()].find(({ rows }) => rows.some(row => row.id === id));
    if (!sweep || compared.has(sweep.id) || sweep.rows.some(({ status }) => status === 'queued')) return;
    compared.add(sweep.id);
    compareRows(sweep.rows, storage, session, () => {
      if (inspector.isVisible && !inspector.looked) inspector.show('compare');
    });
  };
  return session.onEvent(({ type }) => {
    const mayBeLast = type === 'status' || type === 'evaluated'; // the last evaluation is kept before it is told
    if (mayBeLast && hasEnded(session.state) && !session.state.opened) void attempt(compare, log);
  });
}
