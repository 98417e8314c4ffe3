import * as vscode from 'vscode';
import { canResume, hasModel } from '../shared/run-state';
import { recentLoss } from './runs/row';
import type { Session } from './session/session';

const words = { starting: 'starting', running: 'training', paused: 'paused' } as const;

/** Shows a status bar item while something trains, and sets the context keys that enable commands. */
export function showStatus(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('makemore.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Makemore';
  item.command = 'makemore.showInspector';
  let keys = '';

  const update = (): void => {
    const { state } = session;
    const { status, step, source, preset } = state;
    if (status === 'starting' || status === 'running' || status === 'paused') {
      const recent = recentLoss(state);
      const loss = recent === undefined ? '' : ` · loss ${recent.toFixed(4)}`;
      item.text = `$(${status === 'paused' ? 'debug-pause' : 'pulse'}) step ${step.toLocaleString('en-US')}${loss}`;
      item.tooltip = `Makemore is ${words[status]}: ${preset?.title ?? ''} on ${source?.name ?? ''}. Click for the inspector.`;
      item.show();
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
