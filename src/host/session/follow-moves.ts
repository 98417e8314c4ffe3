import * as vscode from 'vscode';
import type { RunQueue } from './queue';
import type { Session } from './session';
import { afterMove, type DocumentMoves, type Move } from '../text/document-moves';
import { messageOf } from '../../shared/errors';
import type { Source } from '../../shared/run';
import type { RunStorage } from '../../store/run-storage';

interface Followers {
  readonly session: Session;
  readonly queue: RunQueue;
  readonly storage: RunStorage;
}

/** VS Code tells of many files that move together one by one. */
const gatherMilliseconds = 200;

/** Whatever has learned a file, or waits to learn it, goes where the file goes: the current run, the queue, and all kept runs. */
export function followMoves(
  moves: DocumentMoves,
  { session, queue, storage }: Followers,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  /** What the records on the disk do not say yet. */
  let gathered: readonly Move[] = [];
  let timer: NodeJS.Timeout | undefined;
  const noteOnDisk = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (gathered.length === 0) return;
    const all = gathered;
    // The record of a run that starts is not there yet: it is noted again when it is.
    if (session.state.status !== 'starting') gathered = [];
    try {
      storage.relocate(source => afterMoves(source, all));
    } catch (error) {
      log.warn(`Some runs could not note where their files are now: ${messageOf(error)}`);
    }
  };
  return vscode.Disposable.from(
    moves.onDidMove(move => {
      session.relocate(source => afterMove(source, move));
      queue.relocate(source => afterMove(source, move));
      gathered = [...gathered, move];
      timer ??= setTimeout(noteOnDisk, gatherMilliseconds);
    }),
    session.onEvent(({ type }) => {
      if (type === 'kept' || type === 'failed') noteOnDisk();
    }),
    new vscode.Disposable(noteOnDisk),
  );
}

/** Where a file is after moves that came one after the other; undefined if none was its own. */
function afterMoves(source: Source, moves: readonly Move[]): Source | undefined {
  const now = moves.reduce((before, move) => afterMove(before, move) ?? before, source);
  return now === source ? undefined : now;
}
