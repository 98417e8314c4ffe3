import * as vscode from 'vscode';
import { showErrorMessage } from '../text/surfaces';
import type { CommandContext } from './command-context';
import { offerRemedy } from './memory-offers';
import { resumeRun, train } from './run-commands';
import { attempt } from '../register-commands';
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
  const { source, id } = failed;
  const resume = 'Resume';
  const again = 'Train Again';
  const offers = [...(canResume(failed) ? [resume] : []), ...(source ? [again] : [])];
  const choice = await showErrorMessage(reason, ...offers);
  if (choice === resume) await resumeRun(id, context);
  if (choice === again && source) await train(vscode.Uri.parse(source.uri, true), 'train', context);
}
