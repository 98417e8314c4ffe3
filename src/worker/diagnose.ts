import { diagnoseLayer, diagnoseParameter } from '../makemore/diagnostics';
import type { Diagnostics } from '../shared/diagnostics';
import type { TrainedStep, Trainer } from './trainer';

/** Trains one step and looks inside: the tanh layers, and every matrix with its gradient and its update. */
export function diagnosedStep(trainer: Trainer): TrainedStep & { readonly diagnostics: Diagnostics } {
  const matrices = trainer.parameters.filter(({ shape }) => shape.length === 2 && shape[0] > 1);
  const names = matrices.map(({ name }) => name);
  const before = trainer.watched(names);
  const step = trainer.trainStep(names.map(name => `${name}.grad`));
  const layers = trainer.tanhLayers();
  const after = trainer.watched([...names, ...[...names, ...layers].map(name => `${name}.grad`), ...layers]);
  return {
    ...step,
    diagnostics: {
      layers: layers.map(name => diagnoseLayer(name, after[name].values, after[`${name}.grad`].values)),
      parameters: matrices.map(({ name, shape }) =>
        diagnoseParameter(name, shape, after[`${name}.grad`].values, before[name].values, after[name].values),
      ),
    },
  };
}
