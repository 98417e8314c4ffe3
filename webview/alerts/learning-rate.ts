import type { RunState } from '../../src/shared/run-state';

/** That of the last step, or of the first one before there is any. */
export function learningRateOf({ learningRate, preset }: RunState): number | undefined {
  return learningRate ?? preset?.hyperparameters.learningRate;
}
