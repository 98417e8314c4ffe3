import { InputError } from './errors';
import { accept } from './fields';
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

/** For messages. */
export const parsePresetId = accept((id): id is string => presets.some(preset => preset.id === id));

/** Attempts that go wrong, and variations: worth a look, but not on the way from rung to rung. */
const asides: readonly string[] = [
  ...['bigram-one-neuron', 'trigram-counts', 'trigram-net', 'mlp-five-words', 'mlp-part3-original'],
  ...['wavenet-part5-bug', 'makemore-bigram', 'makemore-mlp'],
];

/** The next rung of the ladder; undefined after the last. */
export function nextPreset(id: string): Preset | undefined {
  const place = presets.findIndex(preset => preset.id === id);
  return place < 0 ? undefined : presets.slice(place + 1).find(preset => !asides.includes(preset.id));
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
