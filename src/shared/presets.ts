import { InputError } from './errors';
import { hyperparameterProblem, isHyperparameterName, type Hyperparameters } from './hyperparameters';
import { presets, type Preset } from './ladder';
import { models } from './models';

export { presets } from './ladder';
export type { Preset, SplitRule } from './ladder';

export const firstPreset = 'mlp-part2';

/** Whether the model is a table of counts, so that there is nothing to train. */
export function isCounting({ model }: Pick<Preset, 'model'>): boolean {
  return models[model].logits === null;
}

/** @throws InputError listing the known ids */
export function presetById(id: string): Preset {
  const preset = presets.find(p => p.id === id);
  if (!preset) throw new InputError(`There is no preset ${id}; there are ${presets.map(p => p.id).join(', ')}.`);
  return preset;
}

/** The preset as it is once its smoothing, if it has one, was changed. @param smoothing undefined if it never was */
export function withSmoothing(preset: Preset, smoothing: number | undefined): Preset {
  const { hyperparameters } = preset;
  if (smoothing === undefined || hyperparameters.smoothing === undefined) return preset;
  return { ...preset, hyperparameters: { ...hyperparameters, smoothing } };
}

/** The preset with some of its hyperparameters changed. @throws InputError saying which one cannot be used */
export function withHyperparameters(preset: Preset, changes: Hyperparameters): Preset {
  for (const [name, value] of Object.entries(changes)) {
    if (!isHyperparameterName(name) || !Object.hasOwn(preset.hyperparameters, name))
      throw new InputError(`${preset.title} has no hyperparameter ${name}.`);
    const problem = hyperparameterProblem(name, value);
    if (problem) throw new InputError(problem);
  }
  return { ...preset, hyperparameters: { ...preset.hyperparameters, ...changes } };
}
