import { mergeWatches, type Watch } from '../src/shared/inspection';
import { hasModel, type RunState } from '../src/shared/run-state';
import type { Panel } from './panels/panel';
import type { Settings } from './panels/parts/settings';

/** Whether a run has any use for a panel: what nobody has looked at while the model was there takes no room. */
export function isOffered(panel: Panel, state: RunState): boolean {
  const mayCome = hasModel(state) || state.status === 'starting';
  return (panel.isOffered?.(state) ?? true) && (mayCome || (panel.hasLeft?.(state) ?? true));
}

/** What the worker has to send for these panels, which are open. */
export function watchOf(panels: readonly Panel[], state: RunState, settingsOf: (name: string) => Settings): Watch {
  const shared = settingsOf('shared');
  return mergeWatches(panels.map(panel => panel.watches?.(state, settingsOf(panel.id), shared) ?? {}));
}
