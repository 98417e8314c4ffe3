import type * as vscode from 'vscode';
import type { Session } from './session';
import { hasEnded, isTraining, type RunState } from '../../shared/run-state';

/** A run that has ended by itself, with its last evaluation. */
export interface RunEnd {
  readonly run: RunState;
  /** Since it began or was resumed. */
  readonly milliseconds: number;
}

/** Tells of every run that ends by itself: not of one that somebody stops, or that fails, which says so itself. */
export function onRunEnd(session: Pick<Session, 'state' | 'onEvent'>, tell: (end: RunEnd) => void): vscode.Disposable {
  let begun: number | undefined;
  return session.onEvent(({ type }) => {
    const { state: run } = session;
    if (type === 'starting' || type === 'hydrate') begun = undefined;
    if (isTraining(run) && !run.opened) begun ??= Date.now();
    if (begun === undefined || !hasEnded(run)) return;
    const milliseconds = Date.now() - begun;
    begun = undefined;
    if (run.status === 'finished' || run.status === 'diverged') tell({ run, milliseconds });
  });
}
