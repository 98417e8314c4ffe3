import { InputError } from './errors';
import { hyperparameterProblem, type HyperparameterName, type Hyperparameters } from './hyperparameters';

export type ModelId = 'bigram' | 'bigram-net' | 'mlp' | 'deep-mlp';

/** A row of the ladder: a model with the hyperparameters that a lecture gave it. Plain data: the picker loads no model. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** The lecture part, under which the picker groups it. */
  readonly part: string;
  /** What happens, in a line. */
  readonly detail: string;
  readonly model: ModelId;
  /** Only the first so many names of the file, undefined for all of them. */
  readonly names?: number;
  /** `lecture` shuffles with seed 42 and splits 80 / 10 / 10 by names; `whole` trains on everything. */
  readonly split: SplitRule;
  readonly hyperparameters: Hyperparameters;
}

export type SplitRule = 'lecture' | 'whole';

const part1 = 'Part 1: bigrams';
const part2 = 'Part 2: the MLP of Bengio 2003';
const part3 = 'Part 3: activations, gradients, batch normalisation';
const lectureSeed = 2147483647;

/** All parameters standard normal, as part 2 draws them. */
const plainMlp = { blockSize: 3, batchNorm: 0, gain: 0, w2Scale: 1, b2Scale: 1 } as const;
const longTraining = { batchSize: 32, learningRate: 0.1, maxSteps: 200_000, seed: lectureSeed } as const;

export const presets: readonly Preset[] = [
  {
    id: 'bigram-counts',
    title: 'Bigram counts',
    part: part1,
    detail: 'Count which character follows which; nothing to train.',
    model: 'bigram',
    split: 'whole',
    hyperparameters: { smoothing: 1 },
  },
  {
    id: 'bigram-net',
    title: 'Bigram net',
    part: part1,
    detail: 'The same table learned by gradient descent: one-hot @ W, softmax, full batch.',
    model: 'bigram-net',
    split: 'whole',
    hyperparameters: {
      learningRate: 50,
      regularisation: 0.01,
      batchSize: 0,
      maxSteps: 100,
      seed: lectureSeed,
    },
  },
  {
    id: 'mlp-five-words',
    title: 'MLP on five words',
    part: part2,
    detail: 'Embedding 2, hidden 100, the first five names only: it can overfit them.',
    model: 'mlp',
    names: 5,
    split: 'whole',
    hyperparameters: {
      ...plainMlp,
      nEmbd: 2,
      nHidden: 100,
      batchSize: 0,
      learningRate: 0.1,
      decayFrom: 0,
      maxSteps: 1000,
      seed: lectureSeed,
    },
  },
  {
    id: 'mlp-part2',
    title: 'MLP',
    part: part2,
    detail: 'Embedding 10, hidden 200, context 3, minibatches of 32, train / dev / test.',
    model: 'mlp',
    split: 'lecture',
    hyperparameters: {
      ...plainMlp,
      nEmbd: 10,
      nHidden: 200,
      ...longTraining,
      decayFrom: 100_000,
    },
  },
  {
    id: 'mlp-part3-batchnorm',
    title: 'MLP with batch normalisation',
    part: part3,
    detail: 'Embedding 10, hidden 200: well initialised, and normalised before the tanh.',
    model: 'mlp',
    split: 'lecture',
    hyperparameters: {
      ...plainMlp,
      nEmbd: 10,
      nHidden: 200,
      batchNorm: 1,
      gain: 5 / 3,
      w2Scale: 0.01,
      b2Scale: 0,
      ...longTraining,
      decayFrom: 100_000,
    },
  },
  {
    id: 'deep-part3-batchnorm',
    title: 'Deep MLP with batch normalisation',
    part: part3,
    detail: 'Five tanh layers of 100 neurons, each normalised: what the diagnostics of part 3 look at.',
    model: 'deep-mlp',
    split: 'lecture',
    hyperparameters: {
      blockSize: 3,
      nEmbd: 10,
      nHidden: 100,
      nLayer: 5,
      tanh: 1,
      batchNorm: 1,
      gain: 1,
      lastScale: 0.1,
      ...longTraining,
      decayFrom: 150_000,
    },
  },
];

export const firstPreset = 'mlp-part2';

/** The preset that stands for a model where only the model is told. */
export const presetOfModel: Readonly<Record<ModelId, string>> = {
  bigram: 'bigram-counts',
  'bigram-net': 'bigram-net',
  mlp: 'mlp-part2',
  'deep-mlp': 'deep-part3-batchnorm',
};

/** Whether there is nothing to train: the model is a table of counts. */
export function isCounting({ model }: Pick<Preset, 'model'>): boolean {
  return model === 'bigram';
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
