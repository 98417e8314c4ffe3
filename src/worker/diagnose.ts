import type { Diagnostics } from '../shared/diagnostics';
import { watchNothing } from '../shared/inspection';
import type { Trainer } from './trainer';

/**
 * What the last step looked like inside, if it was watched, or else the next one: the tanh layers, and every matrix with
 * its gradient and update.
 */
export function diagnose(trainer: Trainer): Diagnostics {
  const { layers = [], parameters = [] } = trainer.inspect({ ...watchNothing, layers: true, updates: true });
  return {
    layers: layers
      .filter(({ kind }) => kind === 'tanh')
      .map(({ name, mean, std, saturated, gradMean, gradStd }) => ({
        name,
        mean,
        std,
        saturated,
        gradMean,
        gradStd,
      })),
    parameters: parameters.map(({ gradHistogram: _, ...parameter }) => parameter),
  };
}
