import type { Diagnostics } from '../shared/diagnostics';
import { watchNothing } from '../shared/inspection';
import type { TrainedStep, Trainer } from './trainer';

/** Trains one step and returns what it looked like inside: the tanh layers, and every matrix with its gradient and update. */
export function diagnosedStep(trainer: Trainer): TrainedStep & { readonly diagnostics: Diagnostics } {
  const step = trainer.trainStep(true);
  const { layers = [], parameters = [] } = trainer.inspect({ ...watchNothing, layers: true, updates: true });
  return {
    ...step,
    diagnostics: {
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
    },
  };
}
