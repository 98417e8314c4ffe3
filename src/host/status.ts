import * as vscode from 'vscode';
import { StatusItem } from './text/surfaces';
import { pathOf } from '../shared/file-path';
import { canResume, hasModel, isEvaluating, type RunState } from '../shared/run-state';
import { throttle } from '../shared/throttle';
import { recentLoss } from './runs/row';
import { icons, lossTextOf } from './runs/texts';
import type { Session } from './session/session';

/** VS Code draws its window anew for every text. */
const pauseMilliseconds = 500;

const words = { starting: 'starting', running: 'training', paused: 'paused' } as const;

/** Shows a status bar item with what trains, and then with its result, and sets the context keys that enable commands. */
export function showStatus(session: Session): vscode.Disposable {
  const item = new StatusItem('makemore.status', 'Makemore', 'makemore.showInspector', 10);
  let keys = '';

  const showItem = throttle(pauseMilliseconds, (state: RunState) => {
    const { status, step, source, preset, preparation, stopping } = state;
    const file = source ? pathOf(source.uri) : '';
    if (status === 'starting' || status === 'running' || status === 'paused') {
      const recent = recentLoss(state);
      const loss = recent === undefined ? '' : ` · loss ${recent.toFixed(4)}`;
      const now = stopping ? ' · stopping…' : loss;
      item.show(
        status === 'paused' ? 'debug-pause' : 'pulse',
        preparation
          ? `starting · ${Math.floor(100 * preparation.share)}%`
          : status === 'starting'
            ? 'starting…'
            : `step ${step.toLocaleString('en-US')}${now}`,
        `Makemore is ${words[status]}: ${preset?.title ?? ''} on ${file}. Click for the inspector.`,
      );
    } else if (status === 'finished' || status === 'stopped' || status === 'diverged') {
      const what = `${preset?.title ?? ''} on ${file}`;
      const result = isEvaluating(state) ? 'evaluating…' : (lossTextOf(state) ?? status);
      item.show(icons[status], result, `${what}: ${status}. Click for the inspector.`);
    } else item.hide(); // of a run before the reload, and of one that failed, others tell
  });
  const update = (): void => {
    const { state } = session;
    showItem(state);
    const { status, preset } = state;
    const context = { status, hasModel: hasModel(state), hasRun: preset !== undefined, canResume: canResume(state) };
    if (keys === JSON.stringify(context)) return;
    keys = JSON.stringify(context);
    for (const [key, value] of Object.entries(context))
      void vscode.commands.executeCommand('setContext', `makemore.${key}`, value);
  };
  update();
  return vscode.Disposable.from(item, session.onEvent(update));
}
