/** The ladder of models: plain data, so that the picker loads no model. Source: the lectures' notebooks and makemore.py. */
import type { Hyperparameters } from './hyperparameters';
import type { ModelId } from './models';

/** A rung: a model with the hyperparameters that a lecture gave it. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** The part of the lectures under which the picker lists it. */
  readonly part: string;
  /** What it shows, in one line. */
  readonly detail: string;
  readonly model: ModelId;
  /** How many of the file's names are used, from the first on; all if undefined. */
  readonly names?: number;
  readonly split: SplitRule;
  readonly hyperparameters: Hyperparameters;
}

/**
 * `lecture` shuffles the names with seed 42 and splits them 80 / 10 / 10; `makemore` sets aside a random tenth of them, at
 * most 1,000, for testing and has no dev names; `whole` trains on everything.
 */
export type SplitRule = 'lecture' | 'makemore' | 'whole';

const part1 = 'Part 1: bigrams';
const part2 = 'Part 2: the MLP of Bengio 2003';
const part3 = 'Part 3: activations, gradients, batch normalization';
const part5 = 'Part 5: WaveNet';
const makemorePy = 'makemore.py';

const seed = 2147483647;
const fullBatch = { learningRate: 50, batchSize: 0, maxSteps: 100, seed } as const;
const longTraining = { batchSize: 32, learningRate: 0.1, decayFrom: 100_000, maxSteps: 200_000, seed } as const;

/** All parameters are standard normal, as part 2 draws them. */
const plainMlp = { blockSize: 3, batchNorm: 0, gain: 0, w1Scale: 1, b1Scale: 1, w2Scale: 1, b2Scale: 1 } as const;
const mlp200 = { ...plainMlp, nEmbd: 10, nHidden: 200, ...longTraining } as const;
/** Each rung of part 3 keeps the fixes of the ones before. */
const calmLogits = { w2Scale: 0.01, b2Scale: 0 } as const;
const mlpOfPart3 = { part: part3, model: 'mlp', split: 'lecture' } as const;

const wavenet = { blockSize: 8, groupSize: 2, normalizeTime: 1, lastScale: 0.1 } as const;
const wavenetTraining = { ...longTraining, decayFrom: 150_000, seed: 42 } as const;
const wavenetOfPart5 = { part: part5, model: 'wavenet', split: 'lecture' } as const;

