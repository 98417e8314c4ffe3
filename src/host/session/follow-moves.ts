import * as vscode from 'vscode';
import type { RunQueue } from './queue';
import type { Session } from './session';
import { afterMove, type DocumentMoves, type Move } from '../text/document-moves';
import { messageOf } from '../../shared/errors';
import type { RunStorage } from '../../store/run-storage';

interface Followers {
  readonly session: Session;
  readonly queue: RunQueue;
  readonly storage: RunStorage;
}

/** Whatever has learned a file, or waits to learn it, goes where the file goes: the current run, the queue, and all kept runs. */
export function followMoves(
  moves: DocumentMoves,
  { session, queue, storage }: Followers,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  /** Moves during a start, whose run is not on the disk yet. */
  let late: readonly Move[] = [];
  const noteOnDisk = (move: Move): void => {
    try {
      storage.relocate(source => afterMove(source, move));
    } catch (error) {
      log.warn(`Some runs do not know that ${move.from.path} is now ${move.to.path}: ${messageOf(error)}`);
    }
  };
  return vscode.Disposable.from(
    moves.onDidMove(move => {
      if (session.state.status === 'starting') late = [...late, move];
      session.relocate(source => afterMove(source, move));
      queue.relocate(source => afterMove(source, move));
      noteOnDisk(move);
    }),
    session.onEvent(({ type }) => {
      if (type !== 'kept' || late.length === 0) return;
      late.forEach(noteOnDisk);
      late = [];
    }),
  );
}
