import * as vscode from 'vscode';
import { canResume, hasModel } from './shared/run-state';
import type { Session } from './session';

const words = { starting: 'starting', running: 'training', paused: 'paused' } as const;

/** The status bar item while something trains, and the context keys that enable commands. */
export function showStatus(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('makemore.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Makemore';
  item.command = 'makemore.showInspector';
  let keys = '';

  const update = (): void => {
    const { state } = session;
    const { status, step, losses, source, preset } = state;
    if (status === 'starting' || status === 'running' || status === 'paused') {
      const loss = losses.length > 0 ? ` · loss ${recentLoss(losses.values, losses.length).toFixed(4)}` : '';
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

/** The mean of the last 100 minibatch losses, since a single one jumps too much to be read. */
function recentLoss(values: Float32Array, length: number): number {
  const recent = values.subarray(Math.max(0, length - 100), length);
  return recent.reduce((sum, v) => sum + v, 0) / recent.length;
}
