import { InputError } from './errors';
import { hyperparameterProblem, type HyperparameterName, type Hyperparameters } from './hyperparameters';
import { presets, type ModelId, type Preset } from './ladder';

export { presets } from './ladder';
export type { ModelId, Preset, SplitRule } from './ladder';

export const firstPreset = 'mlp-part2';

/** The preset that stands for a model where only the model is told. */
export const presetOfModel: Readonly<Record<ModelId, string>> = {
  bigram: 'bigram-counts',
  trigram: 'trigram-counts',
  'one-neuron': 'bigram-one-neuron',
  'bigram-net': 'bigram-net',
  'trigram-net': 'trigram-net',
  mlp: 'mlp-part2',
  'deep-mlp': 'deep-part3-batchnorm',
  wavenet: 'wavenet-part5',
  'makemore-bigram': 'makemore-bigram',
  'makemore-mlp': 'makemore-mlp',
  rnn: 'makemore-rnn',
  gru: 'makemore-gru',
  bow: 'makemore-bow',
  transformer: 'makemore-transformer',
};

/** Whether there is nothing to train: the model is a table of counts. */
export function isCounting({ model }: Pick<Preset, 'model'>): boolean {
  return model === 'bigram' || model === 'trigram';
}

/** @throws InputError naming the known ids. */
export function presetById(id: string): Preset {
  const preset = presets.find(p => p.id === id);
  if (!preset) throw new InputError(`There is no preset ${id}; there are ${presets.map(p => p.id).join(', ')}.`);
  return preset;
}

/** The preset with some of its hyperparameters changed. @throws InputError saying which value cannot be used. */
export function withHyperparameters(preset: Preset, changes: Hyperparameters): Preset {
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(preset.hyperparameters, name))
      throw new InputError(`${preset.title} has no hyperparameter ${name}.`);
    const problem = hyperparameterProblem(name as HyperparameterName, value);
    if (problem) throw new InputError(problem);
  }
  return { ...preset, hyperparameters: { ...preset.hyperparameters, ...changes } };
}
