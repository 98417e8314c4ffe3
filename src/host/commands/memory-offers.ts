import * as vscode from 'vscode';
import { showErrorMessage, showInformationMessage, showWaiting } from '../text/surfaces';
import type { CommandContext } from './command-context';
import { mayStop } from './stop-question';
import { attempt } from '../register-commands';
import { configuredOptions } from '../settings';
import { readAgain } from '../text/names-document';
import { remedyText } from '../../shared/divergence';
import type { Remedy } from '../../shared/memory-refusal';
import { withHyperparameters } from '../../shared/presets';
import type { RunState } from '../../shared/run-state';

const leaveLongerOut = 'Leave Longer Names Out';
const leaveItOut = 'Leave It Out';
const openSettings = 'Open Settings';

/** Says that a run would take too much memory, and offers to train with what takes less. */
export async function offerRemedy(
  reason: string,
  remedy: Remedy,
  refused: RunState,
  context: CommandContext,
): Promise<void> {
  const changes = remedyText({ remedy: remedy.hyperparameters ?? {} });
  const offer = remedy.maxLength !== undefined ? leaveLongerOut : changes === '' ? undefined : `Train with ${changes}`;
  const choice = await showErrorMessage(reason, ...(offer === undefined ? [] : [offer]), openSettings);
  if (choice === openSettings)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'makemore.memoryLimit');
  else if (choice !== undefined) await startWith(remedy, refused, context);
}

/** Says that one name makes every step dearer, and offers to train without it. */
export function showLongNames(context: CommandContext, log: vscode.LogOutputChannel): vscode.Disposable {
  const { session } = context;
  return session.onEvent(event => {
    if (event.type === 'started') void attempt(() => offerToLeaveOut(session.state, context), log);
  });
}

async function offerToLeaveOut(state: RunState, context: CommandContext): Promise<void> {
  const { longName } = state.info ?? {};
  if (!longName || state.opened) return;
  const choice = await showInformationMessage(longName.sentence, leaveItOut);
  if (choice === leaveItOut) await startWith({ maxLength: longName.maxLength }, state, context);
}

/** Starts the same run on the file as it is now, with what is changed. */
async function startWith(
  { hyperparameters = {}, maxLength }: Remedy,
  { source, preset, purpose = 'train' }: RunState,
  { session, inspector }: CommandContext,
): Promise<void> {
  if (!source || !preset || !(await mayStop(session))) return;
  const options = configuredOptions(purpose, vscode.Uri.parse(source.uri, true), session.reading);
  const changed = maxLength === undefined ? options : { ...options, maxLength };
  const text = await showWaiting(`Reading ${source.name}…`, readAgain(source));
  if (text === undefined) return;
  session.start(source, text, withHyperparameters(preset, hyperparameters), changed);
  inspector.show();
}
