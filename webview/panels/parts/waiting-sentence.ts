import { hasModel, type RunState } from '../../../src/shared/run-state';

/** What stands where a picture of a model's inside is to be. */
export function waitingSentence(state: RunState): string {
  return hasModel(state) || state.status === 'starting'
    ? 'Waiting for the first look inside…'
    : 'Nobody looked inside while the model was there: train again.';
}
