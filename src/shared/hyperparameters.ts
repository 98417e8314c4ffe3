/** What can be chosen about a model and its training, one row each. Forms, validation and the command line follow from them. */

import { isFields, type Parser } from './fields';
import { real as anyReal, refusal, seed, whole, type NumberKind } from './kinds';

interface HyperparameterSpec extends NumberKind {
  /** What people read, with Python's name in parentheses if the lectures have one. */
  readonly label: string;
  readonly help: string;
}

const integer = (label: string, help: string, min: number, max: number): HyperparameterSpec => ({
  label,
  help,
  ...whole(min, max),
});
const real = (label: string, help: string, min: number, max: number): HyperparameterSpec => ({
  label,
  help,
  ...anyReal(min, max),
});

/** On or off, as 1 or 0. */
const flag = (label: string, help: string): HyperparameterSpec => integer(label, help, 0, 1);

export const hyperparameters = {
  smoothing: real('smoothing', 'Added to every count, so that no bigram is impossible.', 0, 1e6),
  blockSize: integer('context length (block_size)', 'How many characters the model sees.', 1, 32),
  nEmbd: integer('embedding (n_embd)', 'Numbers that stand for one character.', 1, 256),
  nHidden: integer(
    'hidden width (n_hidden)',
    'Neurons in a hidden layer, or numbers in the hidden state; n_embd2 in makemore.py.',
    1,
    2048,
  ),
  nLayer: integer('layers (n_layer)', 'Hidden layers, or blocks of the Transformer.', 1, 32),
  nHead: integer(
    'heads (n_head)',
    'Each looks at the characters before in its own way; they divide the embedding.',
    1,
    32,
  ),
  groupSize: integer('joined at a time', 'How many neighbors a layer joins: 2 makes a tree of the context.', 2, 32),
  normalizeTime: flag('normalize over time', 'Off is the bug of part 5: statistics of their own for each place.'),
  tanh: flag(
    'tanh',
    'When off, the layers together form one linear function, except for batch normalization during training.',
  ),
  batchNorm: flag('batch normalization', 'Every neuron has mean 0 and deviation 1 over the batch, before its gain.'),
  gain: real('gain', 'Weights are drawn with gain / √fan_in; 5/3 suits tanh. 0 leaves them standard normal.', 0, 100),
  w1Scale: real('scale of W1', 'Factor of the drawn hidden weights: small, no tanh is saturated at first.', 0, 100),
  b1Scale: real('scale of b1', 'Factor of the drawn hidden bias.', 0, 100),
  w2Scale: real(
    'scale of W2',
    'Factor of the drawn output weights: small, no prediction is confident at first.',
    0,
    100,
  ),
  b2Scale: real('scale of b2', 'Factor of the drawn output bias.', 0, 100),
  lastScale: real('scale of the last layer', 'Small, no prediction is confident at first.', 0, 100),
  batchSize: integer('batch size', 'Examples per step; 0 takes all of them at every step.', 0, 8192),
  learningRate: real(
    'learning rate',
    'How far a step goes against the gradient; with AdamW, about how far it moves every weight.',
    0,
    1000,
  ),
  decayFrom: integer('decay from step', 'From this step on the learning rate is a tenth; 0 means never.', 0, 1e9),
  maxSteps: integer('steps (max_steps)', 'How many updates the training makes.', 0, 1e9),
  regularization: real(
    'regularization',
    'Factor of mean(W²) in the loss: pulls the probabilities of a row together.',
    0,
    1000,
  ),
  weightDecay: real(
    'weight decay',
    'At every step, AdamW shrinks the weights by this times the learning rate: w ← w (1 − rate · decay).',
    0,
    10,
  ),
  seed: {
    label: 'seed',
    help: 'Starts the random numbers of the weights and minibatches, and of the test names in makemore.py; only its low 32 bits count, as in PyTorch.',
    ...seed,
  },
} as const satisfies Record<string, HyperparameterSpec>;

export type HyperparameterName = keyof typeof hyperparameters;
/** The values of a preset. Which names are there depends on its model, which declares them. */
export type Hyperparameters = Readonly<Partial<Record<HyperparameterName, number>>>;
/** The values of hyperparameters that are known to be there. */
export type ValuesOf<N extends HyperparameterName> = Readonly<Record<N, number>>;

export function isHyperparameterName(name: string): name is HyperparameterName {
  return Object.hasOwn(hyperparameters, name);
}

export const hyperparameterNames: readonly HyperparameterName[] =
  Object.keys(hyperparameters).filter(isHyperparameterName);

/** The same values, known to hold each of `names`. @throws Error naming one that is missing */
export function valuesOf<N extends HyperparameterName>(h: Hyperparameters, names: readonly N[]): ValuesOf<N> {
  if (hasAll(h, names)) return h;
  throw new Error(`The hyperparameter ${names.find(name => h[name] === undefined)} is missing.`);
}

function hasAll<N extends HyperparameterName>(h: Hyperparameters, names: readonly N[]): h is ValuesOf<N> {
  return names.every(name => h[name] !== undefined);
}

/** Why `value` cannot be used, as a sentence; undefined if it can. */
export function hyperparameterProblem(name: HyperparameterName, value: unknown): string | undefined {
  const spec = hyperparameters[name];
  return spec.read(value) === undefined ? refusal(spec.label, spec, value) : undefined;
}

/** Python's name if the lectures have one, such as n_embd; otherwise the label. */
export function shortLabel(name: HyperparameterName): string {
  const { label } = hyperparameters[name];
  return /\((\w+)\)/.exec(label)?.[1] ?? label;
}

export function isHyperparameters(value: unknown): value is Hyperparameters {
  return (
    isFields(value) &&
    Object.entries(value).every(([name, v]) => {
      const known = hyperparameterNames.find(n => n === name);
      return known !== undefined && !hyperparameterProblem(known, v);
    })
  );
}

/** A plain copy. */
export function parseHyperparameters(value: unknown): Hyperparameters | undefined {
  return isHyperparameters(value) ? { ...value } : undefined;
}

/** A parser for a value of one hyperparameter. */
export function parseHyperparameter(name: HyperparameterName): Parser<number> {
  return hyperparameters[name].read;
}
