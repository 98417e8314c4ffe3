import * as vscode from 'vscode';
import { plain } from '../text/markup';
import { readAgain } from '../text/names-document';
import { showErrorMessage } from '../text/surfaces';
import type { CommandContext } from './command-context';
import { offerRemedy } from './memory-offers';
import { resumeRun, train } from './run-commands';
import { attempt } from '../register-commands';
import { quote } from '../../shared/errors';
import type { Source } from '../../shared/run';
import { canResume, type RunState } from '../../shared/run-state';

/** Shows why a run has failed, and offers to resume it, to train again, or to train with what helps. */
export function showFailures(context: CommandContext, log: vscode.LogOutputChannel): vscode.Disposable {
  const { session } = context;
  return session.onEvent(event => {
    if (event.type !== 'failed') return;
    const { state } = session; // the run before may come back while the message shows
    const { reason, remedy } = event;
    void attempt(() => (remedy ? offerRemedy(reason, remedy, state, context) : offerMore(reason, state, context)), log);
  });
}

async function offerMore(reason: string, failed: RunState, context: CommandContext): Promise<void> {
  const { session, inspector } = context;
  await Promise.resolve(); // the run before comes back right now, if there is one
  if (session.state.status === 'failed' && inspector.isVisible && !inspector.looked) return; // it says so itself
  const { source, id, info } = failed;
  const resume = 'Resume';
  const again = 'Train Again';
  const open = source && !info ? plain(`Open ${quote(source.name)}`) : undefined; // it never began: the file may be why
  const choice = await showErrorMessage(
    reason,
    ...(open === undefined ? [] : [open]),
    ...(canResume(failed) ? [resume] : []),
    ...(source ? [again] : []),
  );
  if (choice === resume) await resumeRun(id, context);
  if (!source) return;
  if (choice === again) await train(vscode.Uri.parse(source.uri, true), 'train', context);
  if (choice !== undefined && choice === open) await showSource(source);
}

/** Shows the file of a run. @throws FileError if it is gone */
export async function showSource(source: Source): Promise<void> {
  await readAgain(source);
  await vscode.window.showTextDocument(vscode.Uri.parse(source.uri, true), { viewColumn: vscode.ViewColumn.One });
}
