import type * as vscode from 'vscode';
import type { Session } from './session';
import type { Memory } from '../memory';
import { isFields } from '../../shared/fields';

const key = 'microsecondsPerStep';

/** Notes how long a step of each preset takes, whenever a run of it comes to rest. */
export function noteStepTimes(session: Session, memory: Memory): vscode.Disposable {
  return session.onEvent(event => {
    const { preset, microsecondsPerStep: time } = session.state;
    if (event.type !== 'status' || event.status === 'running' || !preset || time === undefined) return;
    void memory.update(key, { ...knownTimes(memory), [preset.id]: time });
  });
}

/** In microseconds, as it was last; undefined if the preset has never trained. */
export function stepTimeOf(presetId: string, memory: Memory): number | undefined {
  const time = knownTimes(memory)[presetId];
  return typeof time === 'number' ? time : undefined;
}

function knownTimes(memory: Memory): Readonly<Record<string, unknown>> {
  const known = memory.get(key);
  return isFields(known) ? known : {};
}