const adamW = { batchSize: 32, learningRate: 5e-4, weightDecay: 0.01, maxSteps: 20_000, seed: 3407 } as const;
const width64 = { nEmbd: 64, nHidden: 64, ...adamW } as const;
const ofMakemorePy = { part: makemorePy, split: 'makemore' } as const;

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
    id: 'bigram-one-neuron',
    title: 'One neuron',
    part: part1,
    detail:
      'A first attempt at a net: one output for all characters. Whatever it learns, each stays as likely as the others.',
    model: 'one-neuron',
    split: 'whole',
    hyperparameters: fullBatch,
  },
  {
    id: 'bigram-net',
    title: 'Bigram net',
    part: part1,
    detail: 'One-hot @ W, softmax, full batch: gradient descent comes close to the counted table.',
    model: 'bigram-net',
    split: 'whole',
    hyperparameters: { ...fullBatch, regularization: 0.01 },
  },
  {
    id: 'trigram-counts',
    title: 'Trigram counts',
    part: part1,
    detail: 'Count which character follows which two; nothing to train.',
    model: 'trigram',
    split: 'whole',
    hyperparameters: { smoothing: 1 },
  },
  {
    id: 'trigram-net',
    title: 'Trigram net',
    part: part1,
    detail: 'Two one-hot characters side by side @ W: each of them votes for what follows.',
    model: 'trigram-net',
    split: 'whole',
    hyperparameters: { ...fullBatch, regularization: 0.01 },
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
      seed,
    },
  },
  {
    id: 'mlp-part2',
    title: 'MLP',
    part: part2,
    detail: 'Embedding 10, hidden 200, context 3, minibatches of 32, train / dev / test.',
    model: 'mlp',
    split: 'lecture',
    hyperparameters: mlp200,
  },
  {
    id: 'mlp-part3-original',
    title: 'MLP as drawn',
    ...mlpOfPart3,
    detail: 'The starting point: confidently wrong at first, and two thirds of its tanh outputs saturated.',
    hyperparameters: mlp200,
  },
  {
    id: 'mlp-part3-logits',
    title: 'MLP with calm logits',
    ...mlpOfPart3,
    detail: 'W2 × 0.01, b2 × 0: the first loss is close to ln V, and the curve has no hockey stick.',
    hyperparameters: { ...mlp200, ...calmLogits },
  },
  {
    id: 'mlp-part3-tanh',
    title: 'MLP with an unsaturated tanh',
    ...mlpOfPart3,
    detail: 'And W1 × 0.2, b1 × 0.01: the gradients pass through the tanh.',
    hyperparameters: { ...mlp200, ...calmLogits, w1Scale: 0.2, b1Scale: 0.01 },
  },
  {
    id: 'mlp-part3-kaiming',
    title: 'MLP with Kaiming initialization',
    ...mlpOfPart3,
    detail:
      'W1 × (5/3) / √fan_in: a scale that needs no trying, whatever the fan_in. Here it is no better than the one found by hand.',
    hyperparameters: { ...mlp200, ...calmLogits, gain: 5 / 3, b1Scale: 0.01 },
  },
  {
    id: 'mlp-part3-batchnorm',
    title: 'MLP with batch normalization',
    ...mlpOfPart3,
    detail: 'Normalized before the tanh: the activations hardly depend on the initialization any more.',
    hyperparameters: { ...mlp200, ...calmLogits, gain: 5 / 3, batchNorm: 1 },
  },
  {
    id: 'deep-part3-batchnorm',
    title: 'Deep MLP with batch normalization',
    part: part3,
    detail: 'Five tanh layers of 100 neurons, each normalized: what the diagnostics of part 3 look at.',
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
  {
    id: 'wavenet-part5-flat',
    title: 'MLP with a longer context',
    ...wavenetOfPart5,
    detail: 'Context 8 instead of 3, all of it at once: what the tree is measured against.',
    hyperparameters: { ...wavenet, groupSize: 8, nEmbd: 10, nHidden: 200, ...wavenetTraining },
  },
  {
    id: 'wavenet-part5-bug',
    title: 'WaveNet with the bug',
    ...wavenetOfPart5,
    detail: 'Characters joined two at a time; BatchNorm forgets that time is a batch dimension too.',
    hyperparameters: { ...wavenet, normalizeTime: 0, nEmbd: 10, nHidden: 68, ...wavenetTraining },
  },
  {
    id: 'wavenet-part5-fixed',
    title: 'WaveNet, fixed',
    ...wavenetOfPart5,
    detail: 'The same with BatchNorm over batch and time.',
    hyperparameters: { ...wavenet, nEmbd: 10, nHidden: 68, ...wavenetTraining },
  },
  {
    id: 'wavenet-part5',
    title: 'WaveNet',
    ...wavenetOfPart5,
    detail: 'Embedding 24, three layers of 128: the best net of the lectures.',
    hyperparameters: { ...wavenet, nEmbd: 24, nHidden: 128, ...wavenetTraining },
  },
  {
    id: 'makemore-bigram',
    title: 'Bigram (makemore.py)',
    ...ofMakemorePy,
    detail: 'A table of logits, trained with AdamW on whole names.',
    model: 'makemore-bigram',
    hyperparameters: adamW,
  },
  {
    id: 'makemore-mlp',
    title: 'MLP (makemore.py)',
    ...ofMakemorePy,
    detail: 'Every character sees all before it, each at its own place.',
    model: 'makemore-mlp',
    hyperparameters: width64,
  },
  {
    id: 'makemore-rnn',
    title: 'RNN',
    ...ofMakemorePy,
    detail: 'A hidden state that is carried from character to character.',
    model: 'rnn',
    hyperparameters: width64,
  },
  {
    id: 'makemore-gru',
    title: 'GRU',
    ...ofMakemorePy,
    detail: 'The same with gates that decide what to keep and what to forget.',
    model: 'gru',
    hyperparameters: width64,
  },
  {
    id: 'makemore-bow',
    title: 'Bag of words',
    ...ofMakemorePy,
    detail: 'The mean of all characters so far: attention that cannot choose.',
    model: 'bow',
    hyperparameters: width64,
  },
  {
    id: 'makemore-transformer',
    title: 'Transformer',
    ...ofMakemorePy,
    detail: 'Four blocks of self-attention with four heads: a small GPT-2.',
    model: 'transformer',
    hyperparameters: { nEmbd: 64, nLayer: 4, nHead: 4, ...adamW },
  },
];
