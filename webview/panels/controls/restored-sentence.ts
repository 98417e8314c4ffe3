import { canResume, type RunState } from '../../../src/shared/run-state';
import { formatInteger } from '../../draw/format';

const ends: Partial<Record<RunState['status'], string>> = { finished: 'Finished', diverged: 'Diverged' };

/** What happened to a run whose last pictures are shown. Its last checkpoint may be from before or after them. */
export function restoredSentence(state: RunState): string {
  const { status, step, keptStep = 0, source, sourceChanged, sourceGone } = state;
  const reached = Math.max(step, keptStep);
  const at = reached > 0 ? ` at step ${formatInteger(reached)}` : '';
  const pictures = `these are its last pictures${step < keptStep ? `, of step ${formatInteger(step)}` : ''}`;
  const goesOn =
    canResume(state) && keptStep < step
      ? ` Resume goes on from its checkpoint at step ${formatInteger(keptStep)}.`
      : '';
  const end =
    status === 'interrupted'
      ? `Stopped by the reload${at}: ${pictures}.${goesOn}`
      : `${ends[status] ?? 'Stopped'}${at}, before the reload: ${pictures}, the model itself is ${canResume(state) ? 'on the disk' : 'gone'}.`;
  const file = source?.name ?? 'The file';
  if (sourceGone) return `${end} ${file} is gone since.`;
  return sourceChanged ? `${end} ${file} has changed since; Train Again uses it as it is now.` : end;
}
