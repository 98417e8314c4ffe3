import { canResume, type RunState } from '../../src/shared/run-state';
import { formatInteger } from '../draw/format';

/** What became of a run whose last pictures are shown. */
export function restoredSentence(state: RunState): string {
  const { status, step, source, sourceChanged } = state;
  const at = step > 0 ? ` at step ${formatInteger(step)}` : '';
  const end =
    status === 'interrupted'
      ? `Stopped by the reload${at}: these are its last pictures.`
      : `${status === 'finished' ? 'Finished' : 'Stopped'}${at}, before the reload: these are its last pictures, the model itself is ${canResume(state) ? 'on the disk' : 'gone'}.`;
  const change = ` ${source?.name ?? 'The file'} has changed since: to train again is to train on it as it is now.`;
  return sourceChanged ? end + change : end;
}
