import { hasModel, type RunState } from '../../../src/shared/run-state';

/** Stands in for a picture of the inside of a model. */
export function waitingSentence(state: RunState): string {
  return hasModel(state) || state.status === 'starting'
    ? 'Waiting for the first data…'
    : 'Not recorded for this run: train again to see it.';
}
