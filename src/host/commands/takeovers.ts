import type * as vscode from 'vscode';
import { attempt } from '../register-commands';
import type { CommandContext } from './command-context';
import type { Session } from '../session/session';
import { showErrorMessage } from '../text/surfaces';

const keep = 'Keep as a Run of Its Own';

/** Says that another window has taken the run over, and offers to keep what was trained here beside it; the inspector says so too. */
export function showTakeovers(
  { session, inspector }: Pick<CommandContext, 'session' | 'inspector'>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return session.onEvent(event => {
    if (inspector.isVisible && !inspector.looked) return;
    if (event.type === 'takenOver') void attempt(() => offerToKeep(session), log);
  });
}

async function offerToKeep(session: Session): Promise<void> {
  const { id, keepProblem } = session.state;
  if (id === undefined || keepProblem === undefined) return;
  if ((await showErrorMessage(keepProblem, keep)) === keep) session.keepAsOwn(id);
}
