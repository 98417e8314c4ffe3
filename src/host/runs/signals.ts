import * as vscode from 'vscode';
import { onRunEnd } from '../session/ends';
import type { Session } from '../session/session';
import { showProgressIn } from '../text/surfaces';
import { isTraining } from '../../shared/run-state';

/** The id of the view. */
export const runsView = 'makemore.runs';

/** What the view of runs shows without a row: that something trains, and how many runs have ended out of sight. */
export function showSignals(view: vscode.TreeView<string>, session: Session): vscode.Disposable {
  let endProgress: (() => void) | undefined;
  let unseen = 0;
  const setUnseen = (count: number): void => {
    unseen = count;
    const tooltip = `${count === 1 ? 'One run has' : `${count} runs have`} ended`;
    view.badge = count === 0 ? undefined : { value: count, tooltip };
  };
  const stop = (): void => {
    endProgress?.();
    endProgress = undefined;
  };
  return vscode.Disposable.from(
    new vscode.Disposable(stop),
    session.onEvent(() => {
      const { state } = session;
      if (!isTraining(state) || state.status === 'paused') stop();
      else if (!endProgress) void showProgressIn(runsView, new Promise<void>(resolve => (endProgress = resolve)));
    }),
    onRunEnd(session, () => {
      if (!view.visible) setUnseen(unseen + 1);
    }),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) setUnseen(0);
    }),
  );
}
