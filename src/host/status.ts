import * as vscode from 'vscode';
import { StatusItem } from './text/surfaces';
import { canResume, hasModel } from '../shared/run-state';
import { recentLoss } from './runs/row';
import type { Session } from './session/session';

const words = { starting: 'starting', running: 'training', paused: 'paused' } as const;

/** Shows a status bar item while something trains, and sets the context keys that enable commands. */
export function showStatus(session: Session): vscode.Disposable {
  const item = new StatusItem('makemore.status', 'Makemore', 'makemore.showInspector', 10);
  let keys = '';

  const update = (): void => {
    const { state } = session;
    const { status, step, source, preset } = state;
    if (status === 'starting' || status === 'running' || status === 'paused') {
      const recent = recentLoss(state);
      const loss = recent === undefined ? '' : ` · loss ${recent.toFixed(4)}`;
      item.show(
        status === 'paused' ? 'debug-pause' : 'pulse',
        `step ${step.toLocaleString('en-US')}${loss}`,
        `Makemore is ${words[status]}: ${preset?.title ?? ''} on ${source?.name ?? ''}. Click for the inspector.`,
      );
    } else item.hide();

    const context = { status, hasModel: hasModel(state), hasRun: preset !== undefined, canResume: canResume(state) };
    if (keys === JSON.stringify(context)) return;
    keys = JSON.stringify(context);
    for (const [key, value] of Object.entries(context))
      void vscode.commands.executeCommand('setContext', `makemore.${key}`, value);
  };
  update();
  return vscode.Disposable.from(item, session.onEvent(update));
}
